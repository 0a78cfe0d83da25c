//! `counterpart list`

use std::io::Write as _;

use anstream::stdout;
use counterpart_catalog::{Catalog, Entry, Target};
use serde::Serialize;

use crate::cli::{List, TextOrJson};
use crate::embedded;
use crate::status::Status;
use crate::terminal::{BOLD, DIM, wrap};

pub(super) fn run(args: &List) -> anyhow::Result<Status> {
    let catalog = embedded::catalog()?;
    match args.format {
        TextOrJson::Json => {
            let items: Vec<Item> =
                catalog.entries.iter().map(|entry| Item::new(entry, args)).collect();
            writeln!(stdout(), "{}", serde_json::to_string_pretty(&items)?)?;
        }
        TextOrJson::Text => text(&catalog)?,
    }
    Ok(Status::Clean)
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    slug: &'a str,
    category: &'a str,
    title: &'a str,
    summary: &'a str,
    python: &'a str,
    rust: &'a str,
    tags: &'a [String],
    lints: &'a [String],
    guide: Vec<String>,
    findings: Vec<String>,
    regions: Vec<&'a str>,
    url: String,
}

impl<'a> Item<'a> {
    fn new(entry: &'a Entry, args: &List) -> Self {
        let targets = |targets: &[Target]| {
            targets.iter().map(|target| format!("{}#{}", target.id, target.fragment)).collect()
        };
        let meta = &entry.meta;
        Self {
            id: &meta.id,
            slug: &entry.slug,
            category: &entry.category,
            title: &meta.title,
            summary: &meta.summary,
            python: &meta.python,
            rust: &meta.rust,
            tags: &meta.tags,
            lints: &meta.lints,
            guide: targets(&meta.guide),
            findings: targets(&meta.findings),
            regions: entry.region_names(),
            url: args.base.url(&format!("/{}", entry.address())),
        }
    }
}

fn text(catalog: &Catalog) -> std::io::Result<()> {
    let mut out = stdout().lock();
    let widest = catalog.entries.iter().map(|entry| entry.slug.len()).max().unwrap_or_default();
    let mut first = true;
    for category in &catalog.categories {
        if catalog.entries_of(&category.slug).next().is_none() {
            continue;
        }
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        writeln!(out, "{BOLD}{}{BOLD:#}", category.title)?;
        for entry in catalog.entries_of(&category.slug) {
            let slug = format!("  {:widest$}  ", entry.slug);
            let title = wrap(&entry.meta.title, &slug, &" ".repeat(slug.len()));
            writeln!(out, "{title}")?;
        }
    }
    writeln!(out, "\n{DIM}counterpart explain <name> shows an entry{DIM:#}")
}
