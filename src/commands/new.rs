//! `counterpart new`: makes the folder of an entry, and never overwrites anything.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use anstream::stdout;
use anyhow::{Context as _, bail, ensure};
use counterpart_catalog::{Catalog, Tree, check, is_kebab_case};
use time::OffsetDateTime;

use crate::cli::New;
use crate::scaffold;
use crate::status::Status;
use crate::workspace::Checkout;

pub(super) fn run(args: &New) -> anyhow::Result<Status> {
    let (category, slug) = parse(&args.path)?;
    let checkout = Checkout::find()?;
    let patterns = checkout.patterns();
    let (catalog, _) = check(&Tree::read(&patterns)?);
    ensure_free(&catalog, slug)?;

    let today = OffsetDateTime::now_utc().date().to_string();
    let folder = patterns.join(category).join(slug);
    let mut files = Vec::new();
    if !patterns.join(category).join("category.md").exists() {
        let path = patterns.join(category).join("category.md");
        files.push((path, scaffold::category(&catalog)));
    }
    for (name, text) in scaffold::entry(&catalog, &today) {
        files.push((folder.join(name), text));
    }
    fs::create_dir_all(patterns.join(category))
        .with_context(|| format!("cannot make `patterns/{category}`"))?;
    fs::create_dir(&folder).with_context(|| format!("cannot make `patterns/{category}/{slug}`"))?;
    for (path, text) in &files {
        let shown = path.strip_prefix(checkout.root()).unwrap_or(path).display();
        create(path, text).with_context(|| format!("cannot write `{shown}`"))?;
        writeln!(stdout(), "created {shown}")?;
    }
    writeln!(stdout(), "\nNext: replace every TODO, then run")?;
    writeln!(stdout(), "  counterpart check")?;
    writeln!(stdout(), "  cargo test --workspace -- {slug}")?;
    Ok(Status::Clean)
}

fn parse(path: &str) -> anyhow::Result<(&str, &str)> {
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let [category, slug] = parts[..] else {
        bail!("`{path}` is not of the form `category/slug`");
    };
    for name in [category, slug] {
        ensure!(is_kebab_case(name), "`{name}` is not made of lower-case words joined by hyphens");
    }
    Ok((category, slug))
}

fn ensure_free(catalog: &Catalog, slug: &str) -> anyhow::Result<()> {
    for entry in &catalog.entries {
        ensure!(entry.slug != slug, "`{slug}` is taken by `patterns/{}`", entry.path());
        ensure!(
            !entry.meta.aliases.iter().any(|alias| alias == slug),
            "`{slug}` is a former name of `patterns/{}`: links to it lead there",
            entry.path()
        );
    }
    Ok(())
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    File::create_new(path)?.write_all(text.as_bytes())
}
