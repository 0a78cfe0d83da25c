//! Ruff's `json`, one list, and `json-lines`.

use std::io::BufRead;

use counterpart_catalog::Tool;
use serde::Deserialize;

use super::{Finding, Format, InputError, Position, Span, lines, stream};

/// A finding; with `preview`, a rule may have a name and no code.
#[derive(Deserialize)]
struct Item {
    code: Option<String>,
    name: Option<String>,
    message: String,
    filename: String,
    location: Place,
    end_location: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    row: i64,
    column: i64,
}

impl From<Place> for Position {
    fn from(Place { row, column }: Place) -> Self {
        Self::new(row, Some(column), 1)
    }
}

impl From<Item> for Finding {
    fn from(item: Item) -> Self {
        let Item { code, name, message, filename, location, end_location } = item;
        let span = Span { start: location.into(), end: end_location.map(Position::from) };
        Self { tool: Some(Tool::Ruff), code, name, message, detail: None, path: filename, span }
    }
}

pub(super) fn list(input: impl BufRead, each: &mut dyn FnMut(Finding)) -> Result<(), InputError> {
    stream::read(Format::Ruff, input, stream::Items::new(|item: Item| each(item.into())))
}

pub(super) fn lines(input: impl BufRead, each: &mut dyn FnMut(Finding)) -> Result<(), InputError> {
    lines::read(Format::Ruff, input, |item: Item| each(item.into()))
}
