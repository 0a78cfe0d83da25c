//! The catalog's files in memory: the only code of this crate that touches the disk.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::{Diagnostic, Position};

/// The text files below `patterns/`, by path relative to it, with forward slashes.
///
/// A tree can also be made from files that are compiled in, so that an installed program needs
/// no checkout.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
    problems: Vec<Diagnostic>,
}

/// The folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{}`", path.display())]
pub struct ReadError {
    /// The file or folder that could not be read.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl Tree {
    /// Reads every file below `root`, except hidden ones and Python's caches.
    ///
    /// A file that is not UTF-8, or a symbolic link that leaves the tree, becomes a diagnostic
    /// and is left out.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn read(root: &Path) -> Result<Self, ReadError> {
        let mut tree = Self::default();
        let canonical = root.canonicalize().map_err(|source| at(root, source))?;
        tree.read_folder(&canonical, root, "")?;
        Ok(tree)
    }

    /// A tree of files that are already in memory.
    pub fn from_files<P: Into<String>, T: Into<String>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.into(), text.into())).collect();
        Self { files, problems: Vec::new() }
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Paths and texts, in path order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files below a folder: paths relative to it, and texts, in path order.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let prefix = format!("{folder}/");
        let length = prefix.len();
        self.files
            .range(prefix.clone()..)
            .take_while(move |(path, _)| path.starts_with(&prefix))
            .map(move |(path, text)| (&path[length..], text.as_str()))
    }

    /// What was wrong with the files as files.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    fn read_folder(&mut self, root: &Path, folder: &Path, prefix: &str) -> Result<(), ReadError> {
        let mut children: Vec<PathBuf> = fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
            .map_err(|source| at(folder, source))?;
        children.sort();
        for child in children {
            let name = child.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') || name == "__pycache__" {
                continue;
            }
            let path = format!("{prefix}{name}");
            if child.is_symlink() && !child.canonicalize().is_ok_and(|to| to.starts_with(root)) {
                self.problem(
                    "C002",
                    path,
                    "this symbolic link leads out of the catalog",
                    "put a copy of the file in its place",
                );
                continue;
            }
            if child.is_dir() {
                self.read_folder(root, &child, &format!("{path}/"))?;
                continue;
            }
            let bytes = fs::read(&child).map_err(|source| at(&child, source))?;
            match String::from_utf8(bytes) {
                Ok(text) => {
                    self.files.insert(path, text);
                }
                Err(error) => {
                    let valid = error.utf8_error().valid_up_to();
                    let text = String::from_utf8_lossy(error.as_bytes());
                    let place = Position::of(&text, valid);
                    self.problems.push(Diagnostic::error(
                        "C001",
                        path,
                        place,
                        "this file is not UTF-8",
                        "save it as UTF-8",
                    ));
                }
            }
        }
        Ok(())
    }

    fn problem(&mut self, code: &'static str, path: String, message: &str, help: &str) {
        self.problems.push(Diagnostic::error(code, path, Position::START, message, help));
    }
}

fn at(path: &Path, source: io::Error) -> ReadError {
    ReadError { path: path.to_owned(), source }
}
