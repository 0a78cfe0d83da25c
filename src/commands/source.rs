//! What commands work on: the checkout, or the files that are compiled in.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use counterpart_catalog::{Catalog, Diagnostic, Tree};
use tempfile::TempDir;

use super::check;
use crate::embedded;
use crate::workspace::Checkout;

/// The catalog of the checkout that the current folder is in; outside of any, the one that is
/// compiled in.
pub(super) fn catalog() -> anyhow::Result<(Option<Checkout>, Catalog)> {
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    Ok(match Checkout::find_above(&here) {
        Some(checkout) => {
            let (catalog, _) = counterpart_catalog::check(&Tree::read(&checkout.patterns())?);
            (Some(checkout), catalog)
        }
        None => (None, embedded::catalog()?),
    })
}

/// A book on disk.
pub(super) struct Source {
    checkout: Checkout,
    /// Holds the embedded files; removed when the source is dropped.
    temporary: Option<TempDir>,
}

impl Source {
    /// The checkout that the current folder is in; outside of any, the embedded files.
    pub(super) fn find() -> anyhow::Result<Self> {
        let here = std::env::current_dir().context("cannot tell the current folder")?;
        match Checkout::find_above(&here) {
            Some(checkout) => Ok(Self { checkout, temporary: None }),
            None => Self::embedded().context("cannot unpack the catalog in this program"),
        }
    }

    fn embedded() -> anyhow::Result<Self> {
        let temporary = tempfile::Builder::new().prefix("counterpart-").tempdir()?;
        let root = temporary.path();
        fs::write(root.join("book.toml"), embedded::BOOK_TOML)?;
        for (path, text) in embedded::files() {
            let path = root.join("patterns").join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, text)?;
        }
        let checkout = Checkout::find_above(root).context("there is no `patterns` folder")?;
        Ok(Self { checkout, temporary: Some(temporary) })
    }

    /// Whether this is a checkout, which can change while it is served.
    pub(super) fn is_checkout(&self) -> bool {
        self.temporary.is_none()
    }

    /// The folder with `book.toml`.
    pub(super) fn root(&self) -> &Path {
        self.checkout.root()
    }

    /// The catalog as it is now, and what is wrong with it.
    pub(super) fn read(&self) -> anyhow::Result<(Catalog, Vec<Diagnostic>)> {
        check::read(&self.checkout)
    }
}
