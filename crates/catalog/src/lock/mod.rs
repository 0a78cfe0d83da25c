//! `permalinks.lock`: every address that the catalog has promised, and what became of it.
//!
//! Each line of the file is one promise and stands for itself, so that branches that add entries
//! merge line by line, and a lost promise is one line of a diff.

mod read;
mod retire;
mod update;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

pub(crate) use read::{place, slug_place};
pub use retire::RetireError;

/// The file's name, below `patterns/`.
pub const LOCK_FILE: &str = "permalinks.lock";

/// The form of the file that this program reads and writes.
const VERSION: u32 = 1;
const HEAD: &str = "\
# The addresses that this catalog has promised. `counterpart check --update-links` adds to it,
# `counterpart retire` says what became of one; nothing is ever removed.
";
/// The last line: without it the file is not whole.
const END: &str = "# end";

/// All promises, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// What was promised for each id that was ever given.
    pub promises: BTreeMap<String, Promise>,
}

/// What was promised for one id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The slug; of a retired entry, its last one.
    pub slug: String,
    /// Slugs it had before.
    pub former: BTreeSet<String>,
    /// Fixed headings, level-3 headings and regions, each with what became of it.
    pub fragments: BTreeMap<String, Option<Fate>>,
    /// What became of the entry; nothing while it is there.
    pub fate: Option<Fate>,
    /// The title of a retired entry.
    pub title: String,
}

/// What became of an entry or of a place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fate {
    /// In one word.
    pub status: Status,
    /// Ids, perhaps with a place: `AP012` or `AP012#core`.
    #[serde(default)]
    pub successors: Vec<String>,
    /// Why, in one sentence.
    pub reason: String,
}

/// What became of something, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It stands somewhere else.
    Moved,
    /// It became several.
    Split,
    /// It is part of another one.
    Merged,
    /// Nothing took its place.
    Withdrawn,
}

impl Status {
    /// The spelling in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Promise {
    /// The slug and the former ones.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.slug.as_str()).chain(self.former.iter().map(String::as_str))
    }
}

impl Lock {
    /// The promise that a slug or an id, in any case, belongs to.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(&str, &Promise)> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        self.promises
            .iter()
            .find(|(id, promise)| is(id) || promise.slugs().any(is))
            .map(|(id, promise)| (id.as_str(), promise))
    }

    /// The id after the highest one of these and of all that were ever given: ids are never used
    /// again, so gaps stay gaps.
    #[must_use]
    pub fn next_id<'a>(&'a self, ids: impl Iterator<Item = &'a str>) -> String {
        let number = |id: &str| id.strip_prefix("AP")?.parse::<u32>().ok();
        let ids = ids.chain(self.promises.keys().map(String::as_str));
        format!("AP{:03}", ids.filter_map(number).max().unwrap_or(0) + 1)
    }

    /// Where `AP012` or `AP012#core` leads now: to itself, or to what took its place, however
    /// often that moved. Empty where nothing did, or where the lock leads in a circle.
    #[must_use]
    pub fn destinations(&self, address: &str) -> Vec<String> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        let mut open = vec![address.to_owned()];
        while let Some(address) = open.pop() {
            if !seen.insert(address.clone()) {
                continue;
            }
            let (id, fragment) = address.split_once('#').unwrap_or((&address, ""));
            let Some(promise) = self.promises.get(id) else { continue };
            let fate = match (promise.fragments.get(fragment), &promise.fate) {
                (Some(Some(fate)), _) | (_, Some(fate)) => Some(fate),
                (Some(None), None) => None,
                (None, None) if fragment.is_empty() => None,
                (None, None) => continue,
            };
            match fate {
                None => found.push(address),
                Some(fate) => open.extend(fate.successors.iter().rev().cloned()),
            }
        }
        found
    }

    /// Entries that are no longer there: id, promise and what became of it.
    pub fn retired(&self) -> impl Iterator<Item = (&str, &Promise, &Fate)> {
        self.promises
            .iter()
            .filter_map(|(id, promise)| Some((id.as_str(), promise, promise.fate.as_ref()?)))
    }
}

/// The file's text.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}version = {VERSION}")?;
        for (id, promise) in &self.promises {
            let mut line = |key: &str, value: &str| writeln!(f, "{id}.{key} = {value}");
            line(&slug_key(&promise.slug), "\"current\"")?;
            for slug in &promise.former {
                line(&slug_key(slug), "\"former\"")?;
            }
            match &promise.fate {
                None => line("status", "\"active\"")?,
                Some(fate) => {
                    line("status", &quoted(fate.status.as_str()))?;
                    line("title", &quoted(&promise.title))?;
                    line("successors", &list(&fate.successors))?;
                    line("reason", &quoted(&fate.reason))?;
                }
            }
            for (fragment, fate) in &promise.fragments {
                let value = fate.as_ref().map_or_else(
                    || "\"active\"".to_owned(),
                    |Fate { status, successors, reason }| {
                        let (successors, reason) = (list(successors), quoted(reason));
                        format!(
                            "{{ status = \"{status}\", successors = {successors}, reason = {reason} }}"
                        )
                    },
                );
                line(&fragment_key(fragment), &value)?;
            }
        }
        writeln!(f, "{END}")
    }
}

/// How the line about a slug begins, after the id.
pub(crate) fn slug_key(slug: &str) -> String {
    format!("slugs.{}", key(slug))
}

/// How the line about a fragment begins, after the id.
pub(crate) fn fragment_key(fragment: &str) -> String {
    format!("fragments.{}", key(fragment))
}

fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A TOML string in one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => _ = write!(out, "\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests;
