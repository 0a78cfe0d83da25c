//! Runs programs many times on a busy machine (`tests/soak`), to find those that depend on luck.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::context::Context;
use crate::programs;
use crate::trial::Case;

/// How many times, if `tests/soak` started us.
pub(crate) fn asked() -> Result<Option<usize>, String> {
    match std::env::var("COUNTERPART_SOAK") {
        Ok(runs) => match runs.parse() {
            Ok(runs) => Ok(Some(runs)),
            Err(_) => Err(format!("COUNTERPART_SOAK is a number of runs, not `{runs}`")),
        },
        Err(_) => Ok(None),
    }
}

/// Runs each program of `cases` so many times, and prints what failed.
pub(crate) fn soak(context: &Context, cases: &[&Case], runs: usize) -> ExitCode {
    let programs: Vec<_> = cases.iter().filter_map(|case| Some((*case, case.program()?))).collect();
    let failures: Mutex<BTreeMap<String, usize>> = Mutex::default();
    let next = AtomicUsize::new(0);
    let done = AtomicBool::new(false);
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= runs * programs.len() {
                break;
            }
            let (case, lang) = programs[number % programs.len()];
            let entry = context.entry(&case.slug);
            if let Err(message) = programs::once(context, entry, lang) {
                let mut failures = failures.lock().expect("nobody panics with it");
                let count = failures.entry(case.name()).or_insert(0);
                *count += 1;
                if *count == 1 {
                    println!("---- {} ----\n{message}\n", case.name());
                }
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..thread::available_parallelism().map_or(1, usize::from))
            .map(|_| scope.spawn(work))
            .collect();
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        });
        for worker in workers {
            worker.join().expect("workers do not panic");
        }
        done.store(true, Ordering::Relaxed);
    });
    let failures = failures.into_inner().expect("nobody panicked with it");
    for (name, count) in &failures {
        println!("{name}: failed {count} of {runs} times");
    }
    println!("{} programs, {runs} runs each: {} failed", programs.len(), failures.len());
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
