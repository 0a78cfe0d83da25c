//! Search in the page: the index, the texts of excerpts and the positions of words as classic
//! scripts, which work from a folder as well, and the reader that ranks with them.

use counterpart_catalog::{Catalog, Lang};
use serde_json::{Value, json};

use super::{BaseUrl, Pages};
use crate::search::{Export, ExportedField, IndexFiles, SearchError, Texts, export};

/// The reader's sources, in the order in which they use each other.
const READER: [&str; 16] = [
    include_str!("../../theme/js/search/coder.js"),
    include_str!("../../theme/js/search/decode.js"),
    include_str!("../../theme/js/search/stem.js"),
    include_str!("../../theme/js/search/identifiers.js"),
    include_str!("../../theme/js/search/catalog.js"),
    include_str!("../../theme/js/search/score.js"),
    include_str!("../../theme/js/search/lookup.js"),
    include_str!("../../theme/js/search/unit.js"),
    include_str!("../../theme/js/search/grammar.js"),
    include_str!("../../theme/js/search/message.js"),
    include_str!("../../theme/js/search/rank.js"),
    include_str!("../../theme/js/search/filter.js"),
    include_str!("../../theme/js/search/engine.js"),
    include_str!("../../theme/js/search/results.js"),
    include_str!("../../theme/js/search/panel.js"),
    include_str!("../../theme/js/search/page.js"),
];

/// What the first result does not need: the page loads it after that.
const MORE: [&str; 3] = [
    include_str!("../../theme/js/search/excerpt.js"),
    include_str!("../../theme/js/search/positions.js"),
    include_str!("../../theme/js/search/suggest.js"),
];

/// Adds the reader, and what it reads of an index.
///
/// # Errors
/// When the index is damaged.
pub(super) fn add(
    pages: &mut Pages,
    catalog: &Catalog,
    base: Option<&BaseUrl>,
    index: IndexFiles,
) -> Result<(), SearchError> {
    let export = export(index)?;
    // Text with text, and digits with digits: so a host's gzip packs both best.
    let entries = call("catalog", &json!([described(catalog, base, &export)]));
    pages.add("assets/search-reader.js", [script(&READER).into_bytes(), entries].concat());
    pages.add("assets/search-more.js", script(&MORE).into_bytes());
    pages.add("assets/search-index.js", call("index", &json!([export.postings])));
    pages.add("assets/search-positions.js", call("positions", &json!([export.positions])));
    for Texts { id, said, code, printed } in &export.texts {
        let texts = json!([id, { "said": said, "code": code, "printed": printed }]);
        pages.add(format!("assets/search-texts/{id}.js"), call("texts", &texts));
    }
    Ok(())
}

/// A script that hands something to the reader.
fn call(function: &str, arguments: &Value) -> Vec<u8> {
    format!("counterpartSearch.{function}(...{arguments});\n").into_bytes()
}

/// What search/catalog.js takes.
fn described(catalog: &Catalog, base: Option<&BaseUrl>, export: &Export) -> Value {
    let entry = |texts: &Texts| {
        let entry = catalog.entries.iter().find(|entry| entry.meta.id == texts.id)?;
        let meta = &entry.meta;
        let category = catalog.categories.iter().position(|of| of.slug == entry.category);
        Some(json!([meta.id, entry.slug, category, meta.title, meta.python, meta.rust]))
    };
    let field = |field: &ExportedField| {
        json!({
            "name": field.name,
            "prose": field.prose,
            "boost": field.boost,
            "often": field.often,
            "lang": field.lang.map(Lang::as_str),
            "text": field.text,
        })
    };
    json!({
        "base": base.map(ToString::to_string),
        "entries": export.texts.iter().filter_map(entry).collect::<Vec<_>>(),
        "categories": catalog.categories.iter().map(|of| [&of.slug, &of.title]).collect::<Vec<_>>(),
        "fields": export.fields.iter().map(field).collect::<Vec<_>>(),
        "fillers": export.fillers,
        "synonyms": export.synonyms,
        "alphabet": export.alphabet,
    })
}

/// Sources in one script, without what only a reader of the sources needs.
///
/// What they declare is global: so the scripts see each other, like the sources.
fn script(sources: &[&str]) -> String {
    let mut script = String::from("\"use strict\";\n");
    for line in sources.iter().flat_map(|source| source.lines()) {
        let line = without_types(line.trim());
        let comment = ["//", "/**", "* ", "*/"].iter().any(|start| line.starts_with(start));
        if !line.is_empty() && line != "*" && !comment {
            script.push_str(&dense(&line));
            // Elsewhere a line's end may be a statement's.
            if !script.ends_with(['{', '(', ',', ';']) {
                script.push('\n');
            }
        }
    }
    script.push('\n');
    script
}

/// A line of a script without the types of what stands in it.
fn without_types(line: &str) -> String {
    let mut rest = line;
    let mut code = String::new();
    while let Some((before, after)) = rest.split_once("/** @type") {
        code.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code + rest
}

/// A line of a script without the spaces that only a reader needs. Lines that may hold a regular
/// expression or a template stay as they are.
fn dense(line: &str) -> String {
    if line.contains(['/', '`']) {
        return line.to_owned();
    }
    let mut dense = String::new();
    let mut chars = line.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        quoted ^= c == '"' && !dense.ends_with('\\');
        let word = |c: char| c.is_alphanumeric() || "_$\"+-".contains(c);
        let between = |before: char, after: char| word(before) && word(after);
        let apart = dense.chars().next_back().zip(chars.peek().copied());
        if c != ' ' || quoted || apart.is_some_and(|(before, after)| between(before, after)) {
            dense.push(c);
        }
    }
    dense
}

#[cfg(test)]
mod tests {
    use super::dense;

    #[test]
    fn only_spaces_between_signs_go() {
        for (line, expected) in [
            ("const a = (b, c) => ({ d: -1 - e });", "const a=(b,c)=>({d:-1 - e});"),
            ("return \"a , \\\" b\" + typeof c;", "return \"a , \\\" b\" + typeof c;"),
            ("x = y / 2; // z", "x = y / 2; // z"),
        ] {
            assert_eq!(dense(line), expected);
        }
    }
}
