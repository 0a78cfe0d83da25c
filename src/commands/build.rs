//! `counterpart build`: the site, from the checkout or from the catalog that is compiled in.

use std::io::Write as _;
use std::sync::Arc;

use anstream::eprintln;
use counterpart_catalog::Severity;

use super::check;
use crate::cli::Build;
use crate::site::{self, Site};
use crate::status::Status;
use crate::workspace::Checkout;

pub(super) fn run(args: &Build) -> anyhow::Result<Status> {
    let base = args.base.base_url.clone();
    let checkout = Checkout::find()?;
    let (catalog, diagnostics) = check::read(&checkout)?;
    check::text(&diagnostics)?;
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        eprintln!("nothing was written: mend these first");
        return Ok(Status::Findings);
    }
    let entries = catalog.entries.len();
    let site = Site { root: checkout.root(), catalog: Arc::new(catalog), base };
    site::write(&site.pages()?, &args.out)?;
    let out = args.out.display();
    writeln!(anstream::stdout(), "{entries} entries: open {out}/index.html")?;
    Ok(Status::Clean)
}
