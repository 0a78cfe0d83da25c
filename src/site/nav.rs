//! The sidebar: every category; the reader's own in full, the others folded.

use counterpart_catalog::{Catalog, Category, Entry};

/// With more entries than this, other categories are links without their entries: a page must
/// not grow with the catalog.
const UNFOLDABLE: usize = 200;

/// The categories that have entries, each with them.
pub(super) struct Sidebar<'a> {
    categories: Vec<(&'a Category, Vec<&'a Entry>)>,
    foldable: bool,
}

/// A category in the sidebar.
pub(super) struct Group<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    pub(super) count: usize,
    /// It holds the page that is shown.
    pub(super) open: bool,
    /// It is the page that is shown.
    pub(super) current: bool,
    pub(super) items: Vec<Item<'a>>,
}

/// An entry in the sidebar.
pub(super) struct Item<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    /// It is the page that is shown.
    pub(super) current: bool,
}

impl<'a> Sidebar<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        let entries = |category: &'a Category| -> Vec<&'a Entry> {
            catalog.entries_of(&category.slug).collect()
        };
        let categories = catalog.categories.iter().map(|category| (category, entries(category)));
        Self {
            categories: categories.filter(|(_, entries)| !entries.is_empty()).collect(),
            foldable: catalog.entries.len() <= UNFOLDABLE,
        }
    }

    /// The sidebar of a page: `category` is the open one, `entry` the page that is shown.
    pub(super) fn groups(&self, category: Option<&str>, entry: Option<&str>) -> Vec<Group<'a>> {
        let group = |(of, entries): &(&'a Category, Vec<&'a Entry>)| {
            let open = category == Some(of.slug.as_str());
            let shown = if open || self.foldable { entries.as_slice() } else { &[] };
            let item = |item: &&'a Entry| Item {
                slug: &item.slug,
                title: &item.meta.title,
                current: entry == Some(item.slug.as_str()),
            };
            Group {
                slug: &of.slug,
                title: &of.title,
                count: entries.len(),
                open,
                current: open && entry.is_none(),
                items: shown.iter().map(item).collect(),
            }
        };
        self.categories.iter().map(group).collect()
    }
}
