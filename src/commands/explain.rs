//! `counterpart explain`

use crate::cli::Explain;
use crate::status::Status;

pub(super) fn run(args: &Explain) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {args:?}")
}
