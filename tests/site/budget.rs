//! What a reader of one page has to load, in bytes.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use counterpart::site::{Pages, Site};
use counterpart_catalog::Catalog;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::fixture::own;
use crate::html::elements;

/// All that an entry's page loads, in bytes after gzip.
const PAGE: usize = 60_000;
/// The scripts among it.
const SCRIPTS: usize = 15_000;

/// What search loads until the first result, for so many entries, and for each entry more.
const SEARCH: usize = 40_000;
const ENTRIES: usize = 36;
const ENTRY: usize = 700;

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory").len()
}

#[test]
fn a_page_is_small() {
    let (catalog, pages) = own();
    let catalog: &Catalog = catalog;
    let mut assets = HashMap::new();
    for entry in &catalog.entries {
        let html = pages.get(&format!("p/{}/index.html", entry.slug)).expect("a page");
        let (mut page, mut scripts) = (gzipped(html), 0);
        for element in elements(html) {
            let loaded = match element.name.as_str() {
                "script" | "img" => element.get("src"),
                "link" if element.get("rel") != Some("canonical") => element.get("href"),
                _ => None,
            };
            let Some(path) = loaded.and_then(|path| path.strip_prefix("../../")) else { continue };
            let size = *assets.entry(path).or_insert_with(|| gzipped(pages.get(path).expect(path)));
            page += size;
            if element.name == "script" {
                scripts += size;
            }
        }
        assert!(scripts > 0 && scripts <= SCRIPTS, "{}: {scripts} bytes of scripts", entry.slug);
        assert!(page <= PAGE, "{}: {page} bytes", entry.slug);
    }
}

/// What search loads until the first result.
fn searching(pages: &Pages) -> usize {
    let files = ["assets/search-reader.js", "assets/search-index.js"];
    files.iter().map(|path| gzipped(pages.get(path).expect(path))).sum()
}

#[test]
fn the_first_result_is_not_far() {
    let (catalog, pages) = own();
    let all = searching(pages);
    println!("{all} bytes");
    let more = catalog.entries.len().saturating_sub(ENTRIES) * ENTRY;
    assert!(all <= SEARCH + more, "{all} bytes for {} entries", catalog.entries.len());
}

/// Measured on the entries that there are: what every other one of them adds.
#[test]
fn an_entry_more_costs_little() {
    let (catalog, pages) = own();
    let mut half = Catalog::clone(catalog);
    let more = half.entries.len() / 2;
    // Every other one, so that all categories stay.
    let mut keep = false;
    half.entries.retain(|_| {
        keep = !keep;
        keep
    });
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fewer = Site { root, catalog: Arc::new(half), base: None }.pages().expect("a site");
    let each = (searching(pages) - searching(&fewer)) / more;
    println!("{each} bytes an entry");
    assert!(each <= ENTRY, "{each} bytes an entry");
}
