//! Exit codes, as a type.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing to complain about: 0.
    Clean,
    /// It ran, and found something: 1.
    Findings,
    /// It could not run, because of how it was called or what it was given: 2.
    Failed,
    /// A reference names nothing in the catalog: 3.
    UnknownReference,
    /// A program of the catalog was run, and ended with this code.
    Program(u8),
}

impl Status {
    /// The status that an error of a command stands for.
    #[must_use]
    pub fn of(error: &anyhow::Error) -> Self {
        if error.is::<crate::links::UnknownReference>() {
            Self::UnknownReference
        } else {
            Self::Failed
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Failed => 2,
            Status::UnknownReference => 3,
            Status::Program(code) => code,
        })
    }
}
