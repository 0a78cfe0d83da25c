//! The query for one word or path of a text.

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::Token;

use crate::analysis::{self, tokens};
use crate::lookup::{Found, Lookup, Word};

/// What the end of a path is worth, against the whole path.
const SUFFIX: f32 = 0.7;
/// What each of its words is worth where nothing has the path, and where something has.
const WORD: f32 = 0.5;
const WORD_BESIDE_PATH: f32 = 0.2;

/// What it adds when somebody types a whole title, name or symptom.
const PHRASE: f32 = 8.0;

/// How much the second-best field of a word adds.
const TIE_BREAKER: f32 = 0.2;

/// A path, looked up.
pub(crate) struct Clause {
    pub(crate) query: Box<dyn Query>,
    pub(crate) found: Vec<Found>,
}

/// Looks a path up: whole, by suffix, and as words that must all be there.
pub(crate) fn clause(lookup: &Lookup, path: &str, typos: bool) -> tantivy::Result<Option<Clause>> {
    let mut words = Vec::new();
    let mut alternatives: Vec<Box<dyn Query>> = Vec::new();
    let mut all = Vec::new();
    for (word, token) in analyzed(path) {
        if token.position_length == 1 {
            words.push(word);
            continue;
        }
        let found = lookup.exact(&word)?;
        if token.offset_to == path.len() && !found.is_empty() {
            let worth = if token.position == 0 { 1.0 } else { SUFFIX };
            alternatives.push(any_of(&found, worth));
            all.extend(found);
        }
    }
    let worth = match (words.len(), alternatives.is_empty()) {
        (1, true) => 1.0,
        (_, true) => WORD,
        (_, false) => WORD_BESIDE_PATH,
    };
    let mut each: Vec<Box<dyn Query>> = Vec::new();
    for word in &words {
        let found = if typos { lookup.closest(word)? } else { lookup.exact(word)? };
        if !found.is_empty() {
            each.push(any_of(&found, worth));
            all.extend(found);
        }
    }
    if each.len() == words.len() && !each.is_empty() {
        alternatives.push(match each.pop() {
            Some(only) if each.is_empty() => only,
            last => Box::new(BooleanQuery::intersection(each.into_iter().chain(last).collect())),
        });
    }
    if alternatives.is_empty() {
        return Ok(None);
    }
    let query = Box::new(DisjunctionMaxQuery::with_tie_breaker(alternatives, TIE_BREAKER));
    Ok(Some(Clause { query, found: all }))
}

/// The tokens of a path in both forms.
pub(crate) fn analyzed(path: &str) -> impl Iterator<Item = (Word, Token)> {
    let code = tokens(&mut analysis::code(), path);
    let prose = tokens(&mut analysis::prose(), path);
    code.into_iter()
        .zip(prose)
        .map(|(token, prose)| (Word { code: token.text.clone(), prose: prose.text }, token))
}

/// The entries that have a text as a title, name or symptom.
pub(crate) fn whole(lookup: &Lookup, text: &str) -> Option<Box<dyn Query>> {
    let query = TermQuery::new(lookup.phrase(text)?, IndexRecordOption::Basic);
    Some(Box::new(ConstScoreQuery::new(Box::new(query), PHRASE)))
}

/// The best of the found terms, and a little of the others.
fn any_of(found: &[Found], worth: f32) -> Box<dyn Query> {
    let terms = found.iter().map(|found| -> Box<dyn Query> {
        let term = TermQuery::new(found.term.clone(), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(term), found.weight * worth))
    });
    Box::new(DisjunctionMaxQuery::with_tie_breaker(terms.collect(), TIE_BREAKER))
}
