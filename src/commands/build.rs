//! `counterpart build`: the site, from the checkout or from the catalog that is compiled in.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anstream::eprintln;
use counterpart_catalog::Severity;

use super::check;
use super::source::Source;
use crate::cli::Build;
use crate::site::{self, Site};
use crate::status::Status;

pub(super) fn run(args: &Build) -> anyhow::Result<Status> {
    let source = Source::find()?;
    let (catalog, diagnostics) = source.read()?;
    check::text(&diagnostics)?;
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        eprintln!("nothing was written: mend these first");
        return Ok(Status::Findings);
    }
    let base = args.base.base_url.clone();
    let entries = catalog.entries.len();
    let pages = Site { root: source.root(), catalog: Arc::new(catalog), base }.pages()?;
    if pages.get("sitemap.xml").is_none() {
        eprintln!("note: left out, because they need `--base-url`: {}", site::NEED_THE_ADDRESS);
    }
    if let Some(zip) = &args.zip {
        site::write_archive(&pages, zip)?;
        writeln!(anstream::stdout(), "{entries} entries: {}", zip.display())?;
    }
    if args.zip.is_none() || args.out.is_some() {
        let out = args.out.clone().unwrap_or_else(|| default_out(&source));
        site::write(&pages, &out)?;
        let index = out.join("index.html");
        writeln!(anstream::stdout(), "{entries} entries: open {}", index.display())?;
    }
    Ok(Status::Clean)
}

/// Where `mdbook build` writes; outside a checkout, below the current folder.
fn default_out(source: &Source) -> PathBuf {
    if source.is_checkout() { source.root().join("book") } else { PathBuf::from("book") }
}
