//! Writes a dictionary, so that what is known of a term makes the rest of it cheap.
//! `theme/js/search/decode.js` reads it back in the same steps.
//!
//! A term that is a path or a name of several words (`time.sleep`) follows the term that it ends
//! with (`sleep`): only its beginning is written, and which of the other's places are also its.

use std::collections::{BTreeMap, BTreeSet};

use super::coder::{Contexts, Encoder, context};
use super::dictionary::{Called, Dictionary, Documents};

/// What a bit or number is about.
mod kind {
    pub(super) const CALLED: u32 = 1;
    pub(super) const ROOTS: u32 = 2;
    pub(super) const SHARED: u32 = 3;
    pub(super) const LETTER: u32 = 4;
    pub(super) const FIELD: u32 = 5;
    pub(super) const DOCUMENTS: u32 = 6;
    pub(super) const GAP: u32 = 7;
    pub(super) const THERE: u32 = 8;
    pub(super) const FREQUENCY: u32 = 9;
    pub(super) const LONGER: u32 = 10;
    pub(super) const INSIDE: u32 = 11;
    pub(super) const ALSO: u32 = 12;
    pub(super) const LESS: u32 = 13;
    pub(super) const CHANCE: u32 = 17;
}

/// Writes what entries are called, and the terms of a dictionary; gives the alphabet of the terms
/// and what was written.
pub(crate) fn encode(dictionary: &Dictionary, called: &Called) -> (String, String) {
    let letters: BTreeSet<char> = dictionary.terms.keys().flat_map(|term| term.chars()).collect();
    let alphabet: Vec<char> = letters.into_iter().collect();
    let mut longer: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut roots = Vec::new();
    for term in dictionary.terms.keys() {
        match dictionary.tail(term) {
            Some(tail) => longer.entry(tail).or_default().push(term),
            None => roots.push(term.as_str()),
        }
    }
    let mut model = Model { encoder: Encoder::new(), dictionary, alphabet, longer };
    model.called(called);
    model.encoder.number(small(roots.len()), known(kind::ROOTS, [&[], &[], &[]]));
    let mut before = "";
    for root in roots {
        let shared = root.chars().zip(before.chars()).take_while(|(a, b)| a == b).count();
        model.encoder.number(small(shared), known(kind::SHARED, [&[], &[], &[]]));
        model.letters(root, shared);
        model.documents(root);
        model.longer(root);
        before = root;
    }
    (model.alphabet.iter().collect(), model.encoder.finish())
}

