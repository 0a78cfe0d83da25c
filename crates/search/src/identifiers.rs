//! The tokenizer: identifiers whole, by path suffix and by word.
//!
//! `tokio::task::spawn_blocking` gives the compound terms `tokio.task.spawn_blocking`,
//! `task.spawn_blocking` and `spawn_blocking`, and the words `tokio`, `task`, `spawn`, `blocking`.
//! `::` and `.` are the same separator, so that a reader need not remember which language has
//! which.

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Longer components are data, not names.
const LONGEST: usize = 64;
/// A path of more components goes on as another path.
const COMPONENTS: usize = 8;

/// The places of words and paths in a text: `a::b.c_d` is one.
pub(crate) fn paths(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(in_word)?;
        let mut end = end_of_word(text, start);
        for _ in 1..COMPONENTS {
            let Some(next) = after_separator(text, end) else { break };
            end = end_of_word(text, next);
        }
        rest = end;
        Some(start..end)
    })
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_word(text: &str, start: usize) -> usize {
    text[start..].find(|c| !in_word(c)).map_or(text.len(), |at| start + at)
}

/// Where the word after a `.` or `::` starts, if both stand at `at`.
fn after_separator(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let word = rest.strip_prefix("::").or_else(|| rest.strip_prefix('.'))?;
    word.starts_with(in_word).then(|| text.len() - word.len())
}

/// The tokenizer that both analyzers start with.
#[derive(Clone)]
pub(crate) struct Identifiers;

impl Tokenizer for Identifiers {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens = Tokens { tokens: Vec::new(), next: 0 };
        let mut position = 0;
        for path in paths(text) {
            position = tokens.path(text, path, position);
        }
        tokens
    }
}

pub(crate) struct Tokens {
    tokens: Vec<Token>,
    next: usize,
}

impl Tokens {
    /// Adds the tokens of a path that starts at a word position; gives the position after it.
    fn path(&mut self, text: &str, path: Range<usize>, start: usize) -> usize {
        let components = components(text, path);
        let end = start + components.iter().map(|(_, words)| words.len()).sum::<usize>();
        let mut at = start;
        for (index, (component, words)) in components.iter().enumerate() {
            if let [_, .., (last, _)] = &components[index..] {
                let joined: Vec<&str> =
                    components[index..].iter().map(|(range, _)| &text[range.clone()]).collect();
                self.push(joined.join("."), component.start..last.end, at, end - at);
            }
            if words.len() > 1 {
                self.push(text[component.clone()].to_owned(), component.clone(), at, words.len());
            }
            for (offset, word) in words.iter().enumerate() {
                self.push(text[word.clone()].to_owned(), word.clone(), at + offset, 1);
            }
            at += words.len();
        }
        end
    }

    fn push(&mut self, text: String, range: Range<usize>, position: usize, words: usize) {
        self.tokens.push(Token {
            offset_from: range.start,
            offset_to: range.end,
            position,
            text,
            position_length: words,
        });
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

/// The components of a path without the underscores around them, each with its words.
fn components(text: &str, path: Range<usize>) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let mut components = Vec::new();
    for word in split(text, path, |c| c == '.' || c == ':') {
        let inner = text[word.clone()].trim_start_matches('_');
        let start = word.end - inner.len();
        let range = start..start + inner.trim_end_matches('_').len();
        if !range.is_empty() && range.len() <= LONGEST {
            let words = split(text, range.clone(), |c| c == '_')
                .flat_map(|part| humps(text, part))
                .collect();
            components.push((range, words));
        }
    }
    components
}

/// The non-empty parts of a range between separators.
fn split(
    text: &str,
    range: Range<usize>,
    separator: fn(char) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let start = range.start;
    text[range]
        .split(separator)
        .scan(start, |at, part| {
            let from = *at;
            *at += part.len() + 1;
            Some(from..from + part.len())
        })
        .filter(|part| !part.is_empty())
}

/// The words of `HTTPException2`: `HTTP`, `Exception2`; and of `sha256`: `sha`, `256`.
fn humps(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> =
        text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)).collect();
    let mut words = Vec::new();
    let mut start = range.start;
    for (index, window) in chars.windows(2).enumerate() {
        let [(_, before), (at, c)] = [window[0], window[1]];
        let next = chars.get(index + 2).map(|(_, next)| *next);
        let hump = before.is_lowercase() && c.is_uppercase()
            || before.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase);
        // A single letter before a number is a code (`E0277`), not a word.
        let number = before.is_alphabetic() && c.is_numeric() && at - start > 1;
        if hump || number {
            words.push(start..at);
            start = at;
        }
    }
    words.push(start..range.end);
    words
}
