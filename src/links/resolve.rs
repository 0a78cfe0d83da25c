//! The one resolver of references: ids, slugs, former slugs and lint codes.

use counterpart_catalog::{Catalog, Entry};

/// What a reference names: an entry, and perhaps a region of it.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The region after `#`.
    pub region: Option<&'a str>,
}

/// Nothing in the catalog has this name.
#[derive(Debug, thiserror::Error)]
#[error("nothing in the catalog is called `{name}`{}", suggestion(.nearest))]
pub struct UnknownReference {
    /// What was asked for.
    pub name: String,
    /// Up to three names that are close to it.
    pub nearest: Vec<String>,
}

fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    format!("; the nearest names are `{}`", nearest.join("`, `"))
}

/// Finds what a reference names.
///
/// # Errors
/// When nothing has this name.
pub fn resolve<'a>(
    catalog: &'a Catalog,
    reference: &str,
) -> Result<Reference<'a>, UnknownReference> {
    let (name, region) =
        reference.split_once('#').map_or((reference, None), |(name, region)| (name, Some(region)));
    let unknown = || UnknownReference { name: reference.to_owned(), nearest: Vec::new() };
    let entry = catalog.entry(name).ok_or_else(unknown)?;
    let region = match region {
        Some(region) => Some(
            entry.region_names().into_iter().find(|known| *known == region).ok_or_else(unknown)?,
        ),
        None => None,
    };
    Ok(Reference { entry, region })
}
