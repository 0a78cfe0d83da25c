//! `counterpart mdbook`: what mdBook calls.

use std::io::{self, Write as _};

use anstream::eprintln;
use counterpart_catalog::Diagnostic;

use crate::cli::MdbookCommand;
use crate::site;
use crate::status::Status;

pub(super) fn run(command: &MdbookCommand) -> anyhow::Result<Status> {
    match command {
        MdbookCommand::Preprocess { arguments } if !arguments.is_empty() => Ok(Status::Clean),
        MdbookCommand::Preprocess { .. } => match site::preprocess(io::stdin().lock())? {
            Ok(book) => {
                writeln!(io::stdout(), "{book}")?;
                Ok(Status::Clean)
            }
            Err(diagnostics) => Ok(refuse(&diagnostics)),
        },
        MdbookCommand::Render => match site::render(io::stdin().lock())? {
            Ok(()) => Ok(Status::Clean),
            Err(diagnostics) => Ok(refuse(&diagnostics)),
        },
    }
}

/// Standard output belongs to mdBook.
fn refuse(diagnostics: &[Diagnostic]) -> Status {
    for diagnostic in diagnostics {
        eprintln!("{diagnostic}");
    }
    Status::Findings
}
