//! `counterpart get`: the programs of an entry, as projects in a folder of the reader's own.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anstream::{eprintln, stdout};
use anyhow::{Context as _, bail, ensure};

use crate::cli::Get;
use crate::links::{address, configured, entry_of};
use crate::status::Status;
use crate::workspace::Checkout;
use crate::{embedded, projects};

/// The catalog is the embedded one also in a checkout: it is what the embedded locks are for.
pub(super) fn run(args: &Get) -> anyhow::Result<Status> {
    let catalog = embedded::catalog()?;
    let reference = args.reference.trim();
    let (entry, targets) = entry_of(&catalog, reference)?;
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let base = match &args.base.base_url {
        Some(base) => Some(base.clone()),
        None => configured(Checkout::find_above(&here).as_ref().map(Checkout::root))?,
    };
    let url = base.as_ref().map(|base| address(Some(base), &entry.slug, None));
    let files = projects::files(entry, url.as_deref())?;

    let shown = args.folder.display();
    prepare(&args.folder)?;
    for (path, text) in &files {
        write(&args.folder.join(path), text)
            .with_context(|| format!("cannot write `{path}` in `{shown}`"))?;
        writeln!(stdout(), "created {}", args.folder.join(path).display())?;
    }
    if let [_, others @ ..] = &targets[..]
        && !others.is_empty()
    {
        let slugs: Vec<&str> = others.iter().map(|target| target.slug.as_str()).collect();
        eprintln!(
            "note: `{reference}` means several entries; this is the primary one, the others are \
             `{}`",
            slugs.join("`, `")
        );
    }
    if base.is_none() {
        eprintln!(
            "note: `README.md` has no link; `--base-url` or `COUNTERPART_BASE_URL` says where the \
             site is"
        );
    }
    Ok(Status::Clean)
}

/// Makes the folder; refuses one that holds something.
fn prepare(folder: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    match fs::read_dir(folder) {
        Ok(mut files) => {
            ensure!(files.next().is_none(), "`{shown}` is not empty; nothing was written");
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{shown}`"))
        }
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            bail!("`{shown}` is not a folder; nothing was written")
        }
        Err(error) => Err(error).with_context(|| format!("cannot read the folder `{shown}`")),
    }
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}
