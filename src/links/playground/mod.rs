//! Whether a program runs in the Rust Playground, and the address that opens it there. Decided
//! without a network, against `playground/crates.json`.

mod needs;
mod snapshot;

use std::collections::{BTreeSet, HashMap};

use counterpart_catalog::Entry;
use url::Url;
use url::form_urlencoded::byte_serialize;

use needs::Needs;
pub use snapshot::{Crate, Snapshot};

/// No address is longer than this, in characters: the Playground's front end answers at most
/// 8,192 bytes, and what forwards a link may add to it.
pub const MAX_URL: usize = 7_500;

const PAGE: &str = "https://play.rust-lang.org/";

static CRATES: &str = include_str!("../../../playground/crates.json");

/// What the Playground offers to a program.
#[derive(Debug)]
pub struct Playground {
    /// By the name that a program uses.
    crates: HashMap<String, Crate>,
}

/// Why there is no link to the Playground.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlayground {
    /// It uses crates that the Playground does not have.
    #[error("{} not available there", listed(.0))]
    Crates(Vec<String>),
    /// It uses something of a crate whose feature is off there.
    #[error("{0} needs a feature that is off there")]
    Feature(String),
    /// It reads or includes other files at compile time.
    #[error("it is more than one file")]
    Files,
    /// It reads an environment variable.
    #[error("it needs an environment variable")]
    Environment,
    /// It connects to another machine.
    #[error("it connects to {0}, and there is no network there")]
    Network(String),
    /// The address would be longer than [`MAX_URL`].
    #[error("the program is too long for an address: {0} characters, and {MAX_URL} is the limit")]
    TooLong(usize),
    /// It is no Rust program.
    #[error("it does not parse")]
    Syntax,
}

impl Playground {
    /// What the committed snapshot says.
    ///
    /// # Errors
    /// When the snapshot in this program is damaged, which is a fault of its build.
    pub fn new() -> Result<Self, serde_json::Error> {
        Ok(Self::with(&CRATES.parse()?))
    }

    /// What another snapshot says.
    #[must_use]
    pub fn with(snapshot: &Snapshot) -> Self {
        let named = |it: &Crate| (it.name.replace('-', "_"), it.clone());
        Self { crates: snapshot.crates.iter().map(named).collect() }
    }

    /// The address that opens an entry's Rust program, or the smaller one that it has instead.
    ///
    /// # Errors
    /// When it cannot run there, or is too long.
    pub fn link(&self, entry: &Entry) -> Result<Url, NoPlayground> {
        self.link_to(&entry.for_playground().0)
    }

    /// Why a smaller program than an entry's own opens there, if one does.
    #[must_use]
    pub fn why_smaller(&self, entry: &Entry) -> Option<NoPlayground> {
        entry.smaller.as_ref()?;
        self.link_to_whole(entry).err()
    }

    /// The address that opens an entry's own Rust program.
    ///
    /// # Errors
    /// When it cannot run there, or is too long.
    pub fn link_to_whole(&self, entry: &Entry) -> Result<Url, NoPlayground> {
        self.link_to(&entry.rust.without_markers())
    }

    fn link_to(&self, code: &str) -> Result<Url, NoPlayground> {
        self.can_run(code)?;
        playground_url(code)
    }

    /// Whether a program, as `main.rs`, finds there all that it needs.
    ///
    /// # Errors
    /// When it does not: what it lacks.
    pub fn can_run(&self, code: &str) -> Result<(), NoPlayground> {
        let Needs { paths, hosts, files } = Needs::of(code).map_err(|_| NoPlayground::Syntax)?;
        let mut absent = BTreeSet::new();
        for path in &paths {
            let head = path.split("::").next().unwrap_or_default();
            let known = match self.crates.get(head) {
                Some(known) => known,
                None if matches!(head, "std" | "core" | "alloc") => continue,
                None => {
                    absent.insert(head.to_owned());
                    continue;
                }
            };
            let below = |lacks: &&String| {
                path.strip_prefix(*lacks)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
            };
            if let Some(lacks) = known.lacks.iter().find(below) {
                return Err(NoPlayground::Feature(lacks.clone()));
            }
        }
        if !absent.is_empty() {
            return Err(NoPlayground::Crates(absent.into_iter().collect()));
        }
        if files {
            return Err(NoPlayground::Files);
        }
        if ["std::env::var", "std::env::var_os"].iter().any(|path| paths.contains(*path)) {
            return Err(NoPlayground::Environment);
        }
        hosts.into_iter().next().map_or(Ok(()), |host| Err(NoPlayground::Network(host)))
    }
}

/// The address that opens a program in the Rust Playground, with the stable compiler.
///
/// # Errors
/// When it would be longer than [`MAX_URL`].
pub fn playground_url(code: &str) -> Result<Url, NoPlayground> {
    let code: String = byte_serialize(code.as_bytes()).map(shortest).collect();
    let text = format!("{PAGE}?version=stable&mode=debug&edition=2024&code={code}");
    match Url::parse(&text) {
        Ok(url) if text.len() <= MAX_URL => Ok(url),
        _ => Err(NoPlayground::TooLong(text.len())),
    }
}

/// What stands in an address for a part of a form: some signs mean nothing in a query (RFC 3986,
/// 3.4), and as they are, more programs fit.
fn shortest(part: &str) -> &str {
    match part {
        "%21" => "!",
        "%2C" => ",",
        "%2F" => "/",
        "%3A" => ":",
        "%3F" => "?",
        _ => part,
    }
}

/// Names in a sentence, with the verb that follows them.
fn listed(names: &[String]) -> String {
    match names {
        [.., _] if names.len() == 1 => format!("{} is", names[0]),
        [first @ .., last] => format!("{} and {last} are", first.join(", ")),
        [] => "something is".to_owned(),
    }
}

#[cfg(test)]
mod tests;
