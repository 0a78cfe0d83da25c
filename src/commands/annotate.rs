//! `counterpart annotate`: from what a linter found to the entries that it means.

use std::env;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::Path;

use anstream::{eprintln, stdout};
use anyhow::Context as _;
use counterpart_catalog::Entry;

use crate::annotate::{self, Comments};
use crate::cli::{Annotate, AnnotateFormat};
use crate::embedded;
use crate::links::{address, configured};
use crate::status::Status;
use crate::workspace::Checkout;

/// So many codes without an entry are named.
const NAMED: usize = 5;
/// No file of source code is longer, in bytes.
const MAX_SOURCE: u64 = 4 << 20;

pub(super) fn run(args: &Annotate) -> anyhow::Result<Status> {
    let catalog = embedded::catalog()?;
    let folder = env::current_dir().context("cannot tell the current folder")?;
    let base = match &args.base.base_url {
        Some(base) => Some(base.clone()),
        None => configured(Checkout::find_above(&folder).as_ref().map(Checkout::root))?,
    };
    let place = |entry: &Entry, place: Option<&str>| address(base.as_ref(), &entry.slug, place);
    let mut comments = Comments::new(&catalog, folder, place);
    let format = annotate::read(input(&args.file)?, args.from, &mut |found| comments.add(found))?;
    if let Some(others) = others(&comments.others()) {
        eprintln!("{others}");
    }
    let comments = comments.finish();
    if !comments.is_empty() && base.is_none() {
        eprintln!(
            "note: paths below the site's root; `--base-url` or `COUNTERPART_BASE_URL` makes them \
             addresses"
        );
    }
    let mut out = stdout().lock();
    match args.format {
        AnnotateFormat::Text => annotate::text(&comments, &mut out),
        AnnotateFormat::Json => annotate::json(&comments, &mut out),
        AnnotateFormat::Sarif => annotate::sarif(&comments, format, source, &mut out),
        AnnotateFormat::Rdjsonl => annotate::rdjsonl(&comments, &mut out),
        AnnotateFormat::Github => annotate::github(&comments, &mut out),
    }?;
    out.flush()?;
    Ok(if comments.is_empty() { Status::Clean } else { Status::Findings })
}

fn input(file: &Path) -> anyhow::Result<Box<dyn Read>> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file).and_then(|opened| {
        let folder = opened.metadata()?.is_dir();
        if folder { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(opened) }
    });
    Ok(Box::new(opened.with_context(|| format!("cannot read `{}`", file.display()))?))
}

/// The text of a file that a linter names: nothing where it cannot be read, or is not worth it.
fn source(path: &str) -> Option<String> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_SOURCE {
        return None;
    }
    fs::read_to_string(path).ok()
}

/// What is said about the findings that mean no entry.
fn others(codes: &[(&str, usize)]) -> Option<String> {
    let total: usize = codes.iter().map(|(_, number)| number).sum();
    let mut named: Vec<String> =
        codes.iter().take(NAMED).map(|(code, number)| format!("{number} {code}")).collect();
    match codes.len() {
        0 => return None,
        more if more > NAMED => named.push("…".to_owned()),
        _ => {}
    }
    let findings = if total == 1 { "finding means" } else { "findings mean" };
    Some(format!("{total} other {findings} no entry: {}", named.join(", ")))
}
