//! Search of Counterpart: builds the index from a checked catalog, opens it, and answers queries.
//!
//! It is a crate of its own because the build script that compiles the index in and the program
//! that opens it share it.

mod analysis;
mod api;
mod clause;
mod directory;
mod engine;
mod error;
mod excerpt;
mod identifiers;
mod index;
mod lookup;
mod message;
mod plain;
mod query;
mod schema;

pub use directory::IndexFiles;
pub use engine::{Engine, Hit, Request};
pub use error::SearchError;
pub use excerpt::Excerpt;
pub use index::build;

/// The folder of a site that holds the index's files.
pub const FOLDER: &str = "search-index";
