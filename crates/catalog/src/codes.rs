//! The codes of other tools: `codes.toml` says which there are, the entries' `lints` what they mean.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Catalog, Target};

/// A linter, type checker or compiler whose codes lead to entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// <https://docs.astral.sh/ruff/rules/>
    Ruff,
    /// <https://flake8-async.readthedocs.io/en/latest/rules.html>
    Flake8Async,
    /// What flake8-async was called before 2024.
    Flake8Trio,
    /// <https://pylint.readthedocs.io/en/stable/user_guide/messages/messages_overview.html>
    Pylint,
    /// <https://mypy.readthedocs.io/en/stable/error_codes.html>
    Mypy,
    /// <https://github.com/microsoft/pyright/blob/main/docs/configuration.md>
    Pyright,
    /// <https://rules.sonarsource.com/python/>
    Sonar,
    /// Errors and lints of the compiler.
    Rustc,
    /// <https://rust-lang.github.io/rust-clippy/stable/>
    Clippy,
}

impl Tool {
    /// All tools, those for Python first.
    pub const ALL: [Self; 9] = [
        Self::Ruff,
        Self::Flake8Async,
        Self::Flake8Trio,
        Self::Pylint,
        Self::Mypy,
        Self::Pyright,
        Self::Sonar,
        Self::Rustc,
        Self::Clippy,
    ];

    /// The spelling in `codes.toml` and before a code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ruff => "ruff",
            Self::Flake8Async => "flake8-async",
            Self::Flake8Trio => "flake8-trio",
            Self::Pylint => "pylint",
            Self::Mypy => "mypy",
            Self::Pyright => "pyright",
            Self::Sonar => "sonar",
            Self::Rustc => "rustc",
            Self::Clippy => "clippy",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ruff => "Ruff",
            Self::Pylint => "Pylint",
            Self::Sonar => "Sonar",
            Self::Clippy => "Clippy",
            other => other.as_str(),
        }
    }

    /// The tool with this spelling before its codes: also `python:S7488`, as Sonar writes it.
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = match name.as_str() {
            "flake8" => "flake8-async",
            "basedpyright" => "pyright",
            "python" | "sonarqube" => "sonar",
            name => name,
        };
        Self::ALL.into_iter().find(|tool| tool.as_str() == name)
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code of another tool, and what it means here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Whose code it is.
    pub tool: Tool,
    /// What the tool prints: `ASYNC251`, `await_holding_lock`; the name of a rule without a code.
    pub code: String,
    /// The rule's name where it has both.
    pub name: Option<String>,
    /// What else must be known about it, in one sentence.
    pub note: Option<String>,
    /// What a reviewer can say about a finding with this code, where the sentence of the primary
    /// entry is about something else.
    pub review: Option<String>,
    /// The code that it is another tool's spelling of, as `tool:code`.
    pub same: Option<String>,
    /// Where it leads.
    pub meaning: Meaning,
    /// Texts in a finding's message and the place that each means. Where there is such a list, the
    /// code alone says too little: a finding whose message has none of them means no entry.
    pub messages: Option<Vec<(String, Target)>>,
}

/// Where a code leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// The slugs of the entries that are about it, the primary one first, each with the fragment
    /// that is about it, or an empty one.
    Entries(Vec<Target>),
    /// To no entry, because of this.
    None(String),
}

impl Code {
    /// `clippy::await_holding_lock`, `E0373`, `ASYNC251`, `mypy:unused-coroutine`: as people write
    /// it, with the tool where the code alone does not tell.
    #[must_use]
    pub fn spelling(&self) -> String {
        match self.tool {
            Tool::Clippy => format!("clippy::{}", self.code),
            Tool::Mypy => format!("mypy:{}", self.code),
            Tool::Sonar => format!("python:{}", self.code),
            _ => self.code.clone(),
        }
    }

    /// The entries that are about it, the primary one first.
    #[must_use]
    pub fn entries(&self) -> &[Target] {
        match &self.meaning {
            Meaning::Entries(entries) => entries,
            Meaning::None(_) => &[],
        }
    }

    /// The place that a finding with this code and message means.
    #[must_use]
    pub fn place(&self, message: &str) -> Option<&Target> {
        let Some(messages) = &self.messages else { return self.entries().first() };
        let fits = messages.iter().filter(|(text, _)| message.contains(text));
        fits.max_by_key(|(text, _)| text.len()).map(|(_, place)| place)
    }

    /// What a reviewer can say about a finding that means this place, if not the entry's sentence.
    #[must_use]
    pub fn review(&self, place: &Target) -> Option<&str> {
        let primary = self.entries().first().is_some_and(|primary| primary.id == place.id);
        self.review.as_deref().filter(|_| primary)
    }

    /// Whether it is called this: code or name, in any case, with `-` or `_`.
    fn is_called(&self, name: &str) -> bool {
        same_name(&self.code, name) || self.name.as_deref().is_some_and(|own| same_name(own, name))
    }
}

impl Catalog {
    /// The codes with this name, with or without the tool before it: `ASYNC251`,
    /// `ruff:blocking-sleep-in-async-function`, `clippy::await_holding_lock`, `error[E0373]`.
    /// Those that are another tool's spelling of a code come last.
    #[must_use]
    pub fn codes_called(&self, name: &str) -> Vec<&Code> {
        called(&self.codes, name)
    }
}

pub(crate) fn called<'a>(codes: &'a [Code], name: &str) -> Vec<&'a Code> {
    let name = name.trim();
    let name = name.split_once('[').map_or(name, |(_, inside)| inside.trim_end_matches(']'));
    let mut found: Vec<&Code> = codes.iter().filter(|code| code.is_called(name)).collect();
    if found.is_empty()
        && let Some((tool, code)) = name.split_once(':')
        && let Some(tool) = Tool::called(tool.trim())
    {
        let code = code.trim_start_matches(':').trim();
        found = codes.iter().filter(|own| own.tool == tool && own.is_called(code)).collect();
    }
    found.sort_by_key(|code| code.same.is_some());
    found
}

fn same_name(one: &str, other: &str) -> bool {
    let letter = |byte: u8| if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() };
    !one.is_empty() && one.bytes().map(letter).eq(other.bytes().map(letter))
}
