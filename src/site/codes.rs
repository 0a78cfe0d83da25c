//! Error messages, compiler codes and lints, each with the entries that are about it.

use std::collections::BTreeMap;

use counterpart_catalog::{Catalog, Code, Entry, Meaning, Target, Tool};

use super::api::initial;

/// The codes of one tool.
pub(super) struct Codes<'a> {
    pub(super) tool: Tool,
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row<'a>>,
}

/// A code, and where it is explained.
pub(super) struct Row<'a> {
    /// As people write it.
    pub(super) spelling: String,
    /// What its tool calls the rule, where that is not the code.
    pub(super) name: Option<&'a str>,
    /// What its tool says about it.
    pub(super) documentation: Option<String>,
    /// What else must be known, and why no entry is about it; words between backticks are code.
    pub(super) remarks: Vec<String>,
    pub(super) entries: Vec<Explained<'a>>,
}

/// An entry that is about a code.
pub(super) struct Explained<'a> {
    pub(super) entry: &'a Entry,
    /// The part of its page that is about the code; empty for the whole.
    pub(super) fragment: &'a str,
    /// What the compiler says about the entry's mistake with this code, without the code.
    pub(super) message: Option<&'a str>,
}

/// What people search for, by its first letter.
pub(super) struct Messages<'a> {
    pub(super) letter: char,
    pub(super) messages: Vec<(&'a str, Vec<&'a Entry>)>,
}

/// Every code of the catalog, by tool: those of the table, and those that stand only in a mistake
/// or a symptom of an entry.
pub(super) fn codes(catalog: &Catalog) -> Vec<Codes<'_>> {
    let mut rows: BTreeMap<(Tool, &str), Row<'_>> = BTreeMap::new();
    for code in &catalog.codes {
        rows.insert((code.tool, &code.code), row(catalog, code));
    }
    for entry in &catalog.entries {
        for code in compiler_codes(entry) {
            let tool = if code.starts_with("clippy::") { Tool::Clippy } else { Tool::Rustc };
            let code = code.strip_prefix("clippy::").unwrap_or(code);
            let row = rows.entry((tool, code)).or_insert_with(|| Row {
                spelling: code.to_owned(),
                name: None,
                documentation: documentation(tool, code, None),
                remarks: Vec::new(),
                entries: Vec::new(),
            });
            if row.entries.iter().all(|of| of.entry.slug != entry.slug) {
                row.entries.push(Explained { entry, fragment: "", message: None });
            }
        }
    }
    for ((_, code), row) in &mut rows {
        for of in &mut row.entries {
            of.message =
                of.entry.mistakes.iter().find_map(|mistake| message(&mistake.stderr, code));
            if of.message.is_some() {
                of.fragment = "compiler";
            }
        }
    }
    let of_tool = Tool::ALL.map(|tool| {
        let rows = rows.extract_if(.., |(of, _), _| *of == tool).map(|(_, row)| row).collect();
        let title = match tool {
            Tool::Rustc => "rustc, errors and lints",
            tool => tool.title(),
        };
        Codes { tool, title, rows }
    });
    of_tool.into_iter().filter(|codes| !codes.rows.is_empty()).collect()
}

fn row<'a>(catalog: &'a Catalog, code: &'a Code) -> Row<'a> {
    let explained = |Target { id, fragment }: &'a Target| {
        Some(Explained { entry: catalog.entry(id)?, fragment, message: None })
    };
    let none = match &code.meaning {
        Meaning::None(why) => Some(format!("No entry. {why}")),
        Meaning::Entries(_) => None,
    };
    Row {
        spelling: code.spelling(),
        name: code.name.as_deref(),
        documentation: documentation(code.tool, &code.code, code.name.as_deref()),
        remarks: code.note.clone().into_iter().chain(none).collect(),
        entries: code.entries().iter().filter_map(explained).collect(),
    }
}

/// The codes in what an entry's mistakes provoke, and in its symptoms.
fn compiler_codes(entry: &Entry) -> impl Iterator<Item = &str> {
    let markers = entry.mistakes.iter().flat_map(|mistake| &mistake.markers);
    let markers = markers.map(|(_, code)| code.as_str()).filter(|code| !code.contains(' '));
    let words = entry.meta.symptoms.iter().flat_map(|symptom| {
        symptom.split(|c: char| !c.is_alphanumeric()).filter(|word| is_rustc(word))
    });
    markers.chain(words)
}

/// `E0308`: four digits.
fn is_rustc(code: &str) -> bool {
    code.strip_prefix('E').is_some_and(|n| n.len() == 4 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Where a tool explains a code.
fn documentation(tool: Tool, code: &str, name: Option<&str>) -> Option<String> {
    let lower = code.to_ascii_lowercase();
    Some(match tool {
        Tool::Ruff => format!("https://docs.astral.sh/ruff/rules/{}/", name.unwrap_or(code)),
        Tool::Flake8Async => {
            format!("https://flake8-async.readthedocs.io/en/latest/rules.html#{lower}")
        }
        Tool::Flake8Trio => return None,
        Tool::Pylint => format!(
            "https://pylint.readthedocs.io/en/stable/user_guide/messages/error/{}.html",
            name?
        ),
        Tool::Mypy => format!("https://mypy.readthedocs.io/en/stable/_refs.html#code-{code}"),
        Tool::Pyright => {
            format!("https://github.com/microsoft/pyright/blob/main/docs/configuration.md#{code}")
        }
        Tool::Sonar => format!("https://rules.sonarsource.com/python/RSPEC-{}/", &code[1..]),
        Tool::Rustc if is_rustc(code) => {
            format!("https://doc.rust-lang.org/error_codes/{code}.html")
        }
        Tool::Rustc if code.contains(' ') => return None,
        Tool::Rustc => format!("https://doc.rust-lang.org/rustc/index.html?search={code}"),
        Tool::Clippy => format!("https://rust-lang.github.io/rust-clippy/stable/index.html#{code}"),
    })
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
mod tests;
