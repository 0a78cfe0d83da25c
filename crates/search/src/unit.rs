//! One word or path of a query: which terms stand for it, and how well entries match it.

use tantivy::tokenizer::Token;

use crate::analysis::{self, tokens};
use crate::lookup::{Found, Lookup, Word};
use crate::score::{Scores, score};
use crate::words::synonyms;

/// What the end of a path is worth, against the whole path.
const SUFFIX: f32 = 0.7;
/// What each of its words is worth where nothing has the path, and where something has.
const WORD: f32 = 0.5;
const WORD_BESIDE_PATH: f32 = 0.2;
/// What a word of the same meaning is worth.
const SYNONYM: f32 = 0.3;

/// What may stand for a word besides the word itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Nothing.
    Exact,
    /// Words of the same meaning; if there are none, words that begin with it; if there are none
    /// of these, words that are it but for typos.
    Near,
}

/// A word or path, looked up.
pub(crate) struct Unit {
    pub(crate) scores: Scores,
    pub(crate) found: Vec<Found>,
}

/// Looks a path up: whole, by suffix, and as words that must all be there.
pub(crate) fn unit(lookup: &Lookup, path: &str, fit: Fit) -> tantivy::Result<Unit> {
    let mut unit = Unit { scores: Scores::none(lookup.entries()), found: Vec::new() };
    let (words, compounds): (Vec<_>, Vec<_>) =
        analyzed(path).partition(|(_, token)| token.position_length == 1);
    let ends = compounds.iter().filter(|(_, token)| token.offset_to == path.len());
    for (compound, token) in ends {
        let worth = if token.position == 0 { 1.0 } else { SUFFIX };
        unit.or(lookup, lookup.exact(compound)?, worth)?;
    }
    if let Some((whole, _)) =
        compounds.first().filter(|_| unit.found.is_empty() && fit == Fit::Near)
    {
        unit.or(lookup, resembling(lookup, whole)?, 1.0)?;
    }
    let worth = match (words.len(), unit.found.is_empty()) {
        (1, true) => 1.0,
        (_, true) => WORD,
        (_, false) => WORD_BESIDE_PATH,
    };
    let mut all: Option<Scores> = None;
    let single = words.len() == 1;
    for (word, _) in &words {
        let found = terms(lookup, word, fit, single)?;
        let mut scores = score(lookup, &found)?;
        scores.scale(worth);
        unit.found.extend(found);
        match &mut all {
            None => all = Some(scores),
            Some(all) => all.and(&scores),
        }
    }
    if let Some(all) = all {
        unit.scores.or(&all);
    }
    Ok(unit)
}

impl Unit {
    fn or(&mut self, lookup: &Lookup, found: Vec<Found>, worth: f32) -> tantivy::Result<()> {
        let mut scores = score(lookup, &found)?;
        scores.scale(worth);
        self.scores.or(&scores);
        self.found.extend(found);
        Ok(())
    }
}

/// The terms that stand for a word.
fn terms(lookup: &Lookup, word: &Word, fit: Fit, alone: bool) -> tantivy::Result<Vec<Found>> {
    let mut found = lookup.exact(word)?;
    if fit == Fit::Exact {
        return Ok(found);
    }
    if alone {
        for synonym in synonyms(&word.prose) {
            for mut other in lookup.exact(synonym)? {
                other.worth = SYNONYM;
                found.push(other);
            }
        }
    }
    if found.is_empty() { resembling(lookup, word) } else { Ok(found) }
}

/// The terms that begin with a word, or else are it but for typos.
fn resembling(lookup: &Lookup, word: &Word) -> tantivy::Result<Vec<Found>> {
    let found = lookup.beginning(word)?;
    if found.is_empty() { lookup.misspelt(word) } else { Ok(found) }
}

/// The tokens of a path in both forms.
pub(crate) fn analyzed(path: &str) -> impl Iterator<Item = (Word, Token)> {
    let code = tokens(&mut analysis::code(), path);
    let prose = tokens(&mut analysis::prose(), path);
    code.into_iter()
        .zip(prose)
        .map(|(token, prose)| (Word { code: token.text.clone(), prose: prose.text }, token))
}
