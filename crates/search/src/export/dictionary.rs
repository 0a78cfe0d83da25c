//! Terms and postings as they stand in the segment.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

/// Where a term stands in a field: documents, each with how often.
pub(crate) type Documents = BTreeMap<u32, u32>;

/// The terms of some fields, each with its documents by field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dictionary {
    pub(crate) fields: usize,
    pub(crate) documents: u32,
    pub(crate) terms: BTreeMap<String, Vec<Documents>>,
}

impl Dictionary {
    /// Reads the dictionaries and postings of some fields;
    /// of how often a word stands in one, as much as counts.
    pub(crate) fn read(segment: &SegmentReader, fields: &[(Field, u32)]) -> tantivy::Result<Self> {
        let mut terms: BTreeMap<String, Vec<Documents>> = BTreeMap::new();
        for (number, &(field, often)) in fields.iter().enumerate() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().stream()?;
            while let Some((bytes, info)) = stream.next() {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let term =
                    terms.entry(text).or_insert_with(|| vec![Documents::new(); fields.len()]);
                let mut postings =
                    index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                while postings.doc() != TERMINATED {
                    term[number].insert(postings.doc(), postings.term_freq().min(often));
                    postings.advance();
                }
            }
        }
        Ok(Self { fields: fields.len(), documents: segment.max_doc(), terms })
    }

    /// The term that a path or name ends with, after its first word: of `time.sleep`, `sleep`.
    pub(crate) fn tail<'a>(&self, text: &'a str) -> Option<&'a str> {
        let at = text.find(['.', '_'])?;
        let tail = text[at..].trim_start_matches(['.', '_']);
        self.terms.contains_key(tail).then_some(tail)
    }
}

/// Documents by the hash of what they are called, 24 bits: enough to recognise a text.
pub(crate) type Called = BTreeMap<u32, BTreeSet<u32>>;

/// What the documents are called, by a field of whole texts.
pub(crate) fn called(segment: &SegmentReader, field: Field) -> tantivy::Result<Called> {
    let mut called = Called::new();
    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().stream()?;
    while let Some((bytes, info)) = stream.next() {
        let documents = called.entry(hash(&String::from_utf8_lossy(bytes))).or_default();
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            documents.insert(postings.doc());
            postings.advance();
        }
    }
    Ok(called)
}

/// FNV-1a over units of UTF-16, as JavaScript has them; the upper 24 bits.
pub(crate) fn hash(text: &str) -> u32 {
    let add = |hash: u32, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    text.encode_utf16().fold(0x811C_9DC5, add) >> 8
}
