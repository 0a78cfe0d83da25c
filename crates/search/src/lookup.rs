//! Looks words up in the index's dictionaries: as they stand, as beginnings, and with typos.

use std::sync::{Arc, OnceLock};

use counterpart_catalog::Lang;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED};

use crate::schema::{Fields, Searched};
use crate::{analysis, message};

/// What a term is worth that begins with the word, and with one and two typos in it.
const PREFIX: f32 = 0.8;
const TYPOS: [f32; 2] = [0.5, 0.3];

/// A word is completed only from this many letters on.
const SHORTEST_PREFIX: usize = 3;
/// At most this many terms of a field stand in for a word.
const MOST: usize = 8;

/// A word of a query in the forms that the two kinds of fields store.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) code: String,
    pub(crate) prose: String,
}

impl Word {
    pub(crate) fn form(&self, prose: bool) -> &str {
        if prose { &self.prose } else { &self.code }
    }
}

/// A term of a field that stands for a word.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The number of its field.
    pub(crate) field: usize,
    pub(crate) text: String,
    pub(crate) prose: bool,
    pub(crate) info: TermInfo,
    /// 1, or less for a term that only resembles the word.
    pub(crate) worth: f32,
}

/// A searched field of the index.
pub(crate) struct FieldReader {
    pub(crate) searched: Searched,
    pub(crate) index: Arc<InvertedIndexReader>,
    /// All its terms, in order; read when a word is none of them.
    terms: OnceLock<Vec<Known>>,
}

/// A term of a field.
struct Known {
    text: String,
    length: usize,
    info: TermInfo,
}

/// The searched fields.
pub(crate) struct Lookup {
    fields: Vec<Arc<FieldReader>>,
    /// The field of whole titles, names, symptoms and codes.
    phrases: (Field, Arc<InvertedIndexReader>),
    entries: usize,
}

impl Lookup {
    pub(crate) fn new(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let reader = |searched: Searched| -> tantivy::Result<Arc<FieldReader>> {
            let index = segment.inverted_index(searched.field)?;
            Ok(Arc::new(FieldReader { searched, index, terms: OnceLock::new() }))
        };
        Ok(Self {
            fields: fields.searched().into_iter().map(reader).collect::<Result<_, _>>()?,
            phrases: (fields.phrase, segment.inverted_index(fields.phrase)?),
            entries: segment.max_doc() as usize,
        })
    }

    /// The same without the names of other languages.
    pub(crate) fn only(&self, langs: &[Lang]) -> Self {
        let mut fields = self.fields.clone();
        fields.retain(|field| field.searched.lang.is_none_or(|lang| langs.contains(&lang)));
        Self { fields, phrases: self.phrases.clone(), entries: self.entries }
    }

    /// The entries that have this text as a title, name, symptom or code; of an error, what it
    /// says is enough.
    pub(crate) fn called(&self, text: &str) -> tantivy::Result<Vec<DocId>> {
        let (field, index) = &self.phrases;
        for text in [Some(text), message::without_name(text)].into_iter().flatten() {
            let term = Term::from_field_text(*field, &analysis::phrase(text));
            let mut entries = Vec::new();
            if let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? {
                while postings.doc() != TERMINATED {
                    entries.push(postings.doc());
                    postings.advance();
                }
                return Ok(entries);
            }
        }
        Ok(Vec::new())
    }

    pub(crate) fn entries(&self) -> usize {
        self.entries
    }

    pub(crate) fn field(&self, number: usize) -> &FieldReader {
        &self.fields[number]
    }

    fn fields(&self) -> impl Iterator<Item = (usize, &FieldReader)> {
        self.fields.iter().map(Arc::as_ref).enumerate()
    }

    /// The terms that are this word.
    pub(crate) fn exact(&self, word: &Word) -> tantivy::Result<Vec<Found>> {
        let mut found = Vec::new();
        for (field, FieldReader { searched, index, .. }) in self.fields() {
            let text = word.form(searched.prose);
            let term = Term::from_field_text(searched.field, text);
            if let Some(info) = index.get_term_info(&term)? {
                let prose = searched.prose;
                found.push(Found { field, text: text.to_owned(), prose, info, worth: 1.0 });
            }
        }
        Ok(found)
    }

    /// The terms that begin with this word.
    pub(crate) fn beginning(&self, word: &Word) -> tantivy::Result<Vec<Found>> {
        if word.code.chars().count() < SHORTEST_PREFIX {
            return Ok(Vec::new());
        }
        self.resembling(word, |form, term| {
            (term.text.len() > form.len() && term.text.starts_with(form)).then_some(PREFIX)
        })
    }

    /// The terms that are this word but for as few typos as possible.
    pub(crate) fn misspelt(&self, word: &Word) -> tantivy::Result<Vec<Found>> {
        for typos in 1..=typos_allowed(&word.code) {
            let worth = TYPOS[typos - 1];
            let lengths = [false, true].map(|prose| {
                let length = word.form(prose).chars().count();
                length.saturating_sub(typos)..=length + typos
            });
            let found = self.resembling(word, |form, term| {
                let near = lengths.iter().any(|lengths| lengths.contains(&term.length))
                    && digits(form).eq(digits(&term.text));
                (near && strsim::osa_distance(form, &term.text) == typos).then_some(worth)
            })?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// The terms that `worth` accepts, the most common of each field.
    fn resembling(
        &self,
        word: &Word,
        worth: impl Fn(&str, &Known) -> Option<f32>,
    ) -> tantivy::Result<Vec<Found>> {
        let mut all = Vec::new();
        for (field, reader) in self.fields() {
            let prose = reader.searched.prose;
            let form = word.form(prose);
            let found = |term: &Known| {
                worth(form, term).map(|worth| {
                    let (text, info) = (term.text.clone(), term.info.clone());
                    Found { field, text, prose, info, worth }
                })
            };
            let mut found: Vec<Found> = reader.terms()?.iter().filter_map(found).collect();
            found.sort_by_key(|found| std::cmp::Reverse(found.info.doc_freq));
            found.truncate(MOST);
            all.extend(found);
        }
        Ok(all)
    }

    /// Names in the index that look most like a word that is not in it, nearest first.
    pub(crate) fn nearest_names(&self, word: &str) -> tantivy::Result<Vec<(f64, String)>> {
        let mut names = Vec::new();
        for (_, field) in self.fields().filter(|(_, field)| !field.searched.prose) {
            for Known { text, .. } in field.terms()? {
                let likeness = strsim::jaro_winkler(word, text);
                if likeness > 0.8 {
                    names.push((likeness, text.clone()));
                }
            }
        }
        names.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        names.dedup_by(|a, b| a.1 == b.1);
        Ok(names)
    }
}

impl FieldReader {
    fn terms(&self) -> tantivy::Result<&[Known]> {
        if let Some(terms) = self.terms.get() {
            return Ok(terms);
        }
        let mut terms = Vec::new();
        let mut stream = self.index.terms().stream()?;
        while let Some((bytes, info)) = stream.next() {
            if let Ok(text) = std::str::from_utf8(bytes) {
                let length = text.chars().count();
                terms.push(Known { text: text.to_owned(), length, info: info.clone() });
            }
        }
        Ok(self.terms.get_or_init(|| terms))
    }
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_numeric())
}

/// One in words of four letters or more, two from eight; a digit is no letter.
fn typos_allowed(word: &str) -> usize {
    match word.chars().filter(|c| c.is_alphabetic()).count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}
