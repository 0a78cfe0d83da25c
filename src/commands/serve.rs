//! `counterpart serve`: the site on 127.0.0.1, rebuilt when a file of the checkout changes.

use std::path::PathBuf;
use std::sync::Arc;

use counterpart_catalog::Severity;

use super::check;
use super::source::Source;
use crate::cli::Serve;
use crate::serve::{self, Built, Options};
use crate::site::Site;
use crate::status::Status;

pub(super) fn run(args: &Serve) -> anyhow::Result<Status> {
    let source = Source::find()?;
    let watched: Vec<PathBuf> = if source.is_checkout() {
        vec![source.root().join("patterns"), source.root().join("book.toml")]
    } else {
        Vec::new()
    };
    let options = Options { port: args.port, open: args.open, watched };
    serve::serve(&options, move || build(&source))?;
    Ok(Status::Clean)
}

fn build(source: &Source) -> anyhow::Result<Built> {
    let (catalog, diagnostics) = source.read()?;
    check::text(&diagnostics)?;
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        let problems: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        return Ok(Built::Refused(problems.join("\n")));
    }
    let pages =
        Site { root: source.root(), catalog: Arc::new(catalog), base: None }.pages_at_root()?;
    Ok(Built::Pages(pages))
}
