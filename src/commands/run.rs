//! `counterpart run`: the programs of an entry, printing what they print.

use std::io::{IsTerminal as _, stderr};
use std::path::Path;
use std::process::{Command, ExitStatus};

use anstream::eprintln;
use anyhow::Context as _;
use counterpart_catalog::{Entry, Lang, Tree};
use counterpart_runner::{Prepared, Python, Services, rust_programs, target_folder};

use crate::cli::Run;
use crate::links::entry_of;
use crate::status::Status;
use crate::terminal::BOLD;
use crate::workspace::Checkout;

pub(super) fn run(args: &Run) -> anyhow::Result<Status> {
    let checkout = Checkout::find()?;
    let (catalog, _) = counterpart_catalog::check(&Tree::read(&checkout.patterns())?);
    let (entry, _) = entry_of(&catalog, &args.reference)?;
    let services = Services::start(entry.meta.needs.iter().map(String::as_str))
        .context("cannot make a temporary folder")?;
    services.check(&entry.meta.needs)?;
    let langs: &[Lang] = match (args.python, args.rust) {
        (true, _) => &[Lang::Python],
        (_, true) => &[Lang::Rust],
        _ => &Lang::BOTH,
    };
    let mut status = Status::Clean;
    for lang in langs {
        let command = command(checkout.root(), entry, *lang)?;
        if langs.len() > 1 {
            eprintln!("{BOLD}== {}/{}{BOLD:#}", entry.path(), lang.file_name());
        }
        let mut prepared = Prepared::new(command, &services, &entry.meta.needs)?;
        let ended = prepared.command().status().context("cannot start the program")?;
        if status == Status::Clean && !ended.success() {
            status = Status::Program(code(ended));
        }
    }
    Ok(status)
}

fn command(root: &Path, entry: &Entry, lang: Lang) -> anyhow::Result<Command> {
    match lang {
        Lang::Python => {
            let folder = target_folder(root)?.join("tmp");
            let lock = root.join("python/requirements.lock");
            let python = Python::prepare(&folder, &lock, || {
                eprintln!("installing the Python packages of `python/requirements.lock`");
            })?;
            let mut command = python.command();
            command.arg(root.join("patterns").join(entry.path()).join(lang.file_name()));
            Ok(command)
        }
        Lang::Rust => {
            let mut command = Command::new(rust_programs(root, stderr().is_terminal())?);
            command.arg(&entry.slug);
            Ok(command)
        }
    }
}

/// As a shell has it: a signal is 128 and its number.
#[cfg(unix)]
fn code(status: ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt as _;
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
    u8::try_from(code).unwrap_or(u8::MAX)
}

#[cfg(not(unix))]
fn code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}
