//! What the page needs to rank as the engine does: the terms, postings and positions of the
//! segment, in a compact form. Nothing is cut into terms again.

mod coder;
mod dictionary;
mod model;
mod positions;

use counterpart_catalog::Lang;
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, Index, ReloadPolicy, TantivyDocument};

use self::dictionary::Dictionary;
use crate::analysis::phrase;
use crate::schema::Fields;
use crate::words::{FILLERS, SYNONYMS};
use crate::{IndexFiles, SearchError};

/// An index, as the page reads it.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The entries' texts, in the order of documents.
    pub texts: Vec<Texts>,
    /// The exported fields.
    pub fields: Vec<ExportedField>,
    /// Words that say little.
    pub fillers: &'static str,
    /// Words that mean the same, a line for each meaning.
    pub synonyms: &'static str,
    /// The letters of the terms.
    pub alphabet: String,
    /// What entries are called, terms and postings.
    pub postings: String,
    /// Where the terms stand in texts.
    pub positions: String,
}

/// The texts of an entry that excerpts come from, in the order of preference.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The entry's id.
    pub id: String,
    /// In English.
    pub said: Vec<String>,
    /// Lines of the displayed code.
    pub code: Vec<String>,
    /// What programs and compilers print.
    pub printed: Vec<String>,
}

/// A field of the index.
#[derive(Clone, Debug)]
pub struct ExportedField {
    /// Its name in the schema.
    pub name: String,
    /// English: its terms are stems.
    pub prose: bool,
    /// What the score of a match in it is multiplied by; 0 if words are not looked up in it.
    pub boost: f32,
    /// A word counts at most so often in it.
    pub often: u32,
    /// The language whose names it holds.
    pub lang: Option<Lang>,
    /// Phrases are looked up in it.
    pub text: bool,
}

/// Exports an index.
///
/// # Errors
/// When the index is damaged, or not one of ours.
pub fn export(files: IndexFiles) -> Result<Export, SearchError> {
    let index = Index::open(files)?;
    let schema = index.schema();
    let fields = Fields::of(&schema)?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    let [segment] = searcher.segment_readers() else { return Ok(Export::default()) };
    let described = described(&fields);
    let numbers: Vec<(Field, u32)> =
        described.iter().map(|(field, of)| (*field, of.often)).collect();
    let dictionary = Dictionary::read(segment, &numbers)?;
    let mut exported = Vec::new();
    for (field, mut of) in described {
        schema.get_field_name(field).clone_into(&mut of.name);
        exported.push(of);
    }
    let texts: Vec<(u32, Field, u32)> = (0..)
        .zip(&numbers)
        .zip(&exported)
        .filter(|(_, of)| of.text)
        .map(|((number, (field, often)), _)| (number, *field, *often))
        .collect();
    let positions = positions::encode(segment, &dictionary, &texts)?;
    let mut called = dictionary::called(segment, fields.phrase)?;
    let mut texts = Vec::new();
    for document in 0..segment.max_doc() {
        let stored = searcher.doc(DocAddress::new(0, document))?;
        // What a result shows need not be said twice.
        for name in shown(&fields, &stored) {
            if let Some(documents) = called.get_mut(&dictionary::hash(&phrase(&name))) {
                documents.remove(&document);
            }
        }
        texts.push(texts_of(&fields, &stored));
    }
    called.retain(|_, documents| !documents.is_empty());
    let (alphabet, postings) = model::encode(&dictionary, &called);
    Ok(Export {
        texts,
        fields: exported,
        fillers: FILLERS,
        synonyms: SYNONYMS,
        alphabet,
        postings,
        positions,
    })
}

/// The fields that words are looked up in, and those that filters look at.
fn described(fields: &Fields) -> Vec<(Field, ExportedField)> {
    let texts: Vec<Field> = fields.texts().iter().map(|searched| searched.field).collect();
    let searched = fields.searched().into_iter();
    let searched = searched.map(|of| (of.field, of.prose, of.boost, of.often, of.lang));
    let filters = [fields.category, fields.tag, fields.level];
    let filters = filters.map(|field| (field, false, 0.0, 1, None));
    let all = searched.chain(filters).map(|(field, prose, boost, often, lang)| {
        let text = texts.contains(&field);
        (field, ExportedField { name: String::new(), prose, boost, often, lang, text })
    });
    all.collect()
}

/// What an entry is called in the list of results: its id, slug, title, and the names of the idiom.
fn shown(fields: &Fields, document: &TantivyDocument) -> Vec<String> {
    let [python, rust] = fields.names;
    let shown = [fields.id, fields.slug, fields.title, python, rust];
    shown.into_iter().flat_map(|field| values(document, field)).collect()
}

fn values(document: &TantivyDocument, field: Field) -> Vec<String> {
    let values = document.get_all(field).filter_map(|value| value.as_str());
    values.map(str::to_owned).collect()
}

fn texts_of(fields: &Fields, document: &TantivyDocument) -> Texts {
    // A code alone says no more than the query did.
    let all = |field: Field| {
        let texts = values(document, field).into_iter();
        texts.filter(|text| text.contains(' ')).collect::<Vec<_>>()
    };
    Texts {
        id: values(document, fields.id).concat(),
        said: [fields.summary, fields.prose, fields.symptoms].into_iter().flat_map(all).collect(),
        code: all(fields.code),
        printed: all(fields.output),
    }
}
