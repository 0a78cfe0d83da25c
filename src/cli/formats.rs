//! What can be chosen: how something is printed, a tool, a language.

use clap::ValueEnum;

/// Text for people, JSON for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How `link` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LinkFormat {
    /// The address alone.
    #[default]
    Url,
    /// A link in Markdown.
    Markdown,
    /// A link in HTML.
    Html,
    /// For programs.
    Json,
    /// A review comment in Markdown.
    Text,
}

/// How `check` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// As annotations of GitHub's workflow commands.
    Github,
}

/// How `annotate` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, as GitHub's code scanning takes it.
    Sarif,
    /// For reviewdog.
    Rdjsonl,
    /// As annotations of GitHub's workflow commands.
    Github,
}

/// A linter that can be configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintTool {
    /// `clippy.toml`
    Clippy,
    /// `ruff.toml`
    Ruff,
}

/// One of the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Python.
    Python,
    /// Rust.
    Rust,
}
