//! For people: the place, the entry, the review sentence, the address.

use std::io::{self, Write};

use super::super::Comment;
use crate::terminal::{BOLD, DIM, markdown, wrap};

/// Writes the comments; nothing when there is none.
///
/// # Errors
/// When the output cannot be written.
pub fn write(comments: &[Comment<'_>], out: &mut impl Write) -> io::Result<()> {
    for (place, comment) in comments.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        let Comment { entry, url, path, span, message, sources, .. } = comment;
        let column = span.start.column.map(|column| format!(":{column}")).unwrap_or_default();
        let (line, title) = (span.start.line, &entry.meta.title);
        writeln!(out, "{BOLD}{path}:{line}{column}{BOLD:#}: {title} ({})", entry.meta.id)?;
        let said = format!("{}: {message}", sources.join(", "));
        writeln!(out, "{DIM}{}{DIM:#}", wrap(&said, "  ", "  "))?;
        writeln!(out, "{}", markdown(comment.review, "  ").trim_end())?;
        if let Some(lines) = comment.also_at() {
            writeln!(out, "  Also at {lines}.")?;
        }
        writeln!(out, "  {DIM}{url}{DIM:#}")?;
    }
    Ok(())
}