struct Model<'a> {
    encoder: Encoder,
    dictionary: &'a Dictionary,
    alphabet: Vec<char>,
    longer: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Model<'a> {
    /// Writes the hashes of what entries are called, each with its entries.
    fn called(&mut self, called: &Called) {
        let list = |what: u32| known(kind::CALLED, [&[], &[what], &[what]]);
        self.encoder.number(small(called.len()), list(0));
        let mut next = 0;
        for (left, (hash, entries)) in (0..small(called.len())).rev().zip(called) {
            let gap = hash - next + 1;
            self.encoder.number(gap.ilog2(), list(1));
            // Chance has no context.
            self.encoder.bits(gap, gap.ilog2(), known(kind::CHANCE, [&[left], &[left], &[left]]));
            next = hash + 1;
            self.encoder.number(small(entries.len()) - 1, list(2));
            let mut next = 0;
            for entry in entries {
                self.encoder.number(entry - next, list(3));
                next = entry + 1;
            }
        }
    }

    /// Writes the letters of a text after the first few, and its end.
    fn letters(&mut self, text: &str, skipped: usize) {
        let bits = u32::BITS - small(self.alphabet.len()).leading_zeros();
        let [mut a, mut b, mut c] = [0; 3];
        let numbers = text.chars().map(|char| small(self.alphabet.partition_point(|a| *a <= char)));
        for (at, number) in numbers.chain([0]).enumerate() {
            if at >= skipped {
                let known = known(kind::LETTER, [&[a], &[a, b], &[a, b, c]]);
                self.encoder.bits(number, bits, known);
            }
            [a, b, c] = [number, a, b];
        }
    }

    /// Writes the terms that end with a term.
    fn longer(&mut self, term: &'a str) {
        let longer = self.longer.remove(term).unwrap_or_default();
        let form = form(term);
        self.encoder.number(small(longer.len()), known(kind::LONGER, [&[], &[form], &[form]]));
        for other in longer {
            self.letters(&other[..other.len() - term.len()], 0);
            self.documents_within(other, term);
            self.longer(other);
        }
    }

    /// Writes where a term stands, as a choice of the places of the term that it ends with.
    fn documents_within(&mut self, term: &str, tail: &str) {
        let [own, all] = [term, tail].map(|term| &self.dictionary.terms[term]);
        let inside = own.iter().zip(all).all(|(own, all)| {
            own.iter().all(|(document, often)| all.get(document).is_some_and(|all| often <= all))
        });
        self.encoder.bit(inside, known(kind::INSIDE, [&[], &[], &[]]));
        if !inside {
            return self.documents(term);
        }
        let places = small(all.iter().map(Documents::len).sum());
        let mut found = 0;
        for (document, field, most) in in_order(all) {
            let also = own[field].get(&document);
            let (number, few) = (small(field), most.min(3));
            let so_far = found.min(2);
            self.encoder.bit(
                also.is_some(),
                known(
                    kind::ALSO,
                    [&[number], &[places.min(12), so_far], &[number, few, places.min(6), so_far]],
                ),
            );
            let Some(often) = also else { continue };
            found += 1;
            if most > 1 {
                let few = most.min(4);
                self.encoder.number(most - often, known(kind::LESS, [&[], &[few], &[number, few]]));
            }
        }
    }

    /// Writes where a term stands.
    fn documents(&mut self, term: &str) {
        let fields = &self.dictionary.terms[term];
        let form = form(term);
        let mut mask = 0_u32;
        for (number, documents) in (0_u32..).zip(fields) {
            let there = !documents.is_empty();
            self.encoder.bit(
                there,
                known(
                    kind::FIELD,
                    [&[number], &[number, form, mask.count_ones()], &[number, mask]],
                ),
            );
            mask |= u32::from(there) << number;
        }
        let few = mask.count_ones().min(5);
        let documents: BTreeSet<u32> =
            fields.iter().flat_map(|documents| documents.keys().copied()).collect();
        let mut left = small(documents.len());
        self.encoder.number(left - 1, known(kind::DOCUMENTS, [&[], &[few], &[mask]]));
        let (mut next, mut first, mut often_before) = (0, true, vec![0; fields.len()]);
        let mut there_before = 0;
        for document in documents {
            let room = self.dictionary.documents - next - left;
            if room > 0 {
                let sparse = (1 + 4 * room / left).ilog2();
                let place = room * 8 / self.dictionary.documents;
                self.encoder.number(
                    document - next,
                    known(
                        kind::GAP,
                        [&[sparse], &[sparse, left.min(8)], &[sparse, left.min(8), place]],
                    ),
                );
            }
            next = document + 1;
            left -= 1;
            there_before =
                self.fields(fields, document, mask, if first { None } else { Some(there_before) });
            first = false;
            let mut last = 0;
            for (number, documents) in fields.iter().enumerate() {
                let Some(often) = documents.get(&document) else { continue };
                let field = small(number);
                let before = often_before[number].min(4);
                self.encoder.number(
                    often - 1,
                    known(kind::FREQUENCY, [&[field], &[field, last], &[field, last, before]]),
                );
                last = (*often).min(4);
                often_before[number] = *often;
            }
        }
    }

    /// Writes in which of the fields of a term a document has it; gives them as bits.
    fn fields(
        &mut self,
        fields: &[Documents],
        document: u32,
        mask: u32,
        before: Option<u32>,
    ) -> u32 {
        let count = mask.count_ones();
        let mut there = 0_u32;
        for (number, documents) in (0_u32..).zip(fields) {
            if mask >> number & 1 == 0 {
                continue;
            }
            let last = mask >> number == 1;
            let bit = documents.contains_key(&document);
            if !(last && there == 0) {
                let before = before.map_or(2, |before| before >> number & 1);
                let seen = there.count_ones().min(2);
                self.encoder.bit(
                    bit,
                    known(
                        kind::THERE,
                        [&[number], &[number, seen, count.min(4), before], &[number, mask, there]],
                    ),
                );
            }
            there |= u32::from(bit) << number;
        }
        there
    }
}

/// The contexts of something, by what is known.
fn known(kind: u32, known: [&[u32]; 3]) -> Contexts {
    known.map(|known| context(kind, known))
}

/// Whether a term is of several words, has digits, or is plain.
fn form(term: &str) -> u32 {
    if term.contains(['.', '_']) {
        1
    } else {
        2 * u32::from(term.contains(|c: char| c.is_ascii_digit()))
    }
}

/// Documents, fields and frequencies, in the order of documents.
fn in_order(fields: &[Documents]) -> Vec<(u32, usize, u32)> {
    let mut all: Vec<(u32, usize, u32)> = Vec::new();
    for (number, documents) in fields.iter().enumerate() {
        all.extend(documents.iter().map(|(document, often)| (*document, number, *often)));
    }
    all.sort_unstable();
    all
}

/// A count that an index of one segment can have.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
