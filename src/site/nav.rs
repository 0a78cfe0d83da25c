//! The sidebar: every category; the reader's own in full, the others folded.

use counterpart_catalog::Catalog;

/// With more entries than this, other categories are links without their entries: a page must
/// not grow with the catalog.
const UNFOLDABLE: usize = 200;

/// A category in the sidebar.
pub(super) struct Group<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    pub(super) count: usize,
    /// It holds the page that is shown.
    pub(super) open: bool,
    /// The page that is shown.
    pub(super) current: bool,
    pub(super) items: Vec<Item<'a>>,
}

/// An entry in the sidebar.
pub(super) struct Item<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    /// The page that is shown.
    pub(super) current: bool,
}

/// The sidebar of a page: `category` is the open one, `entry` the page that is shown.
pub(super) fn groups<'a>(
    catalog: &'a Catalog,
    category: Option<&str>,
    entry: Option<&str>,
) -> Vec<Group<'a>> {
    let group = |of: &'a counterpart_catalog::Category| {
        let open = category == Some(of.slug.as_str());
        let items: Vec<Item<'a>> = catalog
            .entries_of(&of.slug)
            .map(|item| Item {
                slug: &item.slug,
                title: &item.meta.title,
                current: entry == Some(item.slug.as_str()),
            })
            .collect();
        let fold = open || catalog.entries.len() <= UNFOLDABLE;
        Group {
            slug: &of.slug,
            title: &of.title,
            count: items.len(),
            open,
            current: open && entry.is_none(),
            items: if fold { items } else { Vec::new() },
        }
    };
    catalog.categories.iter().map(group).filter(|group| group.count > 0).collect()
}
