//! The project's own site, built once for all trials.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use counterpart::site::{Site, write};
use counterpart_catalog::{Catalog, Tree};

use crate::origin;

/// Where a site can be opened from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin {
    Http,
    SubPath,
    File,
}

impl Origin {
    pub(crate) const ALL: [Self; 3] = [Self::Http, Self::SubPath, Self::File];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::SubPath => "sub-path",
            Self::File => "file",
        }
    }
}

/// One page of each kind.
pub(crate) fn key_pages() -> Vec<(&'static str, String)> {
    let entry = |slug: &str| format!("p/{slug}/index.html");
    vec![
        ("home", "index.html".to_owned()),
        ("entry", entry("concurrent-join")),
        ("difference", entry("cancellation-propagation")),
        ("pitfall", entry("unawaited-coroutine")),
        ("category", "c/concurrency/index.html".to_owned()),
        ("a-to-z", "api/python/index.html".to_owned()),
    ]
}

/// The built site and a server for it.
pub(crate) struct Served {
    pub(crate) catalog: Arc<Catalog>,
    /// Every page once: the other names of an entry hold the same bytes.
    pub(crate) pages: Vec<String>,
    folder: Mutex<Option<tempfile::TempDir>>,
    path: String,
    port: u16,
}

impl Served {
    pub(crate) fn new() -> Result<Self, String> {
        Self::build().map_err(|error| format!("{error:#}"))
    }

    fn build() -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let catalog = Arc::new(counterpart_catalog::check(&Tree::read(&root.join("patterns"))?).0);
        let pages = Site { root, catalog: Arc::clone(&catalog), base: None }.pages()?;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("site");
        write(&pages, &path)?;
        let port = origin::serve(&path)?;
        let canonical = |path: &&str| match path.strip_prefix("p/") {
            Some(rest) => catalog.entries.iter().any(|e| rest == format!("{}/index.html", e.slug)),
            None => path.rsplit('.').next() == Some("html"),
        };
        let names = pages.iter().map(|(path, _)| path).filter(canonical).map(str::to_owned);
        let names = names.collect();
        let path = path.display().to_string();
        Ok(Self { pages: names, catalog, folder: Mutex::new(Some(folder)), path, port })
    }

    /// What every address of the site begins with.
    pub(crate) fn base(&self, origin: Origin) -> String {
        match origin {
            Origin::Http => format!("http://127.0.0.1:{}/", self.port),
            Origin::SubPath => format!("http://127.0.0.1:{}/sub/path/", self.port),
            Origin::File => format!("file://{}/", self.path),
        }
    }

    /// Where a page is on disk.
    pub(crate) fn file(&self, page: &str) -> String {
        format!("{}/{page}", self.path)
    }

    /// Deletes the built site.
    pub(crate) fn remove(&self) {
        self.folder.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
