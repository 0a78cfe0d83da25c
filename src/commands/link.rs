//! `counterpart link`: the permanent address of an entry or a place, ready to be pasted.

use std::io::Write as _;

use anstream::{eprintln, stdout};
use anyhow::{Context as _, bail};
use counterpart_catalog::Catalog;
use serde::Serialize;

use super::source;
use crate::cli::{Link, LinkFormat};
use crate::links::{
    BaseUrl, COMMENT, Playground, Target, comment, configured, html, markdown, targets,
};
use crate::status::Status;
use crate::workspace::Checkout;

pub(super) fn run(args: &Link) -> anyhow::Result<Status> {
    let reference = reference(args)?;
    let (checkout, catalog) = source::catalog()?;
    let base = match &args.base.base_url {
        Some(base) => Some(base.clone()),
        None => configured(checkout.as_ref().map(Checkout::root))?,
    };
    let targets = targets(&catalog, &reference)?;
    let playground = Playground::new().context("the list of the Playground's crates is damaged")?;
    if args.playground {
        return in_playground(args.format, &targets, &catalog, &playground);
    }
    let mut out = stdout().lock();
    for (place, target) in targets.iter().enumerate() {
        if place > 0 && args.format == LinkFormat::Text {
            writeln!(out)?;
        }
        writeln!(out, "{}", written(args.format, target, base.as_ref(), &catalog, &playground)?)?;
    }
    notes(&reference, &targets, base.as_ref());
    Ok(Status::Clean)
}

/// What is asked for, with the region.
fn reference(args: &Link) -> anyhow::Result<String> {
    let reference = args.reference.trim();
    let Some(region) = &args.region else { return Ok(reference.to_owned()) };
    let region = region.trim_start_matches('#');
    match reference.split_once('#') {
        Some((_, place)) if !place.is_empty() && place != region => {
            bail!("`{place}` and `--region {region}` are two places: name one");
        }
        Some((name, _)) => Ok(format!("{name}#{region}")),
        None => Ok(format!("{reference}#{region}")),
    }
}

fn written(
    format: LinkFormat,
    target: &Target,
    base: Option<&BaseUrl>,
    catalog: &Catalog,
    playground: &Playground,
) -> anyhow::Result<String> {
    let url = target.url(base);
    Ok(match format {
        LinkFormat::Url => url,
        LinkFormat::Markdown => markdown(&target.title, &url),
        LinkFormat::Html => html(&target.title, &url),
        LinkFormat::Json => {
            let playground = opened(target, catalog, playground).ok();
            serde_json::to_string(&Item::new(target, url, playground))?
        }
        LinkFormat::Text => {
            let review = review(target, base, catalog);
            let text = comment(&target.title, &url, &review)
                .filter(|text| !text.ends_with('…'))
                .or_else(|| comment(&target.title, &target.short_url(base), &review));
            match text {
                Some(text) => text,
                None => bail!("the address alone is longer than a comment of {COMMENT} characters"),
            }
        }
    })
}

/// The addresses that open the programs in the Playground, and why others have none.
fn in_playground(
    format: LinkFormat,
    targets: &[Target],
    catalog: &Catalog,
    playground: &Playground,
) -> anyhow::Result<Status> {
    match format {
        LinkFormat::Json => bail!("leave out `--playground`: JSON has its address anyway"),
        LinkFormat::Text => bail!("the Playground's address is too long for a review comment"),
        LinkFormat::Url | LinkFormat::Markdown | LinkFormat::Html => {}
    }
    let mut status = Status::Clean;
    let mut out = stdout().lock();
    for target in targets {
        let smaller = catalog.entry(&target.slug).and_then(|entry| playground.why_smaller(entry));
        if let Some(reason) = smaller {
            let slug = &target.slug;
            eprintln!("note: a smaller program of `{slug}` opens there; not the whole: {reason}");
        }
        match opened(target, catalog, playground) {
            Ok(url) if format == LinkFormat::Markdown => {
                writeln!(out, "{}", markdown(&target.title, &url))?;
            }
            Ok(url) if format == LinkFormat::Html => {
                writeln!(out, "{}", html(&target.title, &url))?;
            }
            Ok(url) => writeln!(out, "{url}")?,
            Err(reason) => {
                eprintln!("note: `{}` does not open in the Rust Playground: {reason}", target.slug);
                status = Status::Findings;
            }
        }
    }
    Ok(status)
}

/// The address that opens a Rust program in the Playground, or why there is none.
fn opened(target: &Target, catalog: &Catalog, playground: &Playground) -> Result<String, String> {
    if let Some(gone) = &target.gone {
        return Err(format!("it is {gone}"));
    }
    let entry = catalog.entry(&target.slug).ok_or("there is no such entry")?;
    playground.link(entry).map(String::from).map_err(|no| no.to_string())
}

/// What is wrong; of something that is gone, what became of it.
fn review(target: &Target, base: Option<&BaseUrl>, catalog: &Catalog) -> String {
    let Some(gone) = &target.gone else { return target.review.clone() };
    let mut text = format!("{}: {}", gone.status, gone.reason);
    for successor in &gone.successors {
        for next in targets(catalog, successor).unwrap_or_default() {
            text.extend(["; see ", &markdown(&next.title, &next.url(base))]);
        }
    }
    text
}

/// One line of JSON.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    slug: &'a str,
    title: &'a str,
    url: String,
    status: &'a str,
    successors: &'a [String],
    /// Opens the Rust program in the Playground, or a smaller one; nothing where none can run there.
    playground: Option<String>,
}

impl<'a> Item<'a> {
    fn new(
        Target { id, slug, title, gone, .. }: &'a Target,
        url: String,
        playground: Option<String>,
    ) -> Self {
        let (status, successors) = match gone {
            Some(gone) => (gone.status, &gone.successors[..]),
            None => ("active", &[][..]),
        };
        Self { id, slug, title, url, status, successors, playground }
    }
}

/// What the output does not say, for whoever reads it.
fn notes(reference: &str, targets: &[Target], base: Option<&BaseUrl>) {
    for target in targets {
        if let Some(gone) = &target.gone {
            eprintln!("note: `{reference}` is {gone}");
        }
    }
    if targets.len() > 1 {
        eprintln!("note: {} entries share this code; the first is the primary one", targets.len());
    }
    if base.is_none() {
        eprintln!(
            "note: a path below the site's root; `--base-url` or `COUNTERPART_BASE_URL` makes it \
             an address"
        );
    }
}
