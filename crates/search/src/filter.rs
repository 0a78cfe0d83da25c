//! Which entries may be shown: filters, exact phrases, and what must not be there.

use tantivy::Searcher;
use tantivy::collector::DocSetCollector;
use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use crate::grammar::{Item, Key, Kind};
use crate::lookup::Lookup;
use crate::schema::{Fields, Searched};
use crate::unit::{Fit, analyzed, unit};

/// The entries that all filters, phrases and exclusions of a query admit.
pub(crate) fn admitted(
    searcher: &Searcher,
    fields: &Fields,
    lookup: &Lookup,
    items: &[Item<'_>],
) -> tantivy::Result<Vec<bool>> {
    let mut admitted = vec![true; lookup.entries()];
    for Item { excluded, kind } in items {
        let has = match *kind {
            Kind::Word(_) if !excluded => continue,
            Kind::Word(word) => {
                let scores = unit(lookup, word, Fit::Exact)?.scores;
                scores.0.into_iter().map(|score| score > 0.0).collect()
            }
            Kind::Phrase(phrase) => with_phrase(searcher, &fields.texts(), phrase)?,
            Kind::Filter(Key::Lang, _) => continue,
            Kind::Filter(Key::Lint, code) => with_phrase(searcher, &[fields.codes()], code)?,
            Kind::Filter(Key::Category, name) => with_name(searcher, fields.category, name)?,
            Kind::Filter(Key::Tag, name) => with_name(searcher, fields.tag, name)?,
            Kind::Filter(Key::Level, name) => with_name(searcher, fields.level, name)?,
        };
        for (admitted, has) in admitted.iter_mut().zip(has) {
            *admitted &= has != *excluded;
        }
    }
    Ok(admitted)
}

fn with_name(searcher: &Searcher, field: Field, name: &str) -> tantivy::Result<Vec<bool>> {
    let term = Term::from_field_text(field, &name.to_lowercase());
    matching(searcher, &[Box::new(TermQuery::new(term, IndexRecordOption::Basic))])
}

/// The entries with these words, one after the other, in a text of one of the fields.
fn with_phrase(
    searcher: &Searcher,
    fields: &[Searched],
    phrase: &str,
) -> tantivy::Result<Vec<bool>> {
    let words: Vec<_> = analyzed(phrase).filter(|(_, token)| token.position_length == 1).collect();
    let queries: Vec<Box<dyn Query>> = fields
        .iter()
        .filter_map(|searched| -> Option<Box<dyn Query>> {
            let terms: Vec<Term> = words
                .iter()
                .map(|(word, _)| Term::from_field_text(searched.field, word.form(searched.prose)))
                .collect();
            Some(match terms.as_slice() {
                [] => return None,
                [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::Basic)),
                _ => Box::new(PhraseQuery::new(terms)),
            })
        })
        .collect();
    matching(searcher, &queries)
}

fn matching(searcher: &Searcher, queries: &[Box<dyn Query>]) -> tantivy::Result<Vec<bool>> {
    let entries = usize::try_from(searcher.num_docs()).unwrap_or_default();
    let mut matching = vec![false; entries];
    for query in queries {
        for address in searcher.search(query, &DocSetCollector)? {
            if let Some(matching) = matching.get_mut(address.doc_id as usize) {
                *matching = true;
            }
        }
    }
    Ok(matching)
}
