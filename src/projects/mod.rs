//! An entry as two small projects that run on their own, far from this catalog.
//!
//! What they depend on is computed from the programs and from the locks that the programs are
//! tested with; both are compiled in.

mod python;
mod readme;
mod rust;

use counterpart_catalog::{Entry, Lang};

/// A lock that is compiled in cannot be read, or an entry does not fit it: a fault of the build.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// A file is not what it should be.
    #[error("`{file}` in this program is damaged")]
    Damaged {
        /// The file's path in the repository.
        file: &'static str,
        /// Why.
        source: toml::de::Error,
    },
    /// Something is named that no lock holds.
    #[error("`{0}` is in no lock of this program")]
    NotLocked(String),
}

/// The files of both projects: paths with forward slashes below their folder, and texts.
///
/// `url` is the permanent address of the entry, where the address of the site is known.
///
/// # Errors
/// When what is compiled in is damaged.
pub fn files(entry: &Entry, url: Option<&str>) -> Result<Vec<(String, String)>, ProjectError> {
    let python = python::files(entry);
    let has_packages = python.iter().any(|(path, _)| *path == python::REQUIREMENTS);
    let mut files = vec![("README.md".to_owned(), readme::write(entry, url, has_packages))];
    for (lang, of_lang) in [(Lang::Python, python), (Lang::Rust, rust::files(entry)?)] {
        let expected = ("expected.txt", entry.transcript.of(lang).to_owned());
        let all = of_lang.into_iter().chain([expected]);
        files.extend(all.map(|(path, text)| (format!("{lang}/{path}"), text)));
    }
    Ok(files)
}
