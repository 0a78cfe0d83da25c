//! Search over the catalog that is compiled in: what it must find, and what it must survive.

mod any_text;
mod golden;
mod page;
mod queries;
mod typos;

use std::collections::HashMap;
use std::sync::LazyLock;

use counterpart::embedded;
use counterpart::search::{Engine, Hit, Request};

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::open(embedded::index()).expect("the embedded index opens"));

/// The slugs of the first entries, without the time that excerpts take.
fn found(text: &str, limit: usize) -> Vec<&'static str> {
    static SLUGS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        let catalog = embedded::catalog().expect("the catalog is compiled in");
        catalog.entries.into_iter().map(|entry| (entry.meta.id, entry.slug)).collect()
    });
    let request = Request { text, limit, ..Request::default() };
    let ids = ENGINE.ids(&request).expect("any text is a query");
    ids.iter().map(|id| SLUGS[id].as_str()).collect()
}

/// The first hits.
fn search(text: &str, limit: usize) -> Vec<Hit> {
    let request = Request { text, limit, ..Request::default() };
    ENGINE.search(&request).expect("any text is a query")
}
