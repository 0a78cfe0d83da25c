//! Search in the page: the index, the texts of excerpts and the positions of words as classic
//! scripts, which work from a folder as well, and the reader that ranks with them.

use counterpart_catalog::{Catalog, Lang};
use serde_json::{Value, json};

use super::{BaseUrl, Pages};
use crate::search::{Export, ExportedField, IndexFiles, SearchError, Texts, export};

/// The reader's sources, in the order in which they use each other.
const READER: [&str; 18] = [
    include_str!("../../theme/js/search/coder.js"),
    include_str!("../../theme/js/search/decode.js"),
    include_str!("../../theme/js/search/positions.js"),
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
    include_str!("../../theme/js/search/excerpt.js"),
    include_str!("../../theme/js/search/results.js"),
    include_str!("../../theme/js/search/panel.js"),
    include_str!("../../theme/js/search/page.js"),
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
    pages.add("assets/search-reader.js", reader().into_bytes());
    pages.add("assets/search-index.js", call("index", &json!([described(catalog, base, &export)])));
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
        "postings": export.postings,
    })
}

/// The sources in one script, without what only a reader of the sources needs.
fn reader() -> String {
    let mut script = String::from("(function () {\n\"use strict\";\n");
    for line in READER.iter().flat_map(|source| source.lines()).map(str::trim) {
        let comment = ["//", "/**", "* ", "*/"].iter().any(|start| line.starts_with(start));
        if !line.is_empty() && line != "*" && !comment {
            script.push_str(line);
            script.push('\n');
        }
    }
    script.push_str("})();\n");
    script
}
