//! The golden set: what people type, and the entries that it must find.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use counterpart::embedded;
use counterpart_catalog::{Entry, Meta};
use serde::Deserialize;

use super::{found, typos};

#[derive(Deserialize)]
pub(super) struct Golden {
    pub(super) pasted: Vec<Pasted>,
    #[serde(flatten)]
    pub(super) entries: BTreeMap<String, Queries>,
}

#[derive(Deserialize)]
pub(super) struct Queries {
    pub(super) names: Vec<String>,
    pub(super) questions: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Pasted {
    pub(super) entry: String,
    pub(super) text: String,
}

impl Golden {
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("golden.toml")).expect("the golden set is valid TOML")
    }
}

/// How well a set of queries finds what it should.
#[derive(Default)]
struct Score {
    queries: u32,
    reciprocal_ranks: f64,
    first: u32,
    in_three: u32,
    misses: String,
}

impl Score {
    fn add(&mut self, text: &str, entry: &str) {
        let found = found(text, 5);
        let rank = (1_u32..).zip(&found).find(|(_, slug)| **slug == entry).map(|(rank, _)| rank);
        self.queries += 1;
        self.reciprocal_ranks += rank.map_or(0.0, |rank| 1.0 / f64::from(rank));
        self.first += u32::from(rank == Some(1));
        if rank.is_some_and(|rank| rank <= 3) {
            self.in_three += 1;
            return;
        }
        let found = &found[..found.len().min(3)];
        let line = text.trim().lines().next().unwrap_or_default();
        let _ = writeln!(self.misses, "{line:?}: `{entry}` is at {rank:?}, first are {found:?}");
    }

    /// The mean reciprocal rank, and the shares of queries whose entry is the first, and one of
    /// the first three.
    fn figures(&self) -> [f64; 3] {
        let sums = [self.reciprocal_ranks, self.first.into(), self.in_three.into()];
        sums.map(|sum| sum / f64::from(self.queries))
    }
}

#[test]
fn people_find_what_they_look_for() {
    let golden = Golden::read();
    let [mut names, mut questions, mut typos] = [(); 3].map(|()| Score::default());
    for (entry, queries) in &golden.entries {
        for name in &queries.names {
            names.add(name, entry);
            for typo in &typos::of(name) {
                typos.add(typo, entry);
            }
        }
        queries.questions.iter().for_each(|text| questions.add(text, entry));
    }
    golden.pasted.iter().for_each(|Pasted { entry, text }| names.add(text, entry));

    for (what, score) in [("names", &names), ("questions", &questions), ("typos", &typos)] {
        let [mean_reciprocal_rank, first, in_three] = score.figures();
        println!(
            "{what}: {} queries, MRR {mean_reciprocal_rank:.3}, success@1 {first:.3}, \
             success@3 {in_three:.3}",
            score.queries
        );
        print!("{}", score.misses);
    }
    assert!(names.queries + questions.queries >= 150 && typos.queries >= 100);
    for (score, least_rank, least_in_three) in
        [(&names, 0.9, 1.0), (&questions, 0.9, 0.95), (&typos, 0.9, 0.9)]
    {
        let [mean_reciprocal_rank, _, in_three] = score.figures();
        assert!(mean_reciprocal_rank >= least_rank, "{mean_reciprocal_rank}");
        assert!(in_three >= least_in_three, "{}", score.misses);
    }
}

/// Holds for every entry, also for those that come later.
#[test]
fn an_entry_is_found_by_what_it_is_called() {
    let catalog = embedded::catalog().expect("the catalog is compiled in");
    let codes = |meta: &Meta| -> Vec<String> {
        [&meta.python, &meta.rust].into_iter().chain(&meta.lints).cloned().collect()
    };
    let mut misses = String::new();
    for entry in &catalog.entries {
        let meta = &entry.meta;
        let mut expect = |text: &str, places: usize| {
            let found = found(text, places);
            if !found.contains(&entry.slug.as_str()) {
                let _ = writeln!(misses, "{text:?}: not `{}` but {found:?}", entry.slug);
            }
        };
        for name in [&meta.id, &entry.slug, &meta.title] {
            expect(name, 1);
        }
        for code in codes(meta) {
            let sharing = |other: &&Entry| {
                codes(&other.meta).contains(&code) || other.meta.symptoms.contains(&code)
            };
            expect(&code, catalog.entries.iter().filter(sharing).count());
        }
        let symptoms = meta.symptoms.iter().filter(|symptom| symptom.contains(' '));
        for words in symptoms.chain(&meta.asked) {
            expect(words, 3);
        }
    }
    assert!(misses.is_empty(), "{misses}");
}
