//! `counterpart lints`

use std::io::Write as _;

use anstream::stdout;
use counterpart_catalog::{clippy_toml, ruff_toml};

use crate::cli::{LintTool, Lints};
use crate::embedded;
use crate::links::explained_at;
use crate::status::Status;

pub(super) fn run(args: &Lints) -> anyhow::Result<Status> {
    let catalog = embedded::catalog()?;
    let base = args.base.base_url.as_ref();
    let address = |slug: &str, fragment: &str| explained_at(slug, fragment, base);
    let clippy = || clippy_toml(&catalog, address);
    let ruff = || ruff_toml(&catalog, address);
    let text = match args.tool {
        Some(LintTool::Clippy) => clippy(),
        Some(LintTool::Ruff) => ruff(),
        None => format!("# clippy.toml\n{}\n# ruff.toml\n{}", clippy(), ruff()),
    };
    write!(stdout(), "{text}")?;
    Ok(Status::Clean)
}
