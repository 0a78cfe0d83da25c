//! pyright's `--outputjson`: one object, lines and columns from 0.

use std::io::BufRead;

use counterpart_catalog::Tool;
use serde::Deserialize;

use super::{Finding, Format, InputError, Position, Span, stream};

#[derive(Deserialize)]
struct Item {
    file: String,
    message: String,
    range: Option<Range>,
    rule: Option<String>,
}

#[derive(Deserialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Deserialize)]
struct Place {
    line: i64,
    character: i64,
}

impl From<Place> for Position {
    fn from(Place { line, character }: Place) -> Self {
        Self::new(line.saturating_add(1), Some(character), 0)
    }
}

pub(super) fn read(input: impl BufRead, each: &mut dyn FnMut(Finding)) -> Result<(), InputError> {
    let items = stream::Items::new(|Item { file, message, range, rule }: Item| {
        let span =
            range.map(|Range { start, end }| Span { start: start.into(), end: Some(end.into()) });
        each(Finding {
            tool: Some(Tool::Pyright),
            code: rule,
            name: None,
            message,
            detail: None,
            path: file,
            span: span.unwrap_or(Span { start: Position::new(1, None, 0), end: None }),
        });
    });
    stream::read(Format::Pyright, input, stream::Key("generalDiagnostics", items))
}
