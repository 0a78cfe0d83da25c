//! Turns what somebody typed into tantivy queries. Any text is a query: there is no syntax to
//! get wrong.

use std::collections::{HashMap, HashSet};

use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query};

use crate::clause::{Clause, clause, whole};
use crate::identifiers::paths;
use crate::lookup::{Found, Lookup};

/// Words that questions are made of: they count, but an entry need not have them.
const FILLERS: &str = "\
    a about all also although an and any are as at back be because been being but by can could \
    did do does doing everything for from get had has have here how i if in instead into is it \
    its just know like many may me might more most much must my need no not of on or our own \
    please should so some something still such t than that the their them then there these they \
    thing things this to too us use using very want was way we were what when where which while \
    who why will with without would you your";
/// What a filler's match is multiplied by.
const FILLER: f32 = 0.2;

/// Of a pasted message, so many different words are looked up, and the most telling looked for.
const MESSAGE_READ: usize = 1000;
const MESSAGE_WORDS: usize = 24;

/// A query in pieces: wanted words, and words that only add to the score.
#[derive(Default)]
pub(crate) struct Plan {
    wanted: Vec<Box<dyn Query>>,
    /// Wanted words that stand nowhere in the index.
    missing: usize,
    optional: Vec<Box<dyn Query>>,
    /// The terms that were looked for, with how telling they are: 1 for a term of one entry.
    pub(crate) terms: HashMap<(bool, String), f32>,
}

impl Plan {
    /// All words of a short query are wanted.
    pub(crate) fn of_words(lookup: &Lookup, text: &str) -> tantivy::Result<Self> {
        let paths: Vec<&str> = distinct([text]).map(|(_, path)| path).collect();
        let all_fillers = paths.iter().all(|path| is_filler(path));
        let mut plan = Self::default();
        plan.optional.extend(whole(lookup, text));
        for path in paths {
            let filler = is_filler(path) && !all_fillers;
            match clause(lookup, path, !filler)? {
                Some(clause) if filler => {
                    plan.optional.push(Box::new(BoostQuery::new(clause.query, FILLER)));
                }
                Some(clause) => {
                    plan.remember(&clause.found);
                    plan.wanted.push(clause.query);
                }
                None if filler => {}
                None => plan.missing += 1,
            }
        }
        Ok(plan)
    }

    /// Of a pasted message, any of the most telling words; each with what its line is worth.
    pub(crate) fn of_message(lookup: &Lookup, lines: &[(f32, String)]) -> tantivy::Result<Self> {
        let mut clauses: Vec<(u32, f32, Clause)> = Vec::new();
        let words = distinct(lines.iter().map(|(_, line)| line.as_str()));
        for (line, path) in words.filter(|(_, path)| !is_filler(path)).take(MESSAGE_READ) {
            if let Some(clause) = clause(lookup, path, false)? {
                let rarest = clause.found.iter().map(|found| found.entries).min();
                clauses.push((rarest.unwrap_or(u32::MAX), lines[line].0, clause));
            }
        }
        clauses.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut plan = Self::default();
        let errors = lines.iter().filter(|(worth, _)| *worth >= 1.0).take(MESSAGE_WORDS);
        plan.optional.extend(errors.filter_map(|(_, line)| whole(lookup, line)));
        for (_, worth, clause) in clauses.into_iter().take(MESSAGE_WORDS) {
            plan.remember(&clause.found);
            plan.optional.push(Box::new(BoostQuery::new(clause.query, worth)));
        }
        Ok(plan)
    }

    /// The queries to try in turn, strictest first: all wanted words, then fewer, down to half.
    pub(crate) fn queries(&self) -> Vec<BooleanQuery> {
        let any = |queries: &[Box<dyn Query>], least| {
            let queries = queries.iter().map(|query| query.box_clone()).collect();
            BooleanQuery::union_with_minimum_required_clauses(queries, least)
        };
        let wanted = self.wanted.len() + self.missing;
        if wanted == 0 {
            return if self.optional.is_empty() {
                Vec::new()
            } else {
                vec![any(&self.optional, 1)]
            };
        }
        (wanted.div_ceil(2)..=self.wanted.len())
            .rev()
            .map(|least| {
                let wanted: Box<dyn Query> = Box::new(any(&self.wanted, least));
                let optional = self.optional.iter().map(|query| (Occur::Should, query.box_clone()));
                BooleanQuery::new([(Occur::Must, wanted)].into_iter().chain(optional).collect())
            })
            .collect()
    }

    fn remember(&mut self, found: &[Found]) {
        for Found { text, prose, entries, .. } in found {
            #[expect(clippy::cast_precision_loss, reason = "a catalog has thousands of entries")]
            let telling = 1.0 / (*entries).max(1) as f32;
            let known = self.terms.entry((*prose, text.clone())).or_default();
            *known = known.max(telling);
        }
    }
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

fn is_filler(path: &str) -> bool {
    FILLERS.split(' ').any(|filler| path.eq_ignore_ascii_case(filler))
}
