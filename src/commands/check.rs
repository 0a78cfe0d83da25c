//! `counterpart check`: every problem of the checkout's catalog, in one run.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anstream::{eprintln, stdout};
use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use counterpart_catalog::{Catalog, Diagnostic, LOCK_FILE, Lock, Severity, Tree};
use serde_json::json;

use crate::annotate::{github_message, github_property};
use crate::cli::{Check, CheckFormat};
use crate::links::check_site;
use crate::status::Status;
use crate::workspace::Checkout;

pub(super) fn run(args: &Check) -> anyhow::Result<Status> {
    let checkout = Checkout::find()?;
    if args.update_links {
        update_links(&checkout)?;
    }
    let (catalog, mut diagnostics) = read(&checkout)?;
    if let Some(site) = &args.site {
        diagnostics.extend(check_site(site, &catalog.lock)?);
        if let Some(published) = &args.published {
            diagnostics.extend(check_published(site, published)?);
        }
    }
    match args.format {
        CheckFormat::Text => text(&diagnostics)?,
        CheckFormat::Json => {
            let json = serde_json::to_string_pretty(&json!({ "diagnostics": diagnostics }))?;
            writeln!(stdout(), "{json}")?;
        }
        CheckFormat::Github => github(&diagnostics)?,
    }
    if diagnostics.is_empty() {
        if args.format == CheckFormat::Text {
            eprintln!("{} entries, no problems", catalog.entries.len());
        }
        return Ok(Status::Clean);
    }
    eprintln!("{} problems in {} entries", diagnostics.len(), catalog.entries.len());
    Ok(Status::Findings)
}

/// What the built site would lose of the one that is online. A line that somebody has taken out
/// of the lock by hand is seen here alone.
fn check_published(site: &Path, published: &Path) -> anyhow::Result<Vec<Diagnostic>> {
    let path = published.display();
    let text = fs::read_to_string(published).with_context(|| format!("cannot read `{path}`"))?;
    let (lock, problems) = Lock::parse(&text);
    let unreadable = problems.into_iter().filter(|problem| problem.severity == Severity::Error);
    let unreadable: Vec<Diagnostic> =
        unreadable.map(|problem| Diagnostic { path: path.to_string(), ..problem }).collect();
    Ok(if unreadable.is_empty() { check_site(site, &lock)? } else { unreadable })
}

/// The catalog of a checkout, and what is wrong with it, by paths that can be opened from here.
pub(super) fn read(checkout: &Checkout) -> anyhow::Result<(Catalog, Vec<Diagnostic>)> {
    let (catalog, diagnostics) = counterpart_catalog::check(&Tree::read(&checkout.patterns())?);
    let prefix = checkout.patterns_prefix();
    let diagnostics = diagnostics
        .into_iter()
        .map(|diagnostic| Diagnostic { path: format!("{prefix}{}", diagnostic.path), ..diagnostic })
        .collect();
    Ok((catalog, diagnostics))
}

/// Adds what is new to the lock. What keeps it from doing so is part of what `check` reports next.
fn update_links(checkout: &Checkout) -> anyhow::Result<()> {
    let (catalog, diagnostics) = counterpart_catalog::check(&Tree::read(&checkout.patterns())?);
    if !diagnostics.iter().all(may_be_recorded) {
        eprintln!("nothing was recorded: an address is for ever, so mend the catalog first");
        return Ok(());
    }
    match lock_of(checkout)? {
        Ok(lock) => write_lock(checkout, &lock.with(&catalog)),
        Err(_) => Ok(()),
    }
}

/// Whether a catalog with this problem may promise its addresses.
pub(super) fn may_be_recorded(problem: &Diagnostic) -> bool {
    problem.severity == Severity::Warning || problem.is_about_links()
}

/// The lock of a checkout; empty where there is none. What keeps it from being written again is
/// printed.
pub(super) fn read_lock(checkout: &Checkout) -> anyhow::Result<Option<Lock>> {
    match lock_of(checkout)? {
        Ok(lock) => Ok(Some(lock)),
        Err(problems) => {
            text(&problems)?;
            Ok(None)
        }
    }
}

fn lock_of(checkout: &Checkout) -> anyhow::Result<Result<Lock, Vec<Diagnostic>>> {
    let path = checkout.patterns().join(LOCK_FILE);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Ok(Lock::default())),
        text => text.with_context(|| format!("cannot read `{}`", path.display()))?,
    };
    let (lock, problems) = Lock::parse(&text);
    // The promises of two branches can be kept together; order is ours to make.
    let fatal: Vec<Diagnostic> = problems
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error && problem.code != "C604")
        .map(|problem| Diagnostic {
            path: format!("{}{}", checkout.patterns_prefix(), problem.path),
            ..problem
        })
        .collect();
    Ok(if fatal.is_empty() { Ok(lock) } else { Err(fatal) })
}

/// Writes the lock, in place of the old one at once.
pub(super) fn write_lock(checkout: &Checkout, lock: &Lock) -> anyhow::Result<()> {
    let path = checkout.patterns().join(LOCK_FILE);
    let written = lock.to_string();
    if fs::read_to_string(&path).is_ok_and(|text| text == written) {
        return Ok(());
    }
    let new = checkout.patterns().join(format!(".{LOCK_FILE}.{}", std::process::id()));
    let saved = fs::write(&new, written).and_then(|()| fs::rename(&new, &path));
    saved
        .inspect_err(|_| _ = fs::remove_file(&new))
        .with_context(|| format!("cannot write `{}`", path.display()))
}

/// Prints diagnostics for people: also what `build` and `serve` print.
pub(super) fn text(diagnostics: &[Diagnostic]) -> std::io::Result<()> {
    let bold = Style::new().bold();
    for Diagnostic { code, severity, path, line, column, message, help } in diagnostics {
        let color = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
        };
        let style = color.on_default().bold();
        writeln!(
            stdout(),
            "{bold}{path}:{line}:{column}:{bold:#} {style}{severity}[{code}]{style:#}: {message}"
        )?;
        if !help.is_empty() {
            writeln!(stdout(), "  {bold}help{bold:#}: {help}")?;
        }
    }
    Ok(())
}

fn github(diagnostics: &[Diagnostic]) -> std::io::Result<()> {
    for Diagnostic { code, severity, path, line, column, message, help } in diagnostics {
        let (path, help) = (github_property(path), github_message(help));
        let message = github_message(message);
        writeln!(
            stdout(),
            "::{severity} file={path},line={line},col={column},title={code}::{message}%0Ahelp: {help}"
        )?;
    }
    Ok(())
}
