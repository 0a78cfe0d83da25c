//! An index as named bytes: what is compiled in, written to a site, and read back from one.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

/// Where tantivy lists the files of an index.
pub(crate) const META: &str = "meta.json";

/// The files of an index, by name. Cloning shares the bytes.
///
/// As a tantivy directory it can only be read: a lock is granted without a file, so an index can
/// be searched in a folder that cannot be written.
#[derive(Clone, Default)]
pub struct IndexFiles(Arc<BTreeMap<String, OwnedBytes>>);

impl IndexFiles {
    /// Names and contents, in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// The files of an index in a folder.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for file in std::fs::read_dir(folder)? {
            let file = file?;
            if file.file_type()?.is_file() {
                let name = file.file_name().to_string_lossy().into_owned();
                files.insert(name, OwnedBytes::new(std::fs::read(file.path())?));
            }
        }
        Ok(Self(Arc::new(files)))
    }

    fn get(&self, path: &Path) -> Result<&OwnedBytes, OpenReadError> {
        path.to_str()
            .and_then(|name| self.0.get(name))
            .ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

impl FromIterator<(String, Vec<u8>)> for IndexFiles {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(files: I) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (name, OwnedBytes::new(bytes)));
        Self(Arc::new(files.collect()))
    }
}

impl FromIterator<(&'static str, &'static [u8])> for IndexFiles {
    fn from_iter<I: IntoIterator<Item = (&'static str, &'static [u8])>>(files: I) -> Self {
        let files =
            files.into_iter().map(|(name, bytes)| (name.to_owned(), OwnedBytes::new(bytes)));
        Self(Arc::new(files.collect()))
    }
}

impl fmt::Debug for IndexFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "this index can only be read")
}

impl Directory for IndexFiles {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(self.get(path)?.clone()))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.get(path).is_ok())
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        Ok(self.get(path)?.to_vec())
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
