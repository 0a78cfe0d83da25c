//! Search over the catalog that is compiled in: what it must find, and what it must survive.

mod any_text;
mod golden;
mod page;
mod queries;
mod typos;

use std::sync::LazyLock;

use counterpart::embedded;
use counterpart::search::{Engine, Hit, Request};

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::open(embedded::index()).expect("the embedded index opens"));

/// The first hits.
fn search(text: &str, limit: usize) -> Vec<Hit> {
    let request = Request { text, limit, ..Request::default() };
    ENGINE.search(&request).expect("any text is a query")
}
