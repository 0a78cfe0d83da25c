//! What other programs read: a map, a feed, a list for language models, the catalog as data.
//!
//! All of it holds full addresses, so all of it needs the address of the published site.

mod catalog_json;
mod feed;
mod markdown;
mod sitemap;

use askama::Template;
use counterpart_catalog::{Catalog, Entry};

use super::render::{Chapter, RenderError, add};
use super::{BaseUrl, Pages};

/// What a site without a known address lacks, in words for people.
pub const NEED_THE_ADDRESS: &str = "catalog.json, catalog.schema.json, feed.xml, llms.txt, \
    opensearch.xml, sitemap.xml, canonical links, link previews, the Markdown of each page";

#[derive(Template)]
#[template(path = "opensearch.xml")]
struct OpenSearch<'a> {
    base: &'a BaseUrl,
}

/// Adds the files; to be called when every page is there.
pub(super) fn render(
    catalog: &Catalog,
    chapters: &[Chapter],
    base: &BaseUrl,
    pages: &mut Pages,
) -> Result<(), RenderError> {
    add(pages, "sitemap.xml".to_owned(), &sitemap::new(catalog, base, pages))?;
    add(pages, "feed.xml".to_owned(), &feed::new(catalog, base))?;
    add(pages, "opensearch.xml".to_owned(), &OpenSearch { base })?;
    pages.add("catalog.json", catalog_json::render(catalog, base)?);
    pages.add("catalog.schema.json", catalog_json::SCHEMA.as_bytes());
    markdown::add(catalog, chapters, base, pages);
    Ok(())
}

/// The day on which an entry last changed, or was added.
fn updated(entry: &Entry) -> Option<&str> {
    entry.meta.changed.as_deref().or(entry.meta.added.as_deref())
}
