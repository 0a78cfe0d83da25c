//! A new list of a server's crates, and what it changes.

use std::collections::BTreeSet;

use counterpart_catalog::Catalog;
use toml::{Table, Value};

use super::Available;
use crate::links::{Crate, NoPlayground, Playground, Snapshot};

/// What a new list changes.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The list, to be written.
    pub snapshot: Snapshot,
    /// What happened to which crate, in sentences.
    pub crates: Vec<String>,
    /// Slugs of entries whose programs cannot run there any more, each with why.
    pub lost: Vec<(String, NoPlayground)>,
    /// Slugs of entries whose whole programs can run there now.
    pub won: Vec<String>,
}

/// The known list with the versions of a server: without what is gone there, and with what the
/// programs of the catalog use and is new there. Features are not part of a server's list, so those
/// of known crates stay.
#[must_use]
pub fn changes(
    old: &Snapshot,
    available: &[Available],
    catalog: &Catalog,
    source: String,
    date: String,
) -> Changes {
    let there = |name: &str| {
        let id = name.replace('-', "_");
        available.iter().find(|it| it.id == id)
    };
    let before = Playground::with(old);
    let mut crates = Vec::new();
    let mut said = Vec::new();
    for known in &old.crates {
        match there(&known.name) {
            None => said.push(format!("`{}` is gone", known.name)),
            Some(Available { version, .. }) => {
                if *version != known.version {
                    said.push(format!("`{}` {} is {version} now", known.name, known.version));
                }
                crates.push(Crate { version: version.clone(), ..known.clone() });
            }
        }
    }
    for Available { name, version, .. } in
        wanted(&before, catalog).iter().filter_map(|id| there(id))
    {
        said.push(format!("`{name}` {version} is new; nobody has looked at its features"));
        let (name, version) = (name.clone(), version.clone());
        crates.push(Crate { name, version, features: Vec::new(), lacks: Vec::new() });
    }
    crates.sort_by(|a, b| a.name.cmp(&b.name));
    let snapshot = Snapshot { about: old.about.clone(), source, date, crates };

    let after = Playground::with(&snapshot);
    let (mut lost, mut won) = (Vec::new(), Vec::new());
    for entry in &catalog.entries {
        if let (Ok(_), Err(why)) = (before.link(entry), after.link(entry)) {
            lost.push((entry.slug.clone(), why));
        }
        if before.link_to_whole(entry).is_err() && after.link_to_whole(entry).is_ok() {
            won.push(entry.slug.clone());
        }
    }
    Changes { snapshot, crates: said, lost, won }
}

/// The crates that programs of the catalog use and the Playground did not have.
fn wanted(playground: &Playground, catalog: &Catalog) -> BTreeSet<String> {
    let lacking =
        catalog.entries.iter().filter_map(|entry| match playground.link_to_whole(entry) {
            Err(NoPlayground::Crates(names)) => Some(names),
            _ => None,
        });
    lacking.flatten().collect()
}

/// The packages of `playground/Cargo.lock` that a server has in other versions only: what is built
/// with them does not prove what runs there.
///
/// # Errors
/// When the text is no lock.
pub fn locked_differently(
    lock: &str,
    available: &[Available],
) -> Result<Vec<String>, toml::de::Error> {
    let lock: Table = toml::from_str(lock)?;
    let packages = lock.get("package").and_then(Value::as_array);
    let mut said = Vec::new();
    for package in packages.into_iter().flatten() {
        let text = |key| package.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, version) = (text("name"), text("version"));
        let there: Vec<&str> =
            available.iter().filter(|it| it.name == name).map(|it| it.version.as_str()).collect();
        if !there.is_empty() && !there.contains(&version) {
            said.push(format!("`{name}` is {version} here and {} there", there.join(", ")));
        }
    }
    Ok(said)
}
