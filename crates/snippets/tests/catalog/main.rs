//! Runs the catalog: every program, the comparison of both sides with their transcripts, every
//! mutation, every mistake, and the lines that pages show.
//!
//! Trials are named `<category>/<slug>::<what>`; a filter takes part of a name, as always.

#![warn(clippy::pedantic)]

mod context;
mod instrumented;
mod itself;
mod lines;
mod linters;
mod mistakes;
mod programs;
mod soak;
mod trial;
mod verdict;

use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use context::Context;
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    if let Some(code) = instrumented::instead_of_rustc() {
        return code;
    }
    let mut args = Arguments::from_args();
    // Programs wait more than they compute.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    args.test_threads.get_or_insert(4 * cores);
    match run(&args) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Arguments) -> Result<ExitCode, String> {
    let context = Arc::new(Context::new()?);
    let cases = trial::cases(&context.catalog);
    let trials: Vec<Trial> = cases.iter().map(|case| case.trial(&context)).collect();
    let chosen: Vec<_> = (cases.iter().zip(&trials))
        .filter(|(_, trial)| !args.is_filtered_out(trial))
        .map(|(case, _)| case)
        .collect();
    if chosen.is_empty() && !trials.is_empty() {
        return Err(trial::nothing_matches(args, &context.catalog));
    }
    if !args.list {
        context.start(&chosen)?;
    }
    if let Some(runs) = soak::asked()? {
        return Ok(soak::soak(&context, &chosen, runs));
    }
    let conclusion = libtest_mimic::run(args, trials);
    context.summary(&conclusion);
    Ok(conclusion.exit_code())
}
