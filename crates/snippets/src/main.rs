//! Runs one Rust program of the catalog: `counterpart-snippets <slug>`, or with a mutation
//! applied: `counterpart-snippets <slug>::mutant-<name>`.

#![forbid(unsafe_code)]

use std::process::{ExitCode, Termination};

mod programs {
    use crate::run;

    include!(concat!(env!("OUT_DIR"), "/programs.rs"));
}

/// A program's `main`, whatever it returns.
type Main = fn() -> ExitCode;

fn run<T: Termination>(main: fn() -> T) -> ExitCode {
    main().report()
}

fn find(name: &str) -> Option<Main> {
    let mut all = programs::PROGRAMS.to_vec();
    #[cfg(not(counterpart_lines))]
    all.extend(programs::mutants::PROGRAMS);
    all.into_iter().find_map(|(known, main)| (known == name).then_some(main))
}

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    if let Some(main) = find(&name) {
        return main();
    }
    eprintln!("error: there is no Rust program called `{name}`");
    ExitCode::from(2)
}
