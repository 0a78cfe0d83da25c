//! Error messages, compiler codes and lints, each with the entries that are about it.

use std::collections::{BTreeMap, BTreeSet};

use counterpart_catalog::{Catalog, Entry};

use super::api::initial;

/// The codes of one kind of tool.
pub(super) struct Tool<'a> {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) codes: Vec<Code<'a>>,
}

/// A code, and where it is explained.
pub(super) struct Code<'a> {
    pub(super) name: String,
    /// What its tool says about it.
    pub(super) documentation: Option<String>,
    pub(super) entries: Vec<Explained<'a>>,
}

/// An entry that is about a code.
pub(super) struct Explained<'a> {
    pub(super) entry: &'a Entry,
    /// What the compiler says about the entry's mistake with this code, without the code.
    pub(super) message: Option<&'a str>,
}

/// What people search for, by its first letter.
pub(super) struct Messages<'a> {
    pub(super) letter: char,
    pub(super) messages: Vec<(&'a str, Vec<&'a Entry>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rustc,
    Lint,
    Python,
}

impl Kind {
    fn of(code: &str) -> Self {
        if is_rustc(code) {
            Self::Rustc
        } else if code.starts_with("clippy::") || code.chars().all(|c| c == '_' || c.is_lowercase())
        {
            Self::Lint
        } else {
            Self::Python
        }
    }
}

/// Every code of the catalog, by kind.
pub(super) fn codes(catalog: &Catalog) -> Vec<Tool<'_>> {
    let mut codes: BTreeMap<String, Vec<Explained<'_>>> = BTreeMap::new();
    for entry in &catalog.entries {
        for code in codes_of(entry) {
            let message = entry.mistakes.iter().find_map(|mistake| message(&mistake.stderr, &code));
            codes.entry(code).or_default().push(Explained { entry, message });
        }
    }
    let kinds = [
        (Kind::Rustc, "rustc", "Errors of the Rust compiler"),
        (Kind::Lint, "rust-lints", "Lints of Rust and Clippy"),
        (Kind::Python, "python-lints", "Python linters and type checkers"),
    ];
    let of_kind = kinds.map(|(kind, id, title)| {
        let codes = codes.extract_if(.., |code, _| Kind::of(code) == kind);
        let codes = codes.map(|(code, entries)| Code {
            documentation: documentation(&code),
            name: code,
            entries,
        });
        Tool { id, title, codes: codes.collect() }
    });
    of_kind.into_iter().filter(|kind| !kind.codes.is_empty()).collect()
}

/// The codes in an entry's lints, in what its mistakes provoke, and in its symptoms.
fn codes_of(entry: &Entry) -> BTreeSet<String> {
    let markers = entry.mistakes.iter().flat_map(|mistake| &mistake.markers);
    let markers = markers.map(|(_, code)| code.as_str()).filter(|code| !code.contains(' '));
    let words = entry.meta.symptoms.iter().flat_map(|symptom| {
        symptom.split(|c: char| !c.is_alphanumeric()).filter(|word| is_rustc(word))
    });
    let lints = entry.meta.lints.iter().map(String::as_str);
    markers.chain(words).chain(lints).map(str::to_owned).collect()
}

/// `E0308`: four digits, where linters of Python have three.
fn is_rustc(code: &str) -> bool {
    code.strip_prefix('E').is_some_and(|n| n.len() == 4 && n.bytes().all(|b| b.is_ascii_digit()))
}

fn documentation(code: &str) -> Option<String> {
    if is_rustc(code) {
        return Some(format!("https://doc.rust-lang.org/error_codes/{code}.html"));
    }
    let lint = code.strip_prefix("clippy::")?;
    Some(format!("https://rust-lang.github.io/rust-clippy/stable/index.html#{lint}"))
}

/// The first line of a compiler's output with this code, without level and code.
fn message<'a>(output: &'a str, code: &str) -> Option<&'a str> {
    let start = format!("error[{code}]: ");
    output.lines().find_map(|line| line.strip_prefix(&start))
}

/// Every symptom that is more than a code, by letter.
pub(super) fn messages(catalog: &Catalog) -> Vec<Messages<'_>> {
    let mut messages: BTreeMap<(char, String), (&str, Vec<&Entry>)> = BTreeMap::new();
    for entry in &catalog.entries {
        let lints = &entry.meta.lints;
        for symptom in &entry.meta.symptoms {
            if is_rustc(symptom) || lints.contains(symptom) {
                continue;
            }
            let key = (initial(symptom), symptom.to_lowercase());
            messages.entry(key).or_insert((symptom, Vec::new())).1.push(entry);
        }
    }
    let mut letters: Vec<Messages<'_>> = Vec::new();
    for ((letter, _), message) in messages {
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.messages.push(message),
            None => letters.push(Messages { letter, messages: vec![message] }),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use counterpart_catalog::{Catalog, Entry, Mistake};

    use super::{codes, messages};

    fn catalog() -> Catalog {
        let mut catalog = Catalog::default();
        let entry: Entry = Entry {
            mistakes: vec![Mistake {
                name: "wrong".to_owned(),
                source: String::new(),
                markers: vec![(1, "E0308".to_owned()), (2, "error: no code".to_owned())],
                stderr: "error[E0308]: mismatched types\n --> x\n".to_owned(),
            }],
            ..entry(&["error[E0728]: `await` is only allowed", "E0277", "b", "A", "429"])
        };
        catalog.entries.push(entry);
        catalog.entries.push(self::entry(&["a"]));
        catalog
    }

    fn entry(symptoms: &[&str]) -> Entry {
        let lints = ["clippy::await_holding_lock", "unused_must_use", "F821", "mypy:arg-type"];
        let meta = counterpart_catalog::Meta {
            symptoms: symptoms.iter().map(|&symptom| symptom.to_owned()).collect(),
            lints: lints.map(str::to_owned).to_vec(),
            ..counterpart_catalog::Meta::default()
        };
        Entry {
            category: String::new(),
            slug: String::new(),
            meta,
            sections: Vec::new(),
            python: counterpart_catalog::Program::default(),
            rust: counterpart_catalog::Program::default(),
            transcript: counterpart_catalog::Transcript::Same(String::new()),
            mutations: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    #[test]
    fn codes_come_from_lints_mistakes_and_symptoms() {
        let catalog = catalog();
        let found: Vec<(&str, Vec<String>)> = codes(&catalog)
            .into_iter()
            .map(|kind| (kind.id, kind.codes.into_iter().map(|code| code.name).collect()))
            .collect();
        let expected = [
            ("rustc", vec!["E0277", "E0308", "E0728"]),
            ("rust-lints", vec!["clippy::await_holding_lock", "unused_must_use"]),
            ("python-lints", vec!["F821", "mypy:arg-type"]),
        ];
        let expected =
            expected.map(|(id, codes)| (id, codes.into_iter().map(str::to_owned).collect()));
        assert_eq!(found, expected);
        let said = codes(&catalog)[0].codes[1].entries[0].message;
        assert_eq!(said, Some("mismatched types"));
    }

    #[test]
    fn messages_are_sorted_by_letter_and_listed_once() {
        let catalog = catalog();
        let found: Vec<String> = messages(&catalog)
            .iter()
            .flat_map(|of| {
                of.messages.iter().map(|(m, e)| format!("{} {m} {}", of.letter, e.len()))
            })
            .collect();
        assert_eq!(
            found,
            ["# 429 1", "A A 2", "B b 1", "E error[E0728]: `await` is only allowed 1"]
        );
    }
}
