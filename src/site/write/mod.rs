//! The only code that writes a site: to a new folder beside the old one, which then takes its place.

mod archive;
mod place;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub use self::archive::write_archive;
use self::place::Place;
use super::Pages;

/// Stands in every folder that a build made, and lists the files it put there.
const MARKER: &str = ".counterpart-site";

const MARKER_HEAD: &str =
    "A site that `counterpart build` made of these files. The next build replaces this folder.\n";

/// The site was not written; what stood at the destination still stands there.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The destination holds something that no build put there.
    #[error(
        "`{}` is not empty and was not made by `counterpart build`: choose another folder, or empty it yourself",
        path.display()
    )]
    NotOurs {
        /// The destination.
        path: PathBuf,
    },
    /// The destination is a site, but somebody added a file that a build would delete.
    #[error(
        "`{}` holds `{file}`, which `counterpart build` did not put there: move it away first",
        path.display()
    )]
    ForeignFile {
        /// The destination.
        path: PathBuf,
        /// The first such file.
        file: String,
    },
    /// The archive to write is a file that no build made.
    #[error(
        "`{}` was not made by `counterpart build --zip`: choose another name, or move it away first",
        path.display()
    )]
    NotOurArchive {
        /// The file.
        path: PathBuf,
    },
    /// The destination, or what should be a folder above it, is a file.
    #[error("cannot write to `{}`: `{}` is not a folder", path.display(), file.display())]
    NotAFolder {
        /// The destination.
        path: PathBuf,
        /// What is in the way.
        file: PathBuf,
    },
    /// The destination has no name that a folder beside it could be called after.
    #[error("`{}` cannot be replaced by a site: name a folder to write", path.display())]
    NoName {
        /// The destination.
        path: PathBuf,
    },
    /// Reading or writing failed, for example because the disk is full.
    #[error("cannot {doing} `{}`; the site is as it was", path.display())]
    Io {
        /// `write`, `create` …
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What happens next: each is a place where a build can fail or be killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step<'a> {
    /// Make the temporary folder.
    Create,
    /// Write a file to it.
    File(&'a str),
    /// Let it take the place of the old site.
    Swap,
    /// Delete the old site.
    Remove,
}

/// Writes the files to `out`, in place of the site that an earlier build left there.
///
/// At every moment `out` holds the whole old site or the whole new one. A build that is killed
/// leaves a temporary folder beside it, which the next one removes.
///
/// # Errors
/// When `out` is not a folder that may be replaced, or a file cannot be written.
pub fn write(pages: &Pages, out: &Path) -> Result<(), WriteError> {
    write_with(pages, out, &mut |_| Ok(()))
}

fn write_with(
    pages: &Pages,
    out: &Path,
    before: &mut dyn FnMut(Step<'_>) -> io::Result<()>,
) -> Result<(), WriteError> {
    let place = Place::new(out)?;
    place.recover()?;
    place.refuse_foreign()?;
    place.sweep();
    let temporary = place.beside("new");
    let written = fill(pages, &temporary, before).and_then(|()| {
        before(Step::Swap).and_then(|()| place.swap(&temporary)).map_err(at("replace", &place.out))
    });
    if written.is_ok() && before(Step::Remove).is_err() {
        return Ok(());
    }
    // After a swap this is the old site, after a failure the unfinished new one. What cannot be
    // removed now is removed by the next build.
    let _ = fs::remove_dir_all(&temporary);
    written
}

fn fill(
    pages: &Pages,
    folder: &Path,
    before: &mut dyn FnMut(Step<'_>) -> io::Result<()>,
) -> Result<(), WriteError> {
    before(Step::Create).and_then(|()| fs::create_dir(folder)).map_err(at("create", folder))?;
    let path = folder.join(MARKER);
    let mut marker = File::create_new(&path).map_err(at("create", &path))?;
    // Tells the sweep of another build that this folder is in use.
    marker.lock().map_err(at("lock", &path))?;
    let mut list = String::from(MARKER_HEAD);
    for (file, _) in pages.iter() {
        list.push_str(file);
        list.push('\n');
    }
    before(Step::File(MARKER))
        .and_then(|()| marker.write_all(list.as_bytes()))
        .map_err(at("write", &path))?;
    let mut made: HashSet<PathBuf> = HashSet::new();
    for (file, bytes) in pages.iter() {
        let path = folder.join(file);
        if let Some(parent) = path.parent()
            && !made.contains(parent)
        {
            fs::create_dir_all(parent).map_err(at("create", parent))?;
            made.insert(parent.to_owned());
        }
        before(Step::File(file))
            .and_then(|()| fs::write(&path, bytes))
            .map_err(at("write", &path))?;
    }
    Ok(())
}

fn at(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError::Io { doing, path, source }
}
