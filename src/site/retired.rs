//! What stands at an address whose entry or place is gone: what happened, and where to go.

use std::collections::BTreeMap;

use askama::Template;
use counterpart_catalog::{Catalog, Entry, FIXED_IDS, Fate, Status};

use super::Pages;
use super::chapters::entry_path;
use super::render::{RenderError, Shell, Site, html_path, names, put};

/// The page of an entry that is gone.
#[derive(Template)]
#[template(path = "retired.html")]
struct RetiredPage<'a> {
    shell: Shell<'a>,
    id: &'a str,
    title: &'a str,
    what: &'static str,
    reason: &'a str,
    successors: Vec<Successor<'a>>,
    /// Promised places that nothing took over by itself: they lead to the top.
    top: Vec<&'a str>,
    places: Vec<Place<'a>>,
}

/// A place that is gone.
pub(super) struct Place<'a> {
    pub(super) fragment: &'a str,
    /// What became of it, and why.
    pub(super) said: String,
    pub(super) successors: Vec<Successor<'a>>,
}

/// Where to go instead.
pub(super) struct Successor<'a> {
    pub(super) entry: &'a Entry,
    pub(super) fragment: String,
}

impl Successor<'_> {
    /// Its page below the site's root, with the fragment.
    pub(super) fn path(&self) -> String {
        let hash = if self.fragment.is_empty() { "" } else { "#" };
        format!("{}{hash}{}", html_path(&entry_path(&self.entry.slug)), self.fragment)
    }
}

/// Adds a page under every name of every entry that is gone.
pub(super) fn render(site: &Site<'_>, pages: &mut Pages) -> Result<(), RenderError> {
    for (id, promise, fate) in site.catalog.lock.retired() {
        let path = html_path(&entry_path(&promise.slug));
        let title = if promise.title.is_empty() { &promise.slug } else { &promise.title };
        let (mut top, mut places) = (Vec::new(), Vec::new());
        for (fragment, own) in &promise.fragments {
            let place = place(site.catalog, id, fragment, own.as_ref());
            if FIXED_IDS.contains(&fragment.as_str()) || place.successors.is_empty() {
                top.push(fragment.as_str());
            } else {
                places.push(place);
            }
        }
        let page = RetiredPage {
            shell: Shell { description: &fate.reason, ..site.shell(&path, title, "page") },
            id,
            title,
            what: what(fate),
            reason: &fate.reason,
            successors: successors(site.catalog, id, ""),
            top,
            places,
        };
        let former = promise.former.iter().map(String::as_str);
        put(pages, &path, &page, names(id, &promise.slug, former))?;
    }
    Ok(())
}

/// A place; `fate` is what became of it alone, and not of the whole entry.
fn place<'a>(
    catalog: &'a Catalog,
    id: &str,
    fragment: &'a str,
    fate: Option<&'a Fate>,
) -> Place<'a> {
    let said = fate.map_or_else(String::new, |fate| format!(" {}: {}", what(fate), fate.reason));
    Place { fragment, said, successors: successors(catalog, id, fragment) }
}

/// What became of the places of an entry that is there: those that another place of the same page
/// took over, by that place, and the others.
pub(super) fn places<'a>(
    catalog: &'a Catalog,
    entry: &'a Entry,
) -> (BTreeMap<String, Vec<&'a str>>, Vec<Place<'a>>) {
    let (mut here, mut elsewhere) = (BTreeMap::<String, Vec<&str>>::new(), Vec::new());
    let id = &entry.meta.id;
    let Some(promise) = catalog.lock.promises.get(id) else { return (here, elsewhere) };
    for (fragment, fate) in &promise.fragments {
        let Some(fate) = fate else { continue };
        let place = place(catalog, id, fragment, Some(fate));
        match &place.successors[..] {
            [to] if to.entry.meta.id == *id && has_anchor(entry, &to.fragment) => {
                here.entry(to.fragment.clone()).or_default().push(fragment);
            }
            _ => elsewhere.push(place),
        }
    }
    (here, elsewhere)
}

/// Whether the page's text, and not its frame, holds the place.
fn has_anchor(entry: &Entry, fragment: &str) -> bool {
    let section = |section: &counterpart_catalog::Section| {
        section.id == fragment || section.headings.iter().any(|id| id == fragment)
    };
    entry.region_names().contains(&fragment) || entry.sections.iter().any(section)
}

fn successors<'a>(catalog: &'a Catalog, id: &str, fragment: &str) -> Vec<Successor<'a>> {
    let hash = if fragment.is_empty() { "" } else { "#" };
    let mut found: Vec<Successor<'_>> = Vec::new();
    for to in catalog.lock.destinations(&format!("{id}{hash}{fragment}")) {
        let (to, place) = to.split_once('#').unwrap_or((&to, ""));
        let entry = catalog.entries.iter().find(|entry| entry.meta.id == to);
        let Some(entry) = entry.filter(|entry| entry.meta.id != id || !place.is_empty()) else {
            continue;
        };
        // A successor that has a place of this name has it for this reason.
        let same = place.is_empty() && entry.fragments().contains(&fragment);
        let fragment = if same { fragment } else { place };
        let to = Successor { entry, fragment: fragment.to_owned() };
        if found.iter().all(|known| known.path() != to.path()) {
            found.push(to);
        }
    }
    found
}

fn what(fate: &Fate) -> &'static str {
    match (fate.status, fate.successors.len()) {
        (Status::Withdrawn, _) => "was withdrawn",
        (Status::Merged, _) => "is now part of another one",
        (Status::Moved, _) => "moved",
        (Status::Split, _) => "was split",
    }
}
