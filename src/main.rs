//! Parses the command line, runs one command, prints its error once, and sets the exit code.

use std::io;
use std::process::ExitCode;

use anstream::eprintln;
use clap::Parser;
use counterpart::cli::Cli;
use counterpart::commands;
use counterpart::status::Status;

fn main() -> ExitCode {
    match commands::run(Cli::parse()) {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            for cause in error.chain().skip(1) {
                eprintln!("  cause: {cause}");
            }
            Status::of(&error).into()
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}
