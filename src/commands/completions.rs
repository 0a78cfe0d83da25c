//! `counterpart completions`

use std::io::Write as _;

use anstream::stdout;
use clap::CommandFactory as _;

use crate::cli::{Cli, Completions};
use crate::status::Status;

pub(super) fn run(args: &Completions) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "counterpart", &mut script);
    stdout().write_all(&script)?;
    Ok(Status::Clean)
}
