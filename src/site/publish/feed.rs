//! The Atom feed of new and changed entries (RFC 4287).

use askama::Template;
use counterpart_catalog::{Catalog, Entry};

use super::updated;
use crate::links::BaseUrl;

/// A feed reader asks often and forgets nothing: the newest are enough.
const NEWEST: usize = 50;

#[derive(Template)]
#[template(path = "feed.xml")]
pub(super) struct Feed<'a> {
    base: &'a BaseUrl,
    /// The day of the newest entry.
    updated: &'a str,
    items: Vec<Item<'a>>,
}

struct Item<'a> {
    entry: &'a Entry,
    /// The address by id: an entry may be renamed, and stays the same item.
    id: String,
    url: String,
    added: &'a str,
    updated: &'a str,
}

pub(super) fn new<'a>(catalog: &'a Catalog, base: &'a BaseUrl) -> Feed<'a> {
    let mut items: Vec<Item<'a>> = catalog
        .entries
        .iter()
        .filter_map(|entry| {
            let (added, updated) = (entry.meta.added.as_deref()?, updated(entry)?);
            let id = base.join(&format!("p/{}/", entry.meta.id));
            Some(Item { entry, id, url: base.join(&entry.address()), added, updated })
        })
        .collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.updated), &item.entry.meta.id));
    items.truncate(NEWEST);
    let tested = catalog.tested.get("date").map_or("1970-01-01", String::as_str);
    Feed { base, updated: items.first().map_or(tested, |item| item.updated), items }
}
