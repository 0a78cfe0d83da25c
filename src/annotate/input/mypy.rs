//! mypy's `json`: one object in each line, columns from 0.

use std::io::BufRead;

use counterpart_catalog::Tool;
use serde::Deserialize;

use super::{Finding, Format, InputError, Position, Span, lines};

#[derive(Deserialize)]
struct Item {
    file: String,
    line: i64,
    column: Option<i64>,
    end_line: Option<i64>,
    end_column: Option<i64>,
    message: String,
    hint: Option<String>,
    code: Option<String>,
    severity: Option<String>,
}

pub(super) fn read(input: impl BufRead, each: &mut dyn FnMut(Finding)) -> Result<(), InputError> {
    lines::read(Format::Mypy, input, |item: Item| {
        let Item { file, line, column, end_line, end_column, message, hint, code, .. } = item;
        if item.severity.as_deref() == Some("note") {
            return;
        }
        let end = end_line.map(|line| Position::new(line, end_column, 0));
        each(Finding {
            tool: Some(Tool::Mypy),
            code,
            name: None,
            detail: hint.map(|hint| format!("{message}\n{hint}")),
            message,
            path: file,
            span: Span { start: Position::new(line, column, 0), end },
        });
    })
}
