//! Where a site is written: the destination, the folders beside it, and what may be replaced.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{MARKER, MARKER_HEAD, WriteError, at};

/// The destination, resolved.
pub(super) struct Place {
    pub(super) out: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Place {
    pub(super) fn new(out: &Path) -> Result<Self, WriteError> {
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

    pub(super) fn beside(&self, kind: &str) -> PathBuf {
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
    pub(super) fn recover(&self) -> Result<(), WriteError> {
        if self.out.exists() {
            return Ok(());
        }
        match self.leftovers("old").into_iter().find(|old| old.join(MARKER).is_file()) {
            Some(old) => fs::rename(&old, &self.out).map_err(at("restore", &self.out)),
            None => Ok(()),
        }
    }

    /// Removes the folders of builds that are no longer running.
    pub(super) fn sweep(&self) {
        for folder in self.leftovers("new").into_iter().chain(self.leftovers("old")) {
            match File::open(folder.join(MARKER)).map(|marker| marker.try_lock()) {
                Ok(Err(TryLockError::WouldBlock)) => {}
                Ok(_) => _ = fs::remove_dir_all(&folder),
                // Killed before it wrote anything: this removes an empty folder only.
                Err(_) => _ = fs::remove_dir(&folder),
            }
        }
    }

    pub(super) fn refuse_foreign(&self) -> Result<(), WriteError> {
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
    pub(super) fn swap(&self, new: &Path) -> io::Result<()> {
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
