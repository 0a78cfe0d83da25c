//! How well terms match entries: BM25 for each field, in 32-bit floats.

use tantivy::postings::Postings as _;
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, TERMINATED};

use crate::lookup::{FieldReader, Found, Lookup};

/// How much the fields after the best one add.
const OTHER_FIELDS: f32 = 0.2;
/// The length of every field, and its average: lengths do not count. Entries are about as long as
/// each other, and a long list of names says as much about each of them as a short one.
const LENGTH: f32 = 1.0;
const LENGTH_ID: u8 = 1;

/// The score of each entry, in the order of documents; 0 where there is no match.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scores(pub(crate) Vec<f32>);

impl Scores {
    pub(crate) fn none(entries: usize) -> Self {
        Self(vec![0.0; entries])
    }

    /// In how many entries there is a match.
    pub(crate) fn matches(&self) -> usize {
        self.0.iter().filter(|score| **score > 0.0).count()
    }

    pub(crate) fn scale(&mut self, factor: f32) {
        self.0.iter_mut().for_each(|score| *score *= factor);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(score, other)| *score += other);
    }

    /// The better of both.
    pub(crate) fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(score, other)| *score = score.max(*other));
    }

    /// The sum where both match.
    pub(crate) fn and(&mut self, other: &Self) {
        for (score, other) in self.0.iter_mut().zip(&other.0) {
            *score = if *score > 0.0 && *other > 0.0 { *score + other } else { 0.0 };
        }
    }

    /// Counts one word more for each entry that has it.
    pub(crate) fn count(&self, has: &mut [usize]) {
        has.iter_mut().zip(&self.0).for_each(|(has, score)| *has += usize::from(*score > 0.0));
    }

    /// Multiplies by the root of the share of the wanted words that an entry has; less than half,
    /// in a question less than a third, is no match. Unless it is a question, an entry that has all
    /// words leaves no others.
    #[expect(clippy::cast_precision_loss, reason = "no query has so many words")]
    pub(crate) fn share(&mut self, has: &[usize], wanted: usize, question: bool) {
        let least = match question {
            true => wanted.div_ceil(3),
            false if has.contains(&wanted) => wanted,
            false => wanted.div_ceil(2),
        };
        for (score, has) in self.0.iter_mut().zip(has) {
            let share = if *has < least { 0.0 } else { *has as f32 / wanted.max(1) as f32 };
            *score *= if wanted == 0 { 1.0 } else { share.sqrt() };
        }
    }

    /// Keeps the matches that `keep` has too.
    pub(crate) fn only(&mut self, keep: &[bool]) {
        for (score, keep) in self.0.iter_mut().zip(keep) {
            if !keep {
                *score = 0.0;
            }
        }
    }
}

/// The score of a word: of its terms in all fields, the best, and a little of the others.
pub(crate) fn score(lookup: &Lookup, found: &[Found]) -> tantivy::Result<Scores> {
    let entries = lookup.entries();
    let (mut best, mut sum) = (Scores::none(entries), Scores::none(entries));
    for Found { field, info, worth, .. } in found {
        let FieldReader { index, searched, .. } = lookup.field(*field);
        let rarity =
            Bm25Weight::for_one_term_without_explain(info.doc_freq.into(), entries as u64, LENGTH);
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        while postings.doc() != TERMINATED {
            let often = postings.term_freq().min(searched.often);
            let score = rarity.score(LENGTH_ID, often) * (searched.boost * worth);
            let at = postings.doc() as usize;
            if let (Some(best), Some(sum)) = (best.0.get_mut(at), sum.0.get_mut(at)) {
                *best = best.max(score);
                *sum += score;
            }
            postings.advance();
        }
    }
    for (best, sum) in best.0.iter_mut().zip(sum.0) {
        *best += OTHER_FIELDS * (sum - *best);
    }
    Ok(best)
}
