//! For reviewdog: <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>.
//!
//! Columns are left out: reviewdog counts bytes, the linters count bytes, characters or UTF-16
//! units, and a comment is about whole lines.

use std::io::{self, Write};

use serde_json::json;

use super::super::Comment;

/// Writes one diagnostic in each line; nothing when there is none.
///
/// # Errors
/// When the output cannot be written.
pub fn write(comments: &[Comment<'_>], out: &mut impl Write) -> io::Result<()> {
    for comment in comments {
        let Comment { entry, url, path, span, .. } = comment;
        let diagnostic = json!({
            "message": format!("**{}**: {}", entry.meta.title, comment.text()),
            "location": { "path": path, "range": { "start": { "line": span.start.line } } },
            "severity": "WARNING",
            "source": { "name": "counterpart" },
            "code": { "value": entry.meta.id, "url": url },
        });
        writeln!(out, "{diagnostic}")?;
    }
    Ok(())
}
