//! `counterpart retire`: records what became of an entry or a place, so that its links stay.

use std::io::Write as _;

use anstream::stdout;
use anyhow::{Context as _, bail};
use counterpart_catalog::{Catalog, Fate, Lock, Status as Became, Tree, check};

use super::check::{may_be_recorded, read_lock, write_lock};
use crate::cli::Retire;
use crate::status::Status;
use crate::workspace::Checkout;

pub(super) fn run(args: &Retire) -> anyhow::Result<Status> {
    let checkout = Checkout::find()?;
    let (catalog, diagnostics) = check(&Tree::read(&checkout.patterns())?);
    let Some(mut lock) = read_lock(&checkout)? else { return Ok(Status::Findings) };
    if diagnostics.iter().all(may_be_recorded) {
        // What takes its place may be new.
        lock = lock.with(&catalog);
    }
    let reason = args.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        bail!("the reason is empty: say in one sentence why it is gone");
    }
    let address = address(&lock, &args.reference)?;
    let mut successors = Vec::new();
    for into in &args.into {
        successors.push(self::address(&lock, into)?);
    }
    let status = match (args.merged, successors.len()) {
        (_, 0) => Became::Withdrawn,
        (true, _) => Became::Merged,
        (false, 1) => Became::Moved,
        (false, _) => Became::Split,
    };
    let (id, fragment) = match address.split_once('#') {
        Some((id, fragment)) => (id, Some(fragment)),
        None => (address.as_str(), None),
    };
    let title = title(&catalog, &lock, id);
    lock.retire(id, fragment, &title, Fate { status, successors, reason })?;
    write_lock(&checkout, &lock)?;
    writeln!(stdout(), "recorded: `{}` ({address}) {}", args.reference, past(status))?;
    if fragment.is_none()
        && let Some(entry) = catalog.entries.iter().find(|entry| entry.meta.id == id)
    {
        writeln!(stdout(), "Next: remove the folder `patterns/{}`", entry.path())?;
    }
    Ok(Status::Clean)
}

/// `task-group#core` as the lock writes it: `AP003#core`.
fn address(lock: &Lock, reference: &str) -> anyhow::Result<String> {
    let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let (id, _) = lock
        .find(name)
        .with_context(|| format!("`{name}` is neither a slug nor an id in `permalinks.lock`"))?;
    Ok(if fragment.is_empty() { id.to_owned() } else { format!("{id}#{fragment}") })
}

fn title(catalog: &Catalog, lock: &Lock, id: &str) -> String {
    let entry = catalog.entries.iter().find(|entry| entry.meta.id == id);
    match (entry, lock.promises.get(id)) {
        (Some(entry), _) => entry.meta.title.clone(),
        (None, Some(promise)) => promise.slug.clone(),
        (None, None) => id.to_owned(),
    }
}

fn past(status: Became) -> &'static str {
    match status {
        Became::Moved => "moved",
        Became::Split => "was split",
        Became::Merged => "was merged",
        Became::Withdrawn => "was withdrawn",
    }
}
