//! For programs of one's own.

use std::io::{self, Write};

use serde::Serialize;

use super::super::{Comment, Position, Span};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    comments: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    slug: &'a str,
    title: &'a str,
    url: &'a str,
    review: &'a str,
    path: &'a str,
    range: Range,
    message: &'a str,
    sources: &'a [String],
    also: Vec<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: Option<u32>,
}

impl From<Position> for Place {
    fn from(Position { line, column }: Position) -> Self {
        Self { line, column }
    }
}

impl From<Span> for Range {
    fn from(Span { start, end }: Span) -> Self {
        Self { start: start.into(), end: end.map(Place::from) }
    }
}

impl<'a> From<&'a Comment<'_>> for Item<'a> {
    fn from(comment: &'a Comment<'_>) -> Self {
        let meta = &comment.entry.meta;
        Self {
            id: &meta.id,
            slug: &comment.entry.slug,
            title: &meta.title,
            url: &comment.url,
            review: comment.review,
            path: &comment.path,
            range: comment.span.into(),
            message: &comment.message,
            sources: &comment.sources,
            also: comment.also.iter().copied().map(Range::from).collect(),
        }
    }
}

/// Writes one document, also when there is no comment.
///
/// # Errors
/// When the output cannot be written.
pub fn write(comments: &[Comment<'_>], out: &mut impl Write) -> io::Result<()> {
    let comments = comments.iter().map(Item::from).collect();
    serde_json::to_writer_pretty(&mut *out, &Document { version: 1, comments })?;
    writeln!(out)
}
