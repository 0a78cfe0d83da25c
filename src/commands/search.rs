//! `counterpart search`

use crate::cli::Search;
use crate::status::Status;

pub(super) fn run(args: &Search) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {args:?}")
}
