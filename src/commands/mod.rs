//! One file for each verb; each has one small `run`.

mod annotate;
mod build;
mod check;
mod completions;
mod explain;
mod get;
mod link;
mod lints;
mod list;
mod mdbook;
mod new;
mod playground;
mod retire;
mod run;
mod search;
mod serve;
mod source;

use crate::cli::{Cli, Command};
use crate::status::Status;

/// Runs the command that was typed.
///
/// # Errors
/// When it could not run at all; what it found is part of the status.
pub fn run(cli: Cli) -> anyhow::Result<Status> {
    match cli.command {
        Command::Search(args) => search::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Link(args) => link::run(&args),
        Command::List(args) => list::run(&args),
        Command::Annotate(args) => annotate::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Get(args) => get::run(&args),
        Command::Playground(args) => playground::run(&args.command),
        Command::New(args) => new::run(&args),
        Command::Retire(args) => retire::run(&args),
        Command::Lints(args) => lints::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Mdbook(args) => mdbook::run(&args.command),
    }
}
