//! The A to Z of both languages: which names of libraries the shown code of each entry uses.

mod python;

use std::collections::{BTreeMap, BTreeSet};

use counterpart_catalog::{Catalog, Entry, Lang, Program};

use crate::rust_paths;

/// The names that start with one letter.
pub(super) struct Letter<'a> {
    /// Upper case; `#` for what starts with no letter.
    pub(super) letter: char,
    pub(super) names: Vec<Name<'a>>,
}

/// A function, type, macro or constant, with the entries whose regions use it.
pub(super) struct Name<'a> {
    /// The modules that it is in, with the separator at the end: `tokio::sync::`.
    pub(super) modules: String,
    /// The rest: `Semaphore`, `Handle::current`, `try_join!`.
    pub(super) text: String,
    /// Entries that are about it: it is part of their idiom.
    pub(super) about: Vec<&'a Entry>,
    /// Other entries that use it.
    pub(super) using: Vec<&'a Entry>,
}

/// Every name of one language, sorted by its own name rather than by its module's.
pub(super) fn letters(catalog: &Catalog, lang: Lang) -> Vec<Letter<'_>> {
    let mut users: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in &catalog.entries {
        for path in paths(lang, entry.program(lang)) {
            users.entry(path).or_default().push(entry);
        }
    }
    let mut letters: BTreeMap<char, Vec<Name<'_>>> = BTreeMap::new();
    for (path, entries) in users {
        let (modules, text) = path.split_at(own_name(&path, separator(lang)));
        let is_about = |entry: &&Entry| has_word(idiom(entry, lang), text.trim_end_matches('!'));
        let (about, using) = entries.into_iter().partition(is_about);
        let name = Name { modules: modules.to_owned(), text: text.to_owned(), about, using };
        letters.entry(initial(text)).or_default().push(name);
    }
    let sorted = letters.into_iter().map(|(letter, mut names)| {
        names.sort_by_cached_key(|name| (name.text.to_lowercase(), name.modules.clone()));
        Letter { letter, names }
    });
    sorted.collect()
}

/// The full paths of the library names in the regions of a program.
fn paths(lang: Lang, program: &Program) -> BTreeSet<String> {
    let regions: Vec<_> = program.regions.iter().map(counterpart_catalog::Region::lines).collect();
    let shown = |line: usize| regions.iter().any(|lines| lines.contains(&line));
    match lang {
        Lang::Python => python::paths(&program.source, &shown),
        Lang::Rust => rust_paths::paths(&program.source, &shown),
    }
}

/// The name of an entry's idiom on one side.
pub(super) fn idiom(entry: &Entry, lang: Lang) -> &str {
    match lang {
        Lang::Python => &entry.meta.python,
        Lang::Rust => &entry.meta.rust,
    }
}

/// The first parts of the modules that a Python program imports.
pub(crate) fn imported_modules(source: &str) -> BTreeSet<String> {
    python::modules(source)
}

/// The letter that a text is listed under.
pub(super) fn initial(text: &str) -> char {
    let first = text.chars().find(|c| c.is_alphanumeric());
    first.filter(char::is_ascii_alphabetic).map_or('#', |c| c.to_ascii_uppercase())
}

fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::Python => ".",
        Lang::Rust => "::",
    }
}

/// Whether a name stands in a text as a whole.
fn has_word(text: &str, name: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(in_name) && !text[at + name.len()..].starts_with(in_name)
    })
}

/// Where the type or, in a path without one, the last part starts.
fn own_name(path: &str, separator: &str) -> usize {
    let mut start = 0;
    let mut parts = path.split(separator).peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() || part.starts_with(|c: char| c.is_uppercase()) {
            break;
        }
        start += part.len() + separator.len();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::{has_word, initial, own_name};

    #[test]
    fn a_name_is_sorted_by_its_type_or_its_last_part() {
        for (path, separator, expected) in [
            ("asyncio.gather", ".", "gather"),
            ("asyncio.Queue.put", ".", "Queue.put"),
            ("tokio::try_join!", "::", "try_join!"),
            ("tokio::runtime::Handle::current", "::", "Handle::current"),
            ("gather", ".", "gather"),
        ] {
            assert_eq!(&path[own_name(path, separator)..], expected);
        }
    }

    #[test]
    fn an_idiom_names_whole_names() {
        for (idiom, name, expected) in [
            ("asyncio.gather", "gather", true),
            ("TaskGroup, Task.cancel", "TaskGroup", true),
            ("tokio::try_join!", "join", false),
            ("join_all", "join", false),
            ("try_join and join", "join", true),
        ] {
            assert_eq!(has_word(idiom, name), expected, "{name} in {idiom}");
        }
    }

    #[test]
    fn every_text_has_a_letter() {
        for (text, expected) in [("gather", 'G'), ("`Vec`", 'V'), ("429", '#'), ("", '#')] {
            assert_eq!(initial(text), expected, "{text}");
        }
    }
}
