//! Looks words up in the index's dictionaries: as they stand, as beginnings, and with typos.

use std::sync::Arc;

use tantivy::schema::{Field, Term};
use tantivy::{InvertedIndexReader, Searcher};

use crate::analysis;
use crate::schema::{Fields, Searched};

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
    fn form(&self, prose: bool) -> &str {
        if prose { &self.prose } else { &self.code }
    }
}

/// A term of a field that stands for a word.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) term: Term,
    pub(crate) text: String,
    pub(crate) prose: bool,
    /// The field's weight, less for a term that only resembles the word.
    pub(crate) weight: f32,
    /// In how many entries it stands.
    pub(crate) entries: u32,
}

/// The dictionaries of the searched fields.
pub(crate) struct Lookup {
    dictionaries: Vec<(Searched, Arc<InvertedIndexReader>)>,
    phrase: Field,
}

impl Lookup {
    pub(crate) fn new(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let mut dictionaries = Vec::new();
        for segment in searcher.segment_readers() {
            for searched in fields.searched() {
                dictionaries.push((searched, segment.inverted_index(searched.field)?));
            }
        }
        Ok(Self { dictionaries, phrase: fields.phrase })
    }

    /// The term of the entries that have this text as a title, name or symptom.
    pub(crate) fn phrase(&self, text: &str) -> Option<Term> {
        let phrase = analysis::phrase(text);
        (!phrase.is_empty()).then(|| Term::from_field_text(self.phrase, &phrase))
    }

    /// The terms that are this word.
    pub(crate) fn exact(&self, word: &Word) -> tantivy::Result<Vec<Found>> {
        let mut found = Vec::new();
        for (searched, index) in &self.dictionaries {
            let text = word.form(searched.prose);
            let term = Term::from_field_text(searched.field, text);
            let entries = index.doc_freq(&term)?;
            if entries > 0 {
                let (prose, weight) = (searched.prose, searched.weight);
                found.push(Found { term, text: text.to_owned(), prose, weight, entries });
            }
        }
        Ok(found)
    }

    /// The terms that are this word, or else begin with it, or else are it but for typos.
    pub(crate) fn closest(&self, word: &Word) -> tantivy::Result<Vec<Found>> {
        let mut found = self.exact(word)?;
        if found.is_empty() && word.code.chars().count() >= SHORTEST_PREFIX {
            found = self.resembling(word, |form, term| term.starts_with(form).then_some(PREFIX))?;
        }
        if found.is_empty() {
            for typos in 1..=typos_allowed(&word.code) {
                let weight = TYPOS[typos - 1];
                found = self.resembling(word, |form, term| {
                    let near = form.len().abs_diff(term.len()) <= 4 * typos;
                    (near && strsim::osa_distance(form, term) == typos).then_some(weight)
                })?;
                if !found.is_empty() {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// The terms that `weight` accepts, the most common of each field.
    fn resembling(
        &self,
        word: &Word,
        weight: impl Fn(&str, &str) -> Option<f32>,
    ) -> tantivy::Result<Vec<Found>> {
        let mut all = Vec::new();
        for (searched, index) in &self.dictionaries {
            let form = word.form(searched.prose);
            let mut found = Vec::new();
            let mut terms = index.terms().stream()?;
            while let Some((bytes, info)) = terms.next() {
                let Ok(text) = std::str::from_utf8(bytes) else { continue };
                if let Some(factor) = weight(form, text) {
                    found.push(Found {
                        term: Term::from_field_text(searched.field, text),
                        text: text.to_owned(),
                        prose: searched.prose,
                        weight: searched.weight * factor,
                        entries: info.doc_freq,
                    });
                }
            }
            found.sort_by_key(|found| std::cmp::Reverse(found.entries));
            found.truncate(MOST);
            all.extend(found);
        }
        Ok(all)
    }

    /// Names in the index that look most like a word that is not in it, nearest first.
    pub(crate) fn nearest_names(&self, word: &str) -> tantivy::Result<Vec<(f64, String)>> {
        let mut names = Vec::new();
        for (_, index) in self.dictionaries.iter().filter(|(searched, _)| !searched.prose) {
            let mut terms = index.terms().stream()?;
            while let Some((bytes, _)) = terms.next() {
                let Ok(text) = std::str::from_utf8(bytes) else { continue };
                let likeness = strsim::jaro_winkler(word, text);
                if likeness > 0.8 {
                    names.push((likeness, text.to_owned()));
                }
            }
        }
        names.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        names.dedup_by(|a, b| a.1 == b.1);
        Ok(names)
    }
}

/// One in words of four letters or more, two from eight; none in numbers and codes.
fn typos_allowed(word: &str) -> usize {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters < word.chars().filter(|c| c.is_numeric()).count() {
        return 0;
    }
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}
