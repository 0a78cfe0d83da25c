//! Annotations of GitHub's workflow commands:
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use std::io::{self, Write};

use super::super::{Comment, Position};

/// Writes one command in each line; nothing when there is none.
///
/// # Errors
/// When the output cannot be written.
pub fn write(comments: &[Comment<'_>], out: &mut impl Write) -> io::Result<()> {
    for comment in comments {
        let Position { line, column } = comment.span.start;
        write!(out, "::warning file={},line={line}", property(&comment.path))?;
        // GitHub takes columns only within one line.
        match (column, comment.span.end) {
            (Some(from), Some(Position { line: last, column: Some(to) })) if last == line => {
                write!(out, ",endLine={line},col={from},endColumn={to}")?;
            }
            (Some(from), None) => write!(out, ",col={from}")?,
            (_, Some(end)) if end.line > line => write!(out, ",endLine={}", end.line)?,
            _ => {}
        }
        let meta = &comment.entry.meta;
        let title = property(&format!("{} ({})", meta.title, meta.id));
        writeln!(out, ",title={title}::{}", message(&comment.text()))?;
    }
    Ok(())
}

/// A text as the message of a command.
#[must_use]
pub fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as the value of a property of a command.
#[must_use]
pub fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
