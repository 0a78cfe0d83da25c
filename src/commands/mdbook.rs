//! `counterpart mdbook`: what mdBook calls.

use crate::cli::MdbookCommand;
use crate::status::Status;

pub(super) fn run(command: &MdbookCommand) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {command:?}")
}
