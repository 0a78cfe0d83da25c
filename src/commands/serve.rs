//! `counterpart serve`

use crate::cli::Serve;
use crate::status::Status;

pub(super) fn run(args: &Serve) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {args:?}")
}
