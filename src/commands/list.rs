//! `counterpart list`

use crate::cli::List;
use crate::status::Status;

pub(super) fn run(args: &List) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {args:?}")
}
