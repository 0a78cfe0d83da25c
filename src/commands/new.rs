//! `counterpart new`

use crate::cli::New;
use crate::status::Status;

pub(super) fn run(args: &New) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {args:?}")
}
