//! The findings of linters, in the formats that linters write.
//!
//! Nothing is held that is not needed: a list is read item by item, and lines one by one.

mod cargo;
mod detect;
mod lines;
mod mypy;
mod pylint;
mod pyright;
mod ruff;
mod sarif;
mod stream;

use std::fmt;
use std::io::{self, BufReader, Cursor, Read};

use clap::ValueEnum;
use counterpart_catalog::Tool;

/// So much of the input is looked at to tell the formats apart, in bytes.
const HEAD: usize = 64 << 10;

/// What a linter can write that is understood here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// `ruff check --output-format json`, or `json-lines`.
    Ruff,
    /// `cargo clippy --message-format json`; also that of `cargo check`.
    Clippy,
    /// `mypy --output json`.
    Mypy,
    /// `pyright --outputjson`.
    Pyright,
    /// `pylint --output-format json2`.
    Pylint,
    /// SARIF 2.1.0, of any tool.
    Sarif,
}

impl Format {
    /// The command that writes it.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Ruff => "ruff check --output-format json",
            Self::Clippy => "cargo clippy --message-format json",
            Self::Mypy => "mypy --output json",
            Self::Pyright => "pyright --outputjson",
            Self::Pylint => "pylint --output-format json2",
            Self::Sarif => "a tool with SARIF output",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ruff => "Ruff",
            Self::Clippy => "cargo",
            Self::Mypy => "mypy",
            Self::Pyright => "pyright",
            Self::Pylint => "Pylint",
            Self::Sarif => "SARIF",
        })
    }
}

/// Something that a linter found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whose finding it is; unknown where SARIF comes from another tool.
    pub tool: Option<Tool>,
    /// The code, as the tool prints it.
    pub code: Option<String>,
    /// The name of the rule.
    pub name: Option<String>,
    /// What the tool says.
    pub message: String,
    /// What it says in full, where that is more.
    pub detail: Option<String>,
    /// The file, as the tool writes it.
    pub path: String,
    /// Where in the file.
    pub span: Span,
}

/// A place in a file, from its first character to the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Its start.
    pub start: Position,
    /// Its end, where the tool says it.
    pub end: Option<Position>,
}

/// A place between two characters; lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in the characters of the tool: bytes, code points or UTF-16 units.
    pub column: Option<u32>,
}

impl Position {
    /// A place as a tool counts it whose columns start at `first`.
    fn new(line: i64, column: Option<i64>, first: i64) -> Self {
        let from_one = |number: i64| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
        let column = column.filter(|column| *column >= first);
        Self { line: from_one(line), column: column.map(|column| from_one(column + 1 - first)) }
    }
}

/// The input cannot be read as what a linter writes.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// There is nothing.
    #[error(
        "there is no input; pipe a linter's JSON into this command, such as `{}`",
        Format::Ruff.command()
    )]
    Empty,
    /// It is not JSON.
    #[error("this is not JSON; let the linter write it, as in `{}`", .0.unwrap_or(Format::Ruff).command())]
    NotJson(Option<Format>),
    /// It is JSON of no known form.
    #[error(
        "cannot tell which linter wrote this; known are Ruff, cargo, mypy, pyright, Pylint's `json2` and SARIF"
    )]
    Unknown,
    /// It is of another tool than said.
    #[error(
        "this is what {found} writes, and not {wanted}; leave out `--from`, or name the right one"
    )]
    Other {
        /// What was said.
        wanted: Format,
        /// What it is.
        found: Format,
    },
    /// It stops in the middle.
    #[error(
        "the input of {format} stops in the middle, at line {line}: did the linter run to its end?"
    )]
    CutOff {
        /// What it is.
        format: Format,
        /// The last line, from 1.
        line: usize,
    },
    /// It is damaged, or of an unknown version of the tool.
    #[error("line {line} of the input is not what {format} writes")]
    Malformed {
        /// What it should be.
        format: Format,
        /// From 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// One line is longer than any finding.
    #[error("line {line} of the input has more than {} MB", lines::LONGEST >> 20)]
    LongLine {
        /// From 1.
        line: usize,
    },
    /// It is in an encoding that JSON is not written in.
    #[error("the input is UTF-16, as PowerShell redirects it; write UTF-8")]
    Utf16,
    /// It cannot be read.
    #[error("cannot read the input")]
    Io(#[from] io::Error),
}

/// Calls `each` with every finding of an input, of the format given, or of the one that it shows.
///
/// # Errors
/// When the input cannot be read, or not as that format.
pub fn read(
    mut input: impl Read,
    wanted: Option<Format>,
    each: &mut dyn FnMut(Finding),
) -> Result<Format, InputError> {
    let mut head = Vec::with_capacity(HEAD);
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(InputError::Utf16);
    }
    if head.starts_with(b"\xef\xbb\xbf") {
        head.drain(..3);
    }
    let format = match (detect::format(&head), wanted) {
        (Ok(found), Some(wanted)) if found != wanted => {
            return Err(InputError::Other { wanted, found });
        }
        (Ok(found), _) => found,
        // mypy and cargo write a line for each finding, and so nothing when all is well.
        (Err(InputError::Empty), Some(wanted @ (Format::Mypy | Format::Clippy))) => {
            return Ok(wanted);
        }
        (Err(InputError::Unknown), Some(wanted)) => wanted,
        (Err(InputError::NotJson(_)), wanted) => return Err(InputError::NotJson(wanted)),
        (Err(error), _) => return Err(error),
    };
    let list = detect::is_list(&head);
    let input = BufReader::with_capacity(HEAD, Cursor::new(head).chain(input));
    match format {
        Format::Ruff if list => ruff::list(input, each)?,
        Format::Ruff => ruff::lines(input, each)?,
        Format::Clippy => cargo::read(input, each)?,
        Format::Mypy => mypy::read(input, each)?,
        Format::Pyright => pyright::read(input, each)?,
        Format::Pylint => pylint::read(input, each)?,
        Format::Sarif => sarif::read(input, each)?,
    }
    Ok(format)
}

#[cfg(test)]
mod tests;
