//! Ranks the entries for what was typed.

use std::collections::{HashMap, HashSet};

use crate::grammar::{Item, Kind};
use crate::identifiers::paths;
use crate::lookup::{Found, Lookup};
use crate::score::Scores;
use crate::unit::{Fit, Unit, unit};
use crate::words::is_filler;

/// What a filler's match is multiplied by.
const FILLER: f32 = 0.2;
/// So many words without a filler are all wanted; more are a question.
const FEW_WORDS: usize = 3;
/// What it adds when somebody types a whole title, name, symptom or code.
const CALLED: f32 = 20.0;

/// Of a pasted message, so many different words are looked up, and the most telling looked for.
const MESSAGE_READ: usize = 1000;
const MESSAGE_WORDS: usize = 24;

/// Terms, with how telling they are: 1 for a term of one entry. True for stems.
pub(crate) type Terms = HashMap<(bool, String), f32>;

/// The entries that match, and why.
pub(crate) struct Ranking {
    pub(crate) scores: Scores,
    /// What was looked for.
    pub(crate) terms: Terms,
}

impl Ranking {
    pub(crate) fn none(lookup: &Lookup) -> Self {
        Self { scores: Scores::none(lookup.entries()), terms: HashMap::new() }
    }

    /// Ranks by words and phrases.
    ///
    /// A few words are all wanted: entries that lack one are shown only if none has all. A
    /// question, which has fillers or many words, gets entries with more of its words first.
    pub(crate) fn by_words(lookup: &Lookup, items: &[Item<'_>]) -> tantivy::Result<Self> {
        let mut ranking = Self::none(lookup);
        if items.is_empty() {
            return Ok(ranking);
        }
        let [words, phrases] = [word, phrase].map(|text| -> Vec<&str> {
            items.iter().filter(|item| !item.excluded).filter_map(text).collect()
        });
        if words.is_empty() && phrases.is_empty() {
            ranking.scores = Scores(vec![1.0; lookup.entries()]);
            return Ok(ranking);
        }
        let wanted: Vec<&str> = distinct(words.iter().copied()).map(|(_, path)| path).collect();
        let telling = wanted.iter().filter(|path| !is_filler(path)).count();
        let only_fillers = telling == 0 && phrases.is_empty();
        let question = !only_fillers && (telling < wanted.len() || telling > FEW_WORDS);
        let mut has = vec![0_usize; lookup.entries()];
        for path in &wanted {
            let filler = is_filler(path) && !only_fillers;
            let mut unit = unit(lookup, path, if filler { Fit::Exact } else { Fit::Near })?;
            if filler {
                unit.scores.scale(FILLER);
            } else {
                ranking.remember(&unit.found);
                unit.scores.count(&mut has);
            }
            ranking.scores.add(&unit.scores);
        }
        let wanted = if only_fillers { wanted.len() } else { telling };
        ranking.scores.share(&has, wanted, question);
        for (_, path) in distinct(phrases.iter().copied()) {
            let unit = unit(lookup, path, Fit::Exact)?;
            ranking.remember(&unit.found);
            ranking.scores.add(&unit.scores);
        }
        ranking.called(lookup, &[words, phrases].concat().join(" "))?;
        Ok(ranking)
    }

    /// Prefers the entries that have a text as a title, name, symptom or code.
    fn called(&mut self, lookup: &Lookup, text: &str) -> tantivy::Result<()> {
        for entry in lookup.called(text)? {
            if let Some(score) = self.scores.0.get_mut(entry as usize) {
                *score += CALLED;
            }
        }
        Ok(())
    }

    /// Ranks by any of the most telling words of a pasted message, each with what its line is
    /// worth.
    pub(crate) fn by_message(lookup: &Lookup, lines: &[(f32, String)]) -> tantivy::Result<Self> {
        let mut units: Vec<(usize, f32, Unit)> = Vec::new();
        let words = distinct(lines.iter().map(|(_, line)| line.as_str()));
        for (line, path) in words.filter(|(_, path)| !is_filler(path)).take(MESSAGE_READ) {
            let unit = unit(lookup, path, Fit::Exact)?;
            let matches = unit.scores.matches();
            if matches > 0 {
                units.push((matches, lines[line].0, unit));
            }
        }
        units.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut ranking = Self::none(lookup);
        for (_, line) in lines.iter().filter(|(worth, _)| *worth >= 1.0).take(MESSAGE_WORDS) {
            ranking.called(lookup, line)?;
        }
        for (_, worth, mut unit) in units.into_iter().take(MESSAGE_WORDS) {
            ranking.remember(&unit.found);
            unit.scores.scale(worth);
            ranking.scores.add(&unit.scores);
        }
        Ok(ranking)
    }

    fn remember(&mut self, found: &[Found]) {
        for Found { text, prose, info, .. } in found {
            #[expect(clippy::cast_precision_loss, reason = "a catalog has thousands of entries")]
            let telling = 1.0 / info.doc_freq.max(1) as f32;
            let known = self.terms.entry((*prose, text.clone())).or_default();
            *known = known.max(telling);
        }
    }
}

fn word<'a>(item: &Item<'a>) -> Option<&'a str> {
    if let Kind::Word(word) = item.kind { Some(word) } else { None }
}

fn phrase<'a>(item: &Item<'a>) -> Option<&'a str> {
    if let Kind::Phrase(phrase) = item.kind { Some(phrase) } else { None }
}

/// The different words and paths of some lines, in order, each with the number of its line.
pub(crate) fn distinct<'a>(
    lines: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let mut seen = HashSet::new();
    lines
        .into_iter()
        .enumerate()
        .flat_map(|(number, line)| paths(line).map(move |range| (number, &line[range])))
        .filter(move |(_, path)| path.contains(char::is_alphanumeric) && seen.insert(*path))
}
