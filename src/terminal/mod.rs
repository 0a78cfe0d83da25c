//! What text for people has in common: the terminal's width, wrapping, links and marks.

mod markdown;

use std::fmt::{self, Display, Write as _};
use std::ops::Range;

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use supports_hyperlinks::Stream;
use textwrap::Options;

pub use markdown::markdown;

/// Columns that text never exceeds, so that lines stay readable on a wide screen.
const WIDEST: usize = 100;

/// Names, titles and headings.
pub const BOLD: Style = Style::new().bold();
/// What can be skipped.
pub const DIM: Style = Style::new().dimmed();
/// What is stressed.
pub const ITALIC: Style = Style::new().italic();
/// What was searched for.
pub const MARK: Style = Style::new().bold().underline();

/// The terminal's columns, 80 where there is no terminal, and never more than 100.
#[must_use]
pub fn width() -> usize {
    textwrap::termwidth().clamp(20, WIDEST)
}

/// Whether standard output takes no styles, so that signs must say what styles would.
#[must_use]
pub fn is_plain() -> bool {
    AutoStream::choice(&std::io::stdout()) == ColorChoice::Never
}

/// Whether the terminal can follow links in text.
#[must_use]
pub fn links_work() -> bool {
    supports_hyperlinks::on(Stream::Stdout)
}

/// Text in lines of the terminal's width, each behind an indentation.
#[must_use]
pub fn wrap(text: &str, first: &str, others: &str) -> String {
    let options = Options::new(width()).initial_indent(first).subsequent_indent(others);
    textwrap::fill(text, options.break_words(false))
}

/// A text with some of its ranges in a style.
#[must_use]
pub fn marked(text: &str, marks: &[Range<usize>], style: Style) -> String {
    let mut shown = String::new();
    let mut rest = 0;
    for mark in marks {
        let (before, inside) = (&text[rest..mark.start], &text[mark.clone()]);
        let _ = write!(shown, "{before}{style}{inside}{style:#}");
        rest = mark.end;
    }
    shown + &text[rest..]
}

/// A text that leads to an address where the terminal can follow links.
pub struct Link<'a, T> {
    /// What is shown.
    pub text: T,
    /// Where it leads, in full.
    pub to: Option<&'a str>,
}

impl<T: Display> Display for Link<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.to {
            Some(to) if links_work() => {
                write!(f, "\x1b]8;;{to}\x1b\\{text}\x1b]8;;\x1b\\")
            }
            _ => text.fmt(f),
        }
    }
}
