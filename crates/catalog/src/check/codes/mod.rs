//! Reads `codes.toml` and joins it with the `lints` of the entries.
//!
//! What a code is stands in the table; which entries are about it stands in the entries. The table
//! decides only what no entry can: which of several comes first, and why a code has none.

use std::ops::Range;

use toml::Spanned;

use self::join::Join;
use super::entry::Draft;
use crate::fields::{Fields, Source, parse};
use crate::{Code, Diagnostic, Meaning, Tool, Tree};

mod join;
mod lead;

const PATH: &str = "codes.toml";

/// A row of the table, with the places that only checks need.
struct Row {
    place: Range<usize>,
    none: Option<Spanned<String>>,
    first: Option<Spanned<String>>,
    same: Option<Spanned<String>>,
    messages: Option<Vec<(String, Spanned<String>)>>,
}

pub(crate) fn read(tree: &Tree, drafts: &[Draft], out: &mut Vec<Diagnostic>) -> Vec<Code> {
    let file = tree.get(PATH).unwrap_or("");
    let source = Source { path: PATH, file, offset: 0 };
    let Some(table) = parse(source, file, out) else { return Vec::new() };
    let mut fields = Fields::new(source, table, 0..0);
    let mut read: Vec<(Code, Row)> = Vec::new();
    for tool in Tool::ALL {
        for (code, mut fields) in fields.named_tables(tool.as_str()) {
            read.push(row(tool, &code, &mut fields));
            out.extend(fields.finish());
        }
    }
    out.extend(fields.finish());
    read.sort_by(|(a, _), (b, _)| (a.tool, &a.code).cmp(&(b.tool, &b.code)));
    let (codes, rows): (Vec<Code>, Vec<Row>) = read.into_iter().unzip();
    Join { source, drafts, codes, rows, out }.codes()
}

fn row(tool: Tool, code: &Spanned<String>, fields: &mut Fields<'_, '_>) -> (Code, Row) {
    let row = Row {
        place: code.span(),
        none: fields.optional_string("none"),
        first: fields.optional_string("first"),
        same: fields.optional_string("same"),
        messages: fields.named_strings("messages"),
    };
    let review = fields.optional_string("review");
    if let Some(review) = review.as_ref().filter(|review| !review.get_ref().ends_with('.')) {
        let message = "`review` is not a sentence";
        fields.error("C206", &review.span(), message, "end it with a full stop");
    }
    let mut text = |key| fields.optional_string(key).map(Spanned::into_inner);
    let code = Code {
        tool,
        code: code.get_ref().clone(),
        name: text("name"),
        note: text("note"),
        review: review.map(Spanned::into_inner),
        same: None,
        meaning: Meaning::Entries(Vec::new()),
        messages: None,
    };
    (code, row)
}
