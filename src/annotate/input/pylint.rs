//! Pylint's `json2`: one object, columns from 0.

use std::io::BufRead;

use counterpart_catalog::Tool;
use serde::Deserialize;

use super::{Finding, Format, InputError, Position, Span, stream};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    message_id: String,
    symbol: String,
    message: String,
    path: String,
    line: i64,
    column: Option<i64>,
    end_line: Option<i64>,
    end_column: Option<i64>,
}

pub(super) fn read(input: impl BufRead, each: &mut dyn FnMut(Finding)) -> Result<(), InputError> {
    let items = stream::Items::new(|item: Item| {
        let Item { message_id, symbol, message, path, line, column, end_line, end_column } = item;
        let end = end_line.map(|line| Position::new(line, end_column, 0));
        each(Finding {
            tool: Some(Tool::Pylint),
            code: Some(message_id),
            name: Some(symbol),
            message,
            detail: None,
            path,
            span: Span { start: Position::new(line, column, 0), end },
        });
    });
    stream::read(Format::Pylint, input, stream::Key("messages", items))
}
