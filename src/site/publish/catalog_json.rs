//! The catalog as data, for other programs. `theme/catalog.schema.json` describes it.

use counterpart_catalog::{Catalog, Entry, Parity};
use serde::Serialize;

use super::super::chapters::{category_path, entry_path};
use crate::links::BaseUrl;

pub(super) const SCHEMA: &str = include_str!("../../../theme/catalog.schema.json");

#[derive(Serialize)]
struct Data<'a> {
    #[serde(rename = "$schema")]
    schema: String,
    url: String,
    categories: Vec<CategoryData<'a>>,
    entries: Vec<EntryData<'a>>,
}

#[derive(Serialize)]
struct CategoryData<'a> {
    slug: &'a str,
    title: &'a str,
    summary: &'a str,
    url: String,
}

#[derive(Serialize)]
struct EntryData<'a> {
    id: &'a str,
    slug: &'a str,
    category: &'a str,
    title: &'a str,
    summary: &'a str,
    python: &'a str,
    rust: &'a str,
    level: &'a str,
    tags: &'a [String],
    review: &'a str,
    symptoms: &'a [String],
    lints: &'a [String],
    related: &'a [String],
    aliases: &'a [String],
    added: Option<&'a str>,
    changed: Option<&'a str>,
    /// Why the programs print different things; null when they print the same.
    differs: Option<&'a str>,
    url: String,
    markdown: String,
    regions: Vec<RegionData<'a>>,
}

#[derive(Serialize)]
struct RegionData<'a> {
    name: &'a str,
    url: String,
    python: Option<&'a str>,
    rust: Option<&'a str>,
}

pub(super) fn render(catalog: &Catalog, base: &BaseUrl) -> Result<Vec<u8>, serde_json::Error> {
    let data = Data {
        schema: base.join("catalog.schema.json"),
        url: base.to_string(),
        categories: catalog
            .categories
            .iter()
            .filter(|category| catalog.entries_of(&category.slug).next().is_some())
            .map(|category| CategoryData {
                slug: &category.slug,
                title: &category.title,
                summary: &category.summary,
                url: base.join(category_path(&category.slug).trim_end_matches("index.md")),
            })
            .collect(),
        entries: catalog.entries.iter().map(|entry| entry_data(entry, base)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&data)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry_data<'a>(entry: &'a Entry, base: &BaseUrl) -> EntryData<'a> {
    let meta = &entry.meta;
    let url = base.join(&entry.address());
    let region = |name: &'a str| RegionData {
        name,
        url: format!("{url}#{name}"),
        python: entry.python.region(name).map(|region| region.text.as_str()),
        rust: entry.rust.region(name).map(|region| region.text.as_str()),
    };
    EntryData {
        id: &meta.id,
        slug: &entry.slug,
        category: &entry.category,
        title: &meta.title,
        summary: &meta.summary,
        python: &meta.python,
        rust: &meta.rust,
        level: meta.level.as_str(),
        tags: &meta.tags,
        review: &meta.review,
        symptoms: &meta.symptoms,
        lints: &meta.lints,
        related: &meta.related,
        aliases: &meta.aliases,
        added: meta.added.as_deref(),
        changed: meta.changed.as_deref(),
        differs: match &meta.parity {
            Parity::Same => None,
            Parity::Differs(why) => Some(why),
        },
        markdown: base.join(&entry_path(&entry.slug)),
        regions: entry.region_names().into_iter().map(region).collect(),
        url,
    }
}
