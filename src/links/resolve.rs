//! The one resolver of references: ids, slugs, former slugs, codes of other tools, and addresses
//! of our own pages.

use counterpart_catalog::{Catalog, Code, Entry, FIXED_IDS, Meaning, Section};

/// Characters of an unknown reference that are shown.
const SHOWN: usize = 60;
/// So many near names are proposed.
const NEAREST: usize = 3;

/// What a reference names: an entry, and perhaps a place in it.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The entry; of several that share a code, the primary one.
    pub entry: &'a Entry,
    /// What stands after `#`.
    pub fragment: Option<Fragment<'a>>,
    /// The other entries that share the code.
    pub others: Vec<&'a Entry>,
    /// The code of another tool that the reference is, and the place in the entry that is about it.
    pub code: Option<(&'a Code, Option<Fragment<'a>>)>,
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
#[error("{}", said(self))]
pub struct UnknownReference {
    /// What was asked for, shortened, without control characters.
    pub name: String,
    /// Up to three names that are close to it.
    pub nearest: Vec<String>,
    /// What does not have the name: nothing in the catalog, or nothing in an entry.
    pub subject: String,
    /// Why, for a code that is known and has no entry.
    pub reason: Option<String>,
}

fn said(UnknownReference { name, nearest, subject, reason }: &UnknownReference) -> String {
    if let Some(reason) = reason {
        return format!("`{name}` has no entry: {reason}");
    }
    if nearest.is_empty() {
        return format!("{subject} is called `{name}`; `counterpart list` shows what there is");
    }
    format!("{subject} is called `{name}`; the nearest names are `{}`", nearest.join("`, `"))
}

/// Finds what a reference names.
///
/// An id in any case, a slug, a former slug, a code of another tool with or without the tool's name
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
    let found = match entry_called(catalog, name) {
        Some(entry) => Reference { entry, fragment: None, others: Vec::new(), code: None },
        None => with_code(catalog, name)?,
    };
    let fragment = match fragment {
        None | Some("") => None,
        Some(fragment) => Some(place(found.entry, fragment)?),
    };
    Ok(Reference { fragment, ..found })
}

/// The entry with this id, slug or former slug.
fn entry_called<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a Entry> {
    let by_own_name = [
        |entry: &Entry, name: &str| entry.meta.id.eq_ignore_ascii_case(name),
        |entry: &Entry, name: &str| entry.slug.eq_ignore_ascii_case(name),
        |entry: &Entry, name: &str| {
            entry.meta.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        },
    ];
    let mut found =
        by_own_name.iter().map(|has| catalog.entries.iter().find(|entry| has(entry, name)));
    found.find_map(|entry| entry)
}

/// The entries that are about a code; of a code that several tools have, those of all.
fn with_code<'a>(catalog: &'a Catalog, name: &str) -> Result<Reference<'a>, UnknownReference> {
    let codes = catalog.codes_called(name);
    let mut found: Option<Reference<'a>> = None;
    for code in &codes {
        for target in code.entries() {
            let Some(entry) = catalog.entry(&target.id) else { continue };
            match &mut found {
                None => {
                    let place = place(entry, &target.fragment).ok();
                    let code = Some((*code, place));
                    found = Some(Reference { entry, fragment: None, others: Vec::new(), code });
                }
                Some(found) if found.entry.slug == entry.slug => {}
                Some(found) if found.others.iter().any(|other| other.slug == entry.slug) => {}
                Some(found) => found.others.push(entry),
            }
        }
    }
    found.ok_or_else(|| {
        let reason = codes.first().and_then(|code| match &code.meaning {
            Meaning::None(reason) => Some(reason.clone()),
            Meaning::Entries(_) => None,
        });
        UnknownReference {
            name: shortened(name),
            nearest: nearest(name, names(catalog)),
            subject: "nothing in the catalog".to_owned(),
            reason,
        }
    })
}

/// The name in an address: `https://…/p/concurrent-join/index.html` names `concurrent-join`.
pub(super) fn last_segment(address: &str) -> &str {
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
    let holds = |section: &&Section| section.headings.iter().any(|id| id == fragment);
    if let Some(section) = entry.sections.iter().find(holds) {
        return Ok(Fragment::Heading(&section.id));
    }
    Err(UnknownReference {
        name: format!("#{}", shortened(fragment)),
        nearest: nearest(fragment, regions.into_iter().chain(FIXED_IDS)),
        subject: format!("no region of `{}`", entry.slug),
        reason: None,
    })
}

fn names(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let own = catalog.entries.iter().flat_map(|entry| {
        let meta = &entry.meta;
        [entry.slug.as_str(), &meta.id, &meta.python, &meta.rust]
    });
    let codes = catalog.codes.iter().filter(|code| !code.entries().is_empty());
    own.chain(codes.flat_map(|code| [Some(code.code.as_str()), code.name.as_deref()]).flatten())
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
