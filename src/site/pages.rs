//! What rendering gives: files in memory, by their path in the site.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of a site. Pages with several addresses share their bytes.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Pages {
    /// Adds a file; the path is relative to the site's root, with forward slashes.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// Paths and bytes, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes))
    }
}
