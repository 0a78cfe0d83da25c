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
    /// Reads the dictionaries and postings of some fields.
    pub(crate) fn read(segment: &SegmentReader, fields: &[Field]) -> tantivy::Result<Self> {
        let mut terms: BTreeMap<String, Vec<Documents>> = BTreeMap::new();
        for (number, &field) in fields.iter().enumerate() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().stream()?;
            while let Some((bytes, info)) = stream.next() {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let term =
                    terms.entry(text).or_insert_with(|| vec![Documents::new(); fields.len()]);
                let mut postings =
                    index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                while postings.doc() != TERMINATED {
                    term[number].insert(postings.doc(), postings.term_freq());
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

/// The terms of a field of whole texts as numbers of 24 bits, by document: what a text hashes to
/// is enough to recognise it.
pub(crate) fn hashed(segment: &SegmentReader, field: Field) -> tantivy::Result<Vec<BTreeSet<u32>>> {
    let mut hashes = vec![BTreeSet::new(); segment.max_doc() as usize];
    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().stream()?;
    while let Some((bytes, info)) = stream.next() {
        let hash = hash(&String::from_utf8_lossy(bytes));
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if let Some(hashes) = hashes.get_mut(postings.doc() as usize) {
                hashes.insert(hash);
            }
            postings.advance();
        }
    }
    Ok(hashes)
}

/// FNV-1a over units of UTF-16, as JavaScript has them; the upper 24 bits.
fn hash(text: &str) -> u32 {
    let add = |hash: u32, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    text.encode_utf16().fold(0x811C_9DC5, add) >> 8
}
