//! The files of a new entry: complete, running, and full of marked TODOs.

use counterpart_catalog::Catalog;

const TEMPLATES: [(&str, &str); 5] = [
    ("pattern.md", include_str!("pattern.md")),
    ("python.py", include_str!("python.py")),
    ("rust.rs", include_str!("rust.rs")),
    ("expected.txt", include_str!("expected.txt")),
    ("mutations.toml", include_str!("mutations.toml")),
];

const CATEGORY: &str = "+++
title = \"TODO: the category's name\"
summary = \"TODO: what it holds, in one sentence.\"
order = ORDER
+++

TODO: one or two short paragraphs on what this category holds.
";

/// The files of a new entry, by name, for the next free id; `day` as in `2026-11-21`.
#[must_use]
pub fn entry(catalog: &Catalog, day: &str) -> Vec<(&'static str, String)> {
    let tag = catalog.tags.keys().next().map_or("TODO", String::as_str);
    let id = next_id(catalog);
    TEMPLATES
        .into_iter()
        .map(|(name, text)| {
            (name, text.replace("@ID@", &id).replace("@TAG@", tag).replace("@DAY@", day))
        })
        .collect()
}

/// The `category.md` of a new category, which comes last.
#[must_use]
pub fn category(catalog: &Catalog) -> String {
    let last = catalog.categories.iter().map(|category| category.order).max().unwrap_or(0);
    CATEGORY.replace("ORDER", &(last + 10).to_string())
}

/// The next free id, of all that were ever given.
#[must_use]
pub fn next_id(catalog: &Catalog) -> String {
    catalog.lock.next_id(catalog.entries.iter().map(|entry| entry.meta.id.as_str()))
}
