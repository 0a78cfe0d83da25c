//! Finds the checkout that a command works on.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// A clone of the project: a folder with `book.toml` and `patterns/`.
#[derive(Clone, Debug)]
pub struct Checkout {
    root: PathBuf,
}

impl Checkout {
    /// The checkout that the current folder is in.
    ///
    /// # Errors
    /// When it is in none.
    pub fn find() -> anyhow::Result<Self> {
        match Self::find_above(&std::env::current_dir().context("cannot tell the current folder")?)
        {
            Some(checkout) => Ok(checkout),
            None => bail!(
                "this folder is not in a checkout: there is no `book.toml` beside a `patterns` folder"
            ),
        }
    }

    /// The checkout that contains `folder`, if there is one.
    #[must_use]
    pub fn find_above(folder: &Path) -> Option<Self> {
        folder
            .ancestors()
            .find(|root| root.join("book.toml").is_file() && root.join("patterns").is_dir())
            .map(|root| Self { root: root.to_owned() })
    }

    /// The folder with `book.toml`.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The catalog's folder.
    #[must_use]
    pub fn patterns(&self) -> PathBuf {
        self.root.join("patterns")
    }

    /// What stands before a catalog path so that it can be opened from the current folder.
    #[must_use]
    pub fn patterns_prefix(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let patterns = self.patterns();
        let shown = patterns.strip_prefix(&here).unwrap_or(&patterns);
        let shown = shown.to_string_lossy().replace('\\', "/");
        if shown.is_empty() { shown } else { format!("{shown}/") }
    }
}
