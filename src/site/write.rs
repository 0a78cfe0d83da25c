//! The only code that writes a site: to a new folder beside the old one, which then takes its place.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

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

/// The destination, resolved.
struct Place {
    out: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Place {
    fn new(out: &Path) -> Result<Self, WriteError> {
        let absolute = std::path::absolute(out).map_err(at("find", out))?;
        for folder in absolute.ancestors() {
            if folder.exists() && !folder.is_dir() {
                return Err(WriteError::NotAFolder { path: out.into(), file: folder.into() });
            }
        }
        let out = if absolute.exists() {
            absolute.canonicalize().map_err(at("find", out))?
        } else {
            absolute
        };
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(WriteError::NoName { path: out });
        };
        let (parent, name) = (parent.to_owned(), name.to_string_lossy().into_owned());
        fs::create_dir_all(&parent).map_err(at("create", &parent))?;
        Ok(Self { out, parent, name })
    }

    fn beside(&self, kind: &str) -> PathBuf {
        self.parent.join(format!("{}{}", self.prefix(kind), std::process::id()))
    }

    fn prefix(&self, kind: &str) -> String {
        format!(".{}.{kind}-", self.name)
    }

    /// Folders that builds have left beside the destination.
    fn leftovers(&self, kind: &str) -> Vec<PathBuf> {
        let prefix = self.prefix(kind);
        let Ok(entries) = fs::read_dir(&self.parent) else { return Vec::new() };
        let named = entries
            .filter_map(Result::ok)
            .filter(|entry| {
                let name = entry.file_name();
                let id = name.to_str().and_then(|name| name.strip_prefix(&prefix));
                id.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
            })
            .map(|entry| entry.path());
        let mut folders: Vec<PathBuf> = named.filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    }

    /// Puts back the site of a build that was killed between its two renames.
    fn recover(&self) -> Result<(), WriteError> {
        if self.out.exists() {
            return Ok(());
        }
        match self.leftovers("old").into_iter().find(|old| old.join(MARKER).is_file()) {
            Some(old) => fs::rename(&old, &self.out).map_err(at("restore", &self.out)),
            None => Ok(()),
        }
    }

    /// Removes the folders of builds that are no longer running.
    fn sweep(&self) {
        for folder in self.leftovers("new").into_iter().chain(self.leftovers("old")) {
            match File::open(folder.join(MARKER)).map(|marker| marker.try_lock()) {
                Ok(Err(TryLockError::WouldBlock)) => {}
                Ok(_) => _ = fs::remove_dir_all(&folder),
                // Killed before it wrote anything: this removes an empty folder only.
                Err(_) => _ = fs::remove_dir(&folder),
            }
        }
    }

    fn refuse_foreign(&self) -> Result<(), WriteError> {
        let mut files = Vec::new();
        list(&self.out, "", &mut files)?;
        if files.is_empty() {
            return Ok(());
        }
        let marker = fs::read_to_string(self.out.join(MARKER)).unwrap_or_default();
        let Some(ours) = marker.strip_prefix(MARKER_HEAD) else {
            return Err(WriteError::NotOurs { path: self.out.clone() });
        };
        // Some disks hold `AP001` and `ap001` as one folder.
        let ours: HashSet<String> = ours.lines().map(str::to_lowercase).collect();
        match files.into_iter().find(|file| file != MARKER && !ours.contains(&file.to_lowercase()))
        {
            Some(file) => Err(WriteError::ForeignFile { path: self.out.clone(), file }),
            None => Ok(()),
        }
    }

    /// Lets the new folder take the place of the old one, at once where the system can do that.
    fn swap(&self, new: &Path) -> io::Result<()> {
        if !self.out.exists() {
            return fs::rename(new, &self.out);
        }
        if exchange(new, &self.out).is_ok() {
            return Ok(());
        }
        let old = self.beside("old");
        fs::rename(&self.out, &old)?;
        if let Err(error) = fs::rename(new, &self.out) {
            fs::rename(&old, &self.out)?;
            return Err(error);
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The files below `folder`, by path relative to it; symbolic links are not followed.
fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<(), WriteError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(at("read", folder))?,
    };
    for entry in entries {
        let entry = entry.map_err(at("read", folder))?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

fn at(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError::Io { doing, path, source }
}
