//! The catalog that is compiled in: its entries, the files they come from, and the search index.

use anyhow::Context as _;
use counterpart_catalog::Catalog;
use counterpart_search::IndexFiles;

/// The book's configuration.
pub const BOOK_TOML: &str = include_str!("../book.toml");

static CATALOG: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.postcard"));
static ERRORS: &str = include_str!(concat!(env!("OUT_DIR"), "/errors.txt"));
static FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/files.rs"));
static INDEX: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/index.rs"));

/// The catalog.
///
/// # Errors
/// When what is compiled in does not fit this program, which is a fault of its build.
pub fn catalog() -> anyhow::Result<Catalog> {
    postcard::from_bytes(CATALOG).context("the catalog in this program is damaged")
}

/// The errors that the catalog had when it was compiled in, one after the other; empty in every
/// program that is published.
#[must_use]
pub fn errors() -> &'static str {
    ERRORS
}

/// Paths below `patterns/`, with forward slashes, and texts, in path order.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The search index.
#[must_use]
pub fn index() -> IndexFiles {
    INDEX.iter().copied().collect()
}
