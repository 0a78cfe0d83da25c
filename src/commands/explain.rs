//! `counterpart explain`: an entry in the terminal, as the page has it.

mod page;

use std::io::Write as _;

use anstream::stdout;
use counterpart_catalog::Catalog;

use self::page::{PROSE, Page};
use super::source;
use crate::cli::Explain;
use crate::links::{Fragment, Gone, Target, resolve, targets};
use crate::site::Highlighter;
use crate::status::Status;
use crate::terminal::{BOLD, DIM, is_plain, wrap};

pub(super) fn run(args: &Explain) -> anyhow::Result<Status> {
    let (_, catalog) = source::catalog()?;
    let Ok(reference) = resolve(&catalog, &args.reference) else {
        return retired(&catalog, &args.reference);
    };
    let mut page = Page {
        out: stdout().lock(),
        entry: reference.entry,
        lang: args.lang,
        highlighter: if is_plain() { None } else { Highlighter::new().ok() },
        close: false,
    };
    page.title(&catalog)?;
    match reference.fragment {
        None => page.whole()?,
        Some(Fragment::Region(name)) => page.region(name)?,
        Some(Fragment::Fixed(id) | Fragment::Heading(id)) => page.part(id)?,
    }
    page.others(&reference.others)?;
    Ok(Status::Clean)
}

/// What became of something that was promised and is gone.
fn retired(catalog: &Catalog, reference: &str) -> anyhow::Result<Status> {
    let mut out = stdout().lock();
    for Target { id, slug, title, fragment, gone, .. } in targets(catalog, reference)? {
        let Some(Gone { status, successors, reason }) = gone else { continue };
        let place = fragment.map_or_else(String::new, |place| format!("#{place}"));
        writeln!(out, "{BOLD}{title}{BOLD:#}\n{DIM}{id} · {slug}{place}{DIM:#}\n")?;
        writeln!(out, "{}", wrap(&format!("It is {status}. {reason}"), PROSE, PROSE))?;
        for successor in &successors {
            writeln!(out, "{PROSE}See {BOLD}counterpart explain {successor}{BOLD:#}")?;
        }
    }
    Ok(Status::Clean)
}
