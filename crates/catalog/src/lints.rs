//! Ready configurations of linters: what the entries say that Clippy and Ruff can be told to report.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::fields::Fields;
use crate::{Catalog, Code, Tool};

/// The lists of a `clippy.toml` that an entry may add to.
pub const CLIPPY_LISTS: [&str; 3] =
    ["await-holding-invalid-types", "disallowed-methods", "disallowed-types"];

/// What an entry adds to one list of a `clippy.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClippyPaths {
    /// One of [`CLIPPY_LISTS`].
    pub list: String,
    /// Full paths of methods or types.
    pub paths: Vec<String>,
    /// What is wrong with them, and what to use instead.
    pub reason: String,
}

impl ClippyPaths {
    /// Reads the key `clippy` of a front matter.
    pub(crate) fn read(front: &mut Fields<'_, '_>) -> Vec<Self> {
        let mut all = Vec::new();
        for mut fields in front.tables("clippy") {
            let list = fields.string("list", CLIPPY_LISTS[1]);
            if !list.get_ref().is_empty() && !CLIPPY_LISTS.contains(&list.get_ref().as_str()) {
                let message = format!("`{}` is no list of a `clippy.toml`", list.get_ref());
                let help = format!("use `{}`", CLIPPY_LISTS.join("`, `"));
                fields.error("C206", &list.span(), message, help);
            }
            let paths = fields.strings("paths");
            for path in paths.iter().filter(|path| !is_path(path.get_ref())) {
                let message = format!("`{}` is no full path", path.get_ref());
                fields.error("C206", &path.span(), message, "write it as in `std::thread::sleep`");
            }
            let reason = fields.string("reason", "…").into_inner();
            front.diagnostics.extend(fields.finish());
            let paths = paths.into_iter().map(Spanned::into_inner).collect();
            all.push(Self { list: list.into_inner(), paths, reason });
        }
        all
    }
}

/// A crate, and names in it.
fn is_path(text: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    text.contains("::") && text.split("::").all(is_name)
}

const CLIPPY: &str = "\
# Calls that block a thread of an async runtime, and values that must not be held across an await.
# Clippy cannot tell async code from other code: it reports a call wherever it stands. Where a
# thread may block, write #[expect(clippy::disallowed_methods, reason = \"…\")].
# Written by `counterpart lints --tool clippy`; each reason names the entry that explains it.
";

/// A `clippy.toml` with everything that entries add to it.
///
/// `address` gives what a reason refers to, for the slug of an entry and an empty fragment.
#[must_use]
pub fn clippy_toml(catalog: &Catalog, address: impl Fn(&str, &str) -> String) -> String {
    let mut lists: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for entry in &catalog.entries {
        for ClippyPaths { list, paths, reason } in &entry.meta.clippy {
            for path in paths {
                let reason = format!("{reason}: {}", address(&entry.slug, ""));
                lists.entry(list).or_default().entry(path).or_insert(reason);
            }
        }
    }
    let mut text = CLIPPY.to_owned();
    for (list, paths) in lists {
        let _ = write!(text, "\n{list} = [\n");
        for (path, reason) in paths {
            // A crate that is not among the dependencies is no fault of this file.
            let foreign = if path.starts_with("std::") { "" } else { ", allow-invalid = true" };
            let (path, reason) = (quoted(path), quoted(&reason));
            let _ = writeln!(text, "    {{ path = {path}, reason = {reason}{foreign} }},");
        }
        text.push_str("]\n");
    }
    text
}

const RUFF: &str = "\
# Rules of Ruff about async code; the comment after each names the entry that explains it.
# Written by `counterpart lints --tool ruff`. To use it beside rules of your own, name this file as
# `extend` in your `ruff.toml`.

[lint]
extend-select = [
";

/// Ruff warns when one of these is selected without `preview = true`.
const IN_PREVIEW: [&str; 3] = ["ASYNC119", "ASYNC401", "RUF029"];

/// The rules of Ruff that lead to entries.
///
/// Without those that mean an entry only together with a certain message.
pub fn ruff_rules(catalog: &Catalog) -> impl Iterator<Item = &Code> {
    catalog.codes.iter().filter(|code| {
        code.tool == Tool::Ruff
            && code.same.is_none()
            && code.messages.is_none()
            && !code.entries().is_empty()
    })
}

/// A `ruff.toml` that selects the rules that lead to entries.
///
/// `address` gives what a comment refers to, for the slug of an entry and a fragment, which may be
/// empty.
#[must_use]
pub fn ruff_toml(catalog: &Catalog, address: impl Fn(&str, &str) -> String) -> String {
    let mut text = RUFF.to_owned();
    for rule in ruff_rules(catalog) {
        let code = rule.code.as_str();
        let off = if IN_PREVIEW.contains(&code) { "# in preview: " } else { "" };
        let first = rule.entries().first();
        let address = first.map(|place| address(&place.id, &place.fragment)).unwrap_or_default();
        let name = rule.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        let _ = writeln!(text, "    {off}\"{code}\", # {name}{address}");
    }
    text.push_str("]\n");
    text
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_path, quoted};

    proptest! {
        #[test]
        fn toml_reads_what_was_quoted(text in any::<String>()) {
            let table: toml::Table = toml::from_str(&format!("reason = {}", quoted(&text)))?;
            prop_assert_eq!(table["reason"].as_str(), Some(text.as_str()));
        }
    }

    #[test]
    fn a_path_names_a_crate_and_an_item() {
        for path in ["std::thread::sleep", "reqwest::blocking::get", "a::B_1"] {
            assert!(is_path(path), "{path}");
        }
        for other in ["", "sleep", "::sleep", "std::", "std::thread::sleep()", "a::1", "a:b"] {
            assert!(!is_path(other), "{other}");
        }
    }
}
