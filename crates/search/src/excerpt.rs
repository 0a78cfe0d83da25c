//! The piece of an entry that answers the query, with the match marked.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::tokenizer::TextAnalyzer;

use crate::analysis::{self, tokens};

/// The longest excerpt, in characters.
const LONGEST: usize = 160;
/// Characters kept before the first match of a long text.
const BEFORE: usize = 40;

/// A piece of text and the ranges of its bytes that match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// One line.
    pub text: String,
    /// In order, not overlapping.
    pub marks: Vec<Range<usize>>,
}

/// A text that an excerpt may come from.
pub(crate) struct Passage<'a> {
    pub(crate) text: &'a str,
    /// English: its terms are stems.
    pub(crate) prose: bool,
    /// What its matches are multiplied by.
    pub(crate) worth: f32,
}

/// Chooses the passage that matches most, the first of equals; the first one when none matches.
pub(crate) fn excerpt<'a>(
    passages: impl IntoIterator<Item = Passage<'a>>,
    terms: &HashMap<(bool, String), f32>,
) -> Excerpt {
    let (mut code, mut prose) = (analysis::code(), analysis::prose());
    let mut best: Option<(f32, Excerpt)> = None;
    for passage in passages {
        let analyzer = if passage.prose { &mut prose } else { &mut code };
        let (value, marks) = matches(analyzer, &passage, terms);
        if best.as_ref().is_none_or(|(known, _)| value > *known) {
            best = Some((value, Excerpt { text: passage.text.to_owned(), marks }));
        }
    }
    best.map(|(_, excerpt)| cut(&excerpt)).unwrap_or_default()
}

/// How much of the query a passage has, and where.
fn matches(
    analyzer: &mut TextAnalyzer,
    passage: &Passage<'_>,
    terms: &HashMap<(bool, String), f32>,
) -> (f32, Vec<Range<usize>>) {
    let mut seen: Vec<String> = Vec::new();
    let mut value = 0.0;
    let mut marks: Vec<Range<usize>> = Vec::new();
    for token in tokens(analyzer, passage.text) {
        let key = (passage.prose, token.text);
        let Some(telling) = terms.get(&key) else { continue };
        if !seen.contains(&key.1) {
            value += 1.0 + telling;
            seen.push(key.1);
        }
        let range = token.offset_from..token.offset_to;
        match marks.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => marks.push(range),
        }
    }
    (value * passage.worth, marks)
}

/// Cuts a long text down to what stands around its first match.
fn cut(whole: &Excerpt) -> Excerpt {
    let Excerpt { text, marks } = whole;
    if text.chars().count() <= LONGEST {
        return whole.clone();
    }
    let first = marks.first().map_or(0, |mark| mark.start);
    let start = back(text, first, BEFORE);
    let end = forward(text, start, LONGEST);
    let mut cut = String::new();
    if start > 0 {
        cut.push_str("… ");
    }
    let shift = cut.len();
    cut.push_str(&text[start..end]);
    if end < text.len() {
        cut.push_str(" …");
    }
    let inside = marks.iter().filter(|mark| mark.end <= end);
    let marks = inside.map(|mark| mark.start - start + shift..mark.end - start + shift).collect();
    Excerpt { text: cut, marks }
}

/// The start of a word at most `characters` before `at`.
fn back(text: &str, at: usize, characters: usize) -> usize {
    match text[..at].char_indices().rev().nth(characters) {
        None => 0,
        Some((far, _)) => text[far..at].find(' ').map_or(at, |space| far + space + 1),
    }
}

/// The end of a word at most `characters` after `at`.
fn forward(text: &str, at: usize, characters: usize) -> usize {
    match text[at..].char_indices().nth(characters) {
        None => text.len(),
        Some((far, _)) => text[at..at + far].rfind(' ').map_or(at + far, |space| at + space),
    }
}
