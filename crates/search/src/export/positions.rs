//! Where words stand in texts, for exact phrases. `theme/js/search/positions.js` reads it back.

use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

use super::coder::{Encoder, context};
use super::dictionary::Dictionary;

/// What a number is about.
const FIRST: u32 = 14;
const NEXT: u32 = 15;
const MORE: u32 = 16;

/// Writes the positions of all terms in some fields: by term in the order of UTF-16, which is
/// JavaScript's, then by field and document. A field has a number, and how often a word counts in
/// it.
pub(crate) fn encode(
    segment: &SegmentReader,
    dictionary: &Dictionary,
    fields: &[(u32, Field, u32)],
) -> tantivy::Result<String> {
    let mut encoder = Encoder::new();
    let mut terms: Vec<&String> = dictionary.terms.keys().collect();
    terms.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
    let mut positions = Vec::new();
    for text in terms {
        for &(number, field, counted) in fields {
            let term = Term::from_field_text(field, text);
            let index = segment.inverted_index(field)?;
            let all = IndexRecordOption::WithFreqsAndPositions;
            let Some(mut postings) = index.read_postings(&term, all)? else { continue };
            while postings.doc() != TERMINATED {
                postings.positions(&mut positions);
                let often = postings.term_freq();
                if let Some(more) = often.checked_sub(counted) {
                    encoder.number(more, [context(MORE, &[]); 3]);
                }
                let often = often.min(8);
                let (mut kind, mut next) = (FIRST, 0);
                for &position in &positions {
                    encoder.number(
                        position - next,
                        [
                            context(kind, &[]),
                            context(kind, &[number]),
                            context(kind, &[number, often]),
                        ],
                    );
                    (kind, next) = (NEXT, position + 1);
                }
                postings.advance();
            }
        }
    }
    Ok(encoder.finish())
}
