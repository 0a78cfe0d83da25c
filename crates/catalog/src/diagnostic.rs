//! What is wrong, where, and what to do about it.

use std::fmt;

use serde::Serialize;

use crate::Position;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The catalog must not be published like this.
    Error,
    /// Work that is marked as not finished (`TODO`).
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One problem. Messages are lower case, without a full stop, with names in backticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// `C104`; stable, so that it can be searched for.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the catalog's root, with forward slashes.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(
        code: &'static str,
        path: impl Into<String>,
        at: Position,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            path: path.into(),
            line: at.line,
            column: at.column,
            message: message.into(),
            help: help.into(),
        }
    }

    /// Whether it is about `permalinks.lock`, and not about what the catalog is made of.
    #[must_use]
    pub fn is_about_links(&self) -> bool {
        self.code.starts_with("C6")
    }

    /// The same problem as a warning.
    #[must_use]
    pub fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, severity, path, line, column, message, help } = self;
        write!(f, "{path}:{line}:{column}: {severity}[{code}]: {message}")?;
        if help.is_empty() { Ok(()) } else { write!(f, "\n  help: {help}") }
    }
}
