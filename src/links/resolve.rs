//! The one resolver of references: ids, slugs, former slugs, codes of other tools, and addresses
//! of our own pages.

use counterpart_catalog::{Block, Catalog, Entry, FIXED_IDS};

/// Characters of an unknown reference that are shown.
const SHOWN: usize = 60;
/// So many near names are proposed.
const NEAREST: usize = 3;

/// What a reference names: an entry, and perhaps a place in it.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The entry; of several that share a code, the one with the lowest id.
    pub entry: &'a Entry,
    /// What stands after `#`.
    pub fragment: Option<Fragment<'a>>,
    /// The other entries that share the code, by id.
    pub others: Vec<&'a Entry>,
}

/// A place in an entry that has a permanent address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment<'a> {
    /// A marked region of the programs.
    Region(&'a str),
    /// One of [`FIXED_IDS`].
    Fixed(&'static str),
    /// A heading within the section with this id.
    Heading(&'a str),
}

/// Nothing in the catalog has this name.
#[derive(Debug, thiserror::Error)]
#[error("{subject} is called `{name}`{}", suggestion(.nearest))]
pub struct UnknownReference {
    /// What was asked for, shortened, without control characters.
    pub name: String,
    /// Up to three names that are close to it.
    pub nearest: Vec<String>,
    /// What does not have the name: nothing in the catalog, or nothing in an entry.
    pub subject: String,
}

fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::from("; `counterpart list` shows what there is");
    }
    format!("; the nearest names are `{}`", nearest.join("`, `"))
}

/// Finds what a reference names.
///
/// An id in any case, a slug, a former slug, a code from `lints` with or without the tool's name
/// before it, or the address of a page of ours; each with or without `#` and a fragment.
///
/// # Errors
/// When nothing has this name, or nothing in the entry has the fragment's.
pub fn resolve<'a>(
    catalog: &'a Catalog,
    reference: &str,
) -> Result<Reference<'a>, UnknownReference> {
    let reference = reference.trim();
    let (name, fragment) =
        reference.split_once('#').map_or((reference, None), |(name, rest)| (name, Some(rest)));
    let name = last_segment(name);
    let mut entries = entries_called(catalog, name).into_iter();
    let Some(entry) = entries.next() else {
        return Err(UnknownReference {
            name: shortened(name),
            nearest: nearest(name, names(catalog)),
            subject: "nothing in the catalog".to_owned(),
        });
    };
    let fragment = match fragment {
        None | Some("") => None,
        Some(fragment) => Some(place(entry, fragment)?),
    };
    Ok(Reference { entry, fragment, others: entries.collect() })
}

/// Every entry with this name, by id; the primary one first.
fn entries_called<'a>(catalog: &'a Catalog, name: &str) -> Vec<&'a Entry> {
    let by_own_name = [
        |entry: &Entry, name: &str| entry.meta.id.eq_ignore_ascii_case(name),
        |entry: &Entry, name: &str| entry.slug.eq_ignore_ascii_case(name),
        |entry: &Entry, name: &str| {
            entry.meta.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        },
    ];
    for has_name in by_own_name {
        if let Some(entry) = catalog.entries.iter().find(|entry| has_name(entry, name)) {
            return vec![entry];
        }
    }
    let with_code = |same: &dyn Fn(&str) -> bool| {
        let mut entries: Vec<&Entry> = catalog
            .entries
            .iter()
            .filter(|entry| entry.meta.lints.iter().any(|lint| same(lint)))
            .collect();
        entries.sort_by_key(|entry| &entry.meta.id);
        entries
    };
    let entries = with_code(&|lint| lint.eq_ignore_ascii_case(name));
    if !entries.is_empty() {
        return entries;
    }
    with_code(&|lint| bare_code(lint).eq_ignore_ascii_case(bare_code(name)))
}

/// A code without the tool before it: `clippy::x`, `ruff:x`, `mypy: x` and `error[x]` are `x`.
fn bare_code(code: &str) -> &str {
    let inside = code.split_once('[').map_or(code, |(_, inside)| inside.trim_end_matches(']'));
    inside.rsplit(':').next().unwrap_or(inside).trim()
}

/// The name in an address: `https://…/p/concurrent-join/index.html` names `concurrent-join`.
fn last_segment(address: &str) -> &str {
    let path = address.split('?').next().unwrap_or(address);
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

fn place<'a>(entry: &'a Entry, fragment: &str) -> Result<Fragment<'a>, UnknownReference> {
    let regions = entry.region_names();
    if let Some(region) = regions.iter().find(|region| **region == fragment) {
        return Ok(Fragment::Region(region));
    }
    if let Some(fixed) = FIXED_IDS.into_iter().find(|fixed| *fixed == fragment) {
        return Ok(Fragment::Fixed(fixed));
    }
    let heading = format!("{{#{fragment}}}");
    let holds = |block: &Block| matches!(block, Block::Markdown(text) if text.contains(&heading));
    if let Some(section) = entry.sections.iter().find(|section| section.blocks.iter().any(holds)) {
        return Ok(Fragment::Heading(&section.id));
    }
    Err(UnknownReference {
        name: format!("#{}", shortened(fragment)),
        nearest: nearest(fragment, regions.into_iter().chain(FIXED_IDS)),
        subject: format!("no region of `{}`", entry.slug),
    })
}

fn names(catalog: &Catalog) -> impl Iterator<Item = &str> {
    catalog.entries.iter().flat_map(|entry| {
        let meta = &entry.meta;
        [entry.slug.as_str(), &meta.id, &meta.python, &meta.rust]
            .into_iter()
            .chain(meta.lints.iter().map(|lint| bare_code(lint)))
    })
}

fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let name: String = name.chars().take(SHOWN).collect::<String>().to_lowercase();
    let mut near: Vec<(f64, &str)> = known
        .map(|known| (strsim::jaro_winkler(&name, &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness > 0.7)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by_key(|(_, known)| *known);
    near.into_iter().take(NEAREST).map(|(_, known)| known.to_owned()).collect()
}

/// A name as it can be shown in one line.
fn shortened(name: &str) -> String {
    let mut shown: String = name.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if name.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
