//! The site as one archive. The same site gives the same bytes.

use std::fs::{self, File};
use std::io::{self, Cursor, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::{WriteError, at};
use crate::site::Pages;

/// Everything in the archive is below this folder.
const FOLDER: &str = "counterpart";

/// Stands in every archive that a build made.
const COMMENT: &str = "A site that `counterpart build --zip` made. The next one replaces it.";

/// Writes the files to one archive, in place of the one that an earlier build left there.
///
/// # Errors
/// When `file` is something that no build made, or cannot be written; it is then as it was.
pub fn write_archive(pages: &Pages, file: &Path) -> Result<(), WriteError> {
    match File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        old => {
            let old = old.map_err(at("read", file))?;
            if !ZipArchive::new(old).is_ok_and(|zip| zip.comment() == COMMENT.as_bytes()) {
                return Err(WriteError::NotOurArchive { path: file.to_owned() });
            }
        }
    }
    let bytes = pack(pages).map_err(at("write", file))?;
    let Some(name) = file.file_name() else {
        return Err(WriteError::NoName { path: file.to_owned() });
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder).map_err(at("create", folder))?;
    }
    let temporary = format!(".{}.new-{}", name.to_string_lossy(), std::process::id());
    let temporary = file.with_file_name(temporary);
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, file));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.map_err(at("write", file))
}

fn pack(pages: &Pages) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.set_comment(COMMENT)?;
    for (path, bytes) in pages.iter() {
        zip.start_file(format!("{FOLDER}/{path}"), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
