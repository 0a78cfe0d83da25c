//! `counterpart build`

use crate::cli::Build;
use crate::status::Status;

pub(super) fn run(args: &Build) -> anyhow::Result<Status> {
    anyhow::bail!("not there yet: {args:?}")
}
