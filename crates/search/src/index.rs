//! Builds the index: one segment, made by one thread, with the same bytes for the same catalog.

use std::collections::BTreeSet;

use counterpart_catalog::{Block, Catalog, Code, Entry, Lang};
use tantivy::directory::RamDirectory;
use tantivy::schema::Field;
use tantivy::{Directory as _, Index, TantivyDocument};

use crate::directory::META;
use crate::schema::{Fields, schema};
use crate::{IndexFiles, analysis, api, message, plain};

/// What the files of the segment are called, in place of tantivy's random name.
const SEGMENT: &str = "00000000000000000000000000000000";

/// Bytes that tantivy's tables start with; they grow.
const MEMORY: usize = 15 << 20;

/// The index of a catalog.
///
/// # Errors
/// When tantivy cannot write it, which in memory means a fault of this crate.
pub fn build(catalog: &Catalog) -> tantivy::Result<IndexFiles> {
    let schema = schema();
    let fields = Fields::of(&schema)?;
    let directory = RamDirectory::create();
    let mut writer = Index::builder()
        .schema(schema)
        .tokenizers(analysis::tokenizers())
        .single_segment_index_writer(directory.clone(), MEMORY)?;
    // The order of documents breaks ties.
    let mut entries: Vec<&Entry> = catalog.entries.iter().collect();
    entries.sort_by_key(|entry| &entry.meta.id);
    for entry in entries {
        writer.add_document(document(&fields, catalog, entry))?;
    }
    let index: Index = writer.finalize()?;
    files(&index, &directory)
}

/// The files of an index under names that do not depend on chance.
fn files(index: &Index, directory: &RamDirectory) -> tantivy::Result<IndexFiles> {
    let mut meta = String::from_utf8_lossy(&directory.atomic_read(META.as_ref())?).into_owned();
    let mut files = Vec::new();
    for segment in index.searchable_segment_ids()? {
        let name = segment.uuid_string();
        meta = with_name(&meta, &name);
        for path in index.directory().list_managed_files() {
            let file = path.to_string_lossy();
            if file.starts_with(&name) {
                let bytes = directory.open_read(&path)?.read_bytes()?;
                files.push((file.replace(&name, SEGMENT), bytes.to_vec()));
            }
        }
    }
    files.push((META.to_owned(), meta.into_bytes()));
    Ok(files.into_iter().collect())
}

/// The list of segments with our name; tantivy writes the random one with hyphens in it.
fn with_name(meta: &str, name: &str) -> String {
    let hyphenated = |name: &str| {
        let groups = [&name[..8], &name[8..12], &name[12..16], &name[16..20], &name[20..]];
        groups.join("-")
    };
    meta.replace(&hyphenated(name), &hyphenated(SEGMENT))
}

fn document(fields: &Fields, catalog: &Catalog, entry: &Entry) -> TantivyDocument {
    let meta = &entry.meta;
    let mut document = TantivyDocument::new();
    let mut add = |field: Field, text: &str| document.add_text(field, text);
    add(fields.id, &meta.id);
    add(fields.slug, &entry.slug);
    add(fields.category, &entry.category);
    for tag in &meta.tags {
        add(fields.tag, tag);
        add(fields.topics, tag);
    }
    add(fields.level, meta.level.as_str());
    add(fields.topics, meta.level.as_str());
    if let Some(category) = catalog.category(&entry.category) {
        add(fields.topics, &category.title);
    }
    for key in [&meta.id, &entry.slug].into_iter().chain(&meta.aliases) {
        add(fields.keys, key);
    }
    let keys = [&meta.id, &entry.slug].into_iter().chain(&meta.aliases);
    let names = [&meta.title, &meta.python, &meta.rust].into_iter();
    let said = meta.symptoms.iter().filter_map(|symptom| message::without_name(symptom));
    let symptoms = meta.symptoms.iter().map(String::as_str).chain(said);
    for phrase in keys.chain(names).map(String::as_str).chain(symptoms) {
        add(fields.phrase, &analysis::phrase(phrase));
    }
    for name in codes(catalog, entry) {
        add(fields.phrase, &analysis::phrase(name));
    }
    add(fields.title, &meta.title);
    for (lang, name) in [(Lang::Python, &meta.python), (Lang::Rust, &meta.rust)] {
        add(fields.names[lang as usize], name);
    }
    for symptom in &meta.symptoms {
        add(fields.symptoms, symptom);
    }
    for words in &meta.asked {
        add(fields.asked, words);
    }
    // By their words only those that the entry chose: the names of all others are many, and full
    // of words such as `async` and `await`.
    for lint in meta.lints.iter().filter(|lint| !lint.contains(' ')) {
        add(fields.lints, lint);
    }
    for lang in Lang::BOTH {
        for name in api::names(entry, lang) {
            add(fields.api[lang as usize], &name);
        }
    }
    add(fields.summary, &meta.summary);
    for paragraph in plain::paragraphs(&meta.review) {
        add(fields.summary, &paragraph);
    }
    for paragraph in prose(entry) {
        add(fields.prose, &paragraph);
    }
    for text in output(entry) {
        add(fields.output, text);
    }
    for lang in Lang::BOTH {
        for line in entry.program(lang).regions.iter().flat_map(|region| region.text.lines()) {
            if !line.trim().is_empty() {
                add(fields.code, line.trim());
            }
        }
    }
    document
}

/// The codes of other tools that lead to the entry, and the names of the rules.
fn codes<'a>(catalog: &'a Catalog, entry: &'a Entry) -> BTreeSet<&'a str> {
    let leads = |code: &&Code| code.entries().iter().any(|to| to.id == entry.slug);
    let codes = catalog.codes.iter().filter(leads);
    let names = codes.flat_map(|code| [Some(code.code.as_str()), code.name.as_deref()]).flatten();
    names.chain(entry.meta.lints.iter().map(String::as_str)).collect()
}

/// What the page says, in reading order.
fn prose(entry: &Entry) -> Vec<String> {
    let mut paragraphs = Vec::new();
    for section in &entry.sections {
        for block in &section.blocks {
            if let Block::Markdown(text) = block {
                paragraphs.extend(plain::paragraphs(text));
            }
        }
    }
    paragraphs
}

/// What compilers say about the mistakes.
fn output(entry: &Entry) -> impl Iterator<Item = &str> {
    let lines = entry.mistakes.iter().flat_map(|mistake| mistake.stderr.lines());
    lines.map(str::trim).filter(|line| message::says(line) && !line.is_empty())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use counterpart_catalog::{Catalog, Tree, check};

    use super::build;
    use crate::{Engine, Request};

    fn fixture() -> Catalog {
        let patterns = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/valid");
        check(&Tree::read(&patterns).expect("the fixture is there")).0
    }

    #[test]
    fn the_same_entries_give_the_same_bytes_in_any_order() {
        let mut catalog = fixture();
        assert!(catalog.entries.len() > 1);
        let one = build(&catalog).expect("it builds");
        catalog.entries.reverse();
        let other = build(&catalog).expect("it builds");
        let names: Vec<&str> = one.iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"meta.json") && names.len() > 5, "{names:?}");
        for ((name, one), (_, other)) in one.iter().zip(other.iter()) {
            assert!(one == other, "`{name}` differs");
        }
    }

    #[test]
    fn an_empty_catalog_has_an_index_too() {
        let index = build(&Catalog::default()).expect("it builds");
        let engine = Engine::open(index).expect("it opens");
        let request = Request { text: "await gather", limit: 3, ..Request::default() };
        assert_eq!(engine.search(&request).expect("it searches"), []);
    }
}
