//! `counterpart run`

use crate::cli::Run;
use crate::status::Status;

pub(super) fn run(args: &Run) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {args:?}")
}
