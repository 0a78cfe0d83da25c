//! The golden set: queries, and the entries that they must find.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::search;

const GOLDEN: &str = include_str!("golden.toml");

#[derive(Deserialize)]
struct Golden {
    pasted: Vec<Pasted>,
    #[serde(flatten)]
    entries: BTreeMap<String, Queries>,
}

#[derive(Deserialize)]
struct Queries {
    first: Vec<String>,
    three: Vec<String>,
}

#[derive(Deserialize)]
struct Pasted {
    entry: String,
    text: String,
}

#[test]
fn the_entries_that_people_look_for_come_first() {
    let golden: Golden = toml::from_str(GOLDEN).expect("the golden set is valid TOML");
    let mut queries: Vec<(&str, &str, usize)> = Vec::new();
    for (entry, Queries { first, three }) in &golden.entries {
        queries.extend(first.iter().map(|text| (entry.as_str(), text.as_str(), 1)));
        queries.extend(three.iter().map(|text| (entry.as_str(), text.as_str(), 3)));
    }
    let pasted =
        golden.pasted.iter().map(|pasted| (pasted.entry.as_str(), pasted.text.as_str(), 1));
    queries.extend(pasted);

    let (mut misses, mut reciprocal, mut at_one, mut at_three) = (String::new(), 0.0, 0, 0);
    for &(entry, text, allowed) in &queries {
        let hits = search(text);
        let rank = hits.iter().position(|hit| hit.slug == entry).map(|place| place + 1);
        reciprocal +=
            rank.map_or(0.0, |rank| 1.0 / f64::from(u32::try_from(rank).unwrap_or(u32::MAX)));
        at_one += usize::from(rank == Some(1));
        at_three += usize::from(rank.is_some_and(|rank| rank <= 3));
        if rank.is_none_or(|rank| rank > allowed) {
            let found: Vec<&str> = hits.iter().take(3).map(|hit| hit.slug.as_str()).collect();
            let line = text.trim().lines().next().unwrap_or_default();
            let _ = writeln!(misses, "{line:?}: {entry} is at {rank:?}, first are {found:?}");
        }
    }
    let all = queries.len();
    let mean = reciprocal / f64::from(u32::try_from(all).unwrap_or(u32::MAX));
    println!("{all} queries: MRR {mean:.3}, first {at_one}, first three {at_three}");
    assert!(
        misses.is_empty(),
        "MRR {mean:.3}, first {at_one} of {all}, three {at_three}\n{misses}"
    );
}
