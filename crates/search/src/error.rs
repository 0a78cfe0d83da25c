//! Why a request cannot be answered.

use std::io;
use std::path::PathBuf;

/// A request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index's folder cannot be read.
    #[error("cannot read the search index in `{}`", folder.display())]
    Unreadable {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of the index is not what was written.
    #[error("`{file}` in the search index is damaged")]
    Damaged {
        /// The file.
        file: String,
    },
    /// The index is damaged, or not one of ours.
    #[error("the search index cannot be used")]
    Index(#[from] tantivy::TantivyError),
    /// The catalog has no such category or tag.
    #[error("there is no {kind} `{name}`; there are `{}`", known.join("`, `"))]
    UnknownFilter {
        /// `category` or `tag`.
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
}
