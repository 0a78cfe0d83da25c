//! `counterpart search`

use std::io::{self, Read as _, Write as _};
use std::path::Path;

use anstream::{eprintln, stdout};
use anyhow::Context as _;
use serde::Serialize;

use crate::cli::{Search, TextOrJson};
use crate::embedded;
use crate::links::resolve;
use crate::search::{Engine, FOLDER, Hit, Request};
use crate::status::Status;
use crate::terminal::{BOLD, DIM, Link, MARK, marked, wrap};

/// What is read of a pasted message, in bytes.
const LONGEST: u64 = 1 << 20;

pub(super) fn run(args: &Search) -> anyhow::Result<Status> {
    let query = query(&args.words)?;
    let engine = match &args.site {
        Some(site) => Engine::open_folder(&site.join(FOLDER))?,
        None => Engine::open(embedded::index())?,
    };
    let hits = engine.search(&Request {
        text: &query,
        category: args.category.as_deref(),
        tag: args.tag.as_deref(),
        limit: args.limit.get(),
    })?;
    match args.format {
        TextOrJson::Json => json(args, &query, &hits)?,
        TextOrJson::Text => text(args, &hits)?,
    }
    if !hits.is_empty() {
        return Ok(Status::Clean);
    }
    if args.format == TextOrJson::Text {
        nothing(&engine, &query)?;
    }
    Ok(Status::Findings)
}

/// Says that nothing was found, and where to go on.
fn nothing(engine: &Engine, query: &str) -> anyhow::Result<()> {
    let catalog = embedded::catalog()?;
    if let Some(code) = resolve(&catalog, query).err().filter(|no| no.reason.is_some()) {
        eprintln!("{code}");
        return Ok(());
    }
    let near = engine.suggestions(query, 3)?;
    if near.is_empty() {
        eprintln!("nothing found");
    } else {
        eprintln!("nothing found; the nearest names are `{}`", near.join("`, `"));
    }
    eprintln!("the categories are `{}`", engine.categories()?.join("`, `"));
    eprintln!("`counterpart list` shows all entries");
    Ok(())
}

/// The words in one line, or what is pasted into standard input.
fn query(words: &[String]) -> anyhow::Result<String> {
    if words != ["-"] {
        return Ok(words.join(" "));
    }
    let mut bytes = Vec::new();
    io::stdin().take(LONGEST).read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    hits: Vec<JsonHit<'a>>,
}

#[derive(Serialize)]
struct JsonHit<'a> {
    id: &'a str,
    slug: &'a str,
    category: &'a str,
    title: &'a str,
    score: f32,
    url: String,
    excerpt: &'a str,
}

fn json(args: &Search, query: &str, hits: &[Hit]) -> anyhow::Result<()> {
    let hits = hits
        .iter()
        .map(|hit| JsonHit {
            id: &hit.id,
            slug: &hit.slug,
            category: &hit.category,
            title: &hit.title,
            score: hit.score,
            url: args.base.url(&format!("/p/{}/", hit.slug)),
            excerpt: &hit.excerpt.text,
        })
        .collect();
    writeln!(stdout(), "{}", serde_json::to_string_pretty(&Answer { query, hits })?)?;
    Ok(())
}

fn text(args: &Search, hits: &[Hit]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    for (place, Hit { id, slug, category, title, python, rust, excerpt, .. }) in
        hits.iter().enumerate()
    {
        if place > 0 {
            writeln!(out)?;
        }
        let address = address(args, slug);
        let name = Link { text: format!("{BOLD}{slug}{BOLD:#}"), to: address.as_deref() };
        writeln!(out, "{name}  {title}")?;
        writeln!(out, "  {DIM}{id} · {category} · {python} / {rust}{DIM:#}")?;
        writeln!(out, "{}", wrap(&marked(&excerpt.text, &excerpt.marks, MARK), "  ", "  "))?;
        if let Some(address) = &address {
            writeln!(out, "  {DIM}{address}{DIM:#}")?;
        }
    }
    Ok(())
}

/// Where the page of an entry can be opened, if that is known.
fn address(args: &Search, slug: &str) -> Option<String> {
    if let Some(base) = &args.base.base_url {
        return Some(base.join(&format!("p/{slug}/")));
    }
    let page = Path::new("p").join(slug).join("index.html");
    let page = std::path::absolute(args.site.as_ref()?.join(page)).ok()?;
    url::Url::from_file_path(page).ok().map(String::from)
}
