//! What `cargo check` and `cargo clippy` write with `--message-format json`: one object in each
//! line, of which those of the compiler are findings.

use std::io::BufRead;

use counterpart_catalog::Tool;
use serde::Deserialize;

use super::{Finding, Format, InputError, Position, Span, lines};

#[derive(Deserialize)]
struct Line {
    reason: String,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "message")]
    text: String,
    code: Option<Code>,
    level: String,
    spans: Vec<Place>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Place {
    file_name: String,
    line_start: i64,
    line_end: i64,
    column_start: i64,
    column_end: i64,
    is_primary: bool,
    expansion: Option<Box<Expansion>>,
}

/// The call of the macro that a place is inside of.
#[derive(Deserialize)]
struct Expansion {
    span: Place,
}

impl Place {
    /// The place in the crate itself: for one in a macro of another crate, the macro's call.
    fn own(self) -> Self {
        match self.expansion {
            Some(outer) if self.file_name.starts_with(['/', '<']) => outer.span.own(),
            _ => self,
        }
    }
}

pub(super) fn read(input: impl BufRead, each: &mut dyn FnMut(Finding)) -> Result<(), InputError> {
    lines::read(Format::Clippy, input, |Line { reason, message }: Line| {
        if reason != "compiler-message" {
            return;
        }
        // Totals and the like have no place.
        let Some(Message { text, code, level, spans, rendered }) = message else { return };
        let Some(place) = spans.into_iter().find(|place| place.is_primary) else { return };
        if !matches!(level.as_str(), "error" | "warning") {
            return;
        }
        let place = place.own();
        let code = code.map(|Code { code }| code);
        let (tool, code) = match code.as_deref().and_then(|code| code.strip_prefix("clippy::")) {
            Some(lint) => (Tool::Clippy, Some(lint.to_owned())),
            None => (Tool::Rustc, code),
        };
        each(Finding {
            tool: Some(tool),
            // An error without a code is known by what it says.
            code: Some(code.unwrap_or_else(|| text.clone())),
            name: None,
            message: text,
            detail: rendered,
            path: place.file_name,
            span: Span {
                start: Position::new(place.line_start, Some(place.column_start), 1),
                end: Some(Position::new(place.line_end, Some(place.column_end), 1)),
            },
        });
    })
}
