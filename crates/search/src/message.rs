//! Takes what is informative out of a pasted error message: the errors, not the paths and frames.

use crate::identifiers::paths;

/// A query of more words than this is a message, not a question.
const WORDS: usize = 12;
/// Lines beyond this many are not read.
const LINES: usize = 400;
/// Letters of a line beyond this many are not read.
const LENGTH: usize = 1000;

/// What the first words of an error say.
const LOUD: [&str; 5] = ["error", "warning", "exception", "panicked", "never awaited"];

/// Whether a text is a pasted message: several lines, very many words, or an error that says so.
pub(crate) fn is_message(text: &str) -> bool {
    text.trim().contains('\n') || paths(text).nth(WORDS).is_some() || names_an_error(text)
}

/// Whether a text starts as errors do: `ValueError: `, `error[E0277]: `.
fn names_an_error(text: &str) -> bool {
    without_name(text).is_some()
}

/// What an error says, without its name.
pub(crate) fn without_name(text: &str) -> Option<&str> {
    let (head, says) = text.split_once(": ")?;
    let short = paths(head).nth(2).is_none();
    (short && is_loud(&head.to_lowercase())).then_some(says)
}

fn is_loud(head: &str) -> bool {
    LOUD.iter().any(|word| head.contains(word))
}

/// The lines that say something, without paths, addresses and numbers, with what each is worth:
/// 1 for the error itself, less for what stands around it.
pub(crate) fn informative(text: &str) -> Vec<(f32, String)> {
    let mut lines: Vec<(f32, String)> = Vec::new();
    for line in text.lines().take(LINES) {
        let line: String = line.chars().take(LENGTH).collect();
        let line = line.trim();
        if is_place(line) {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().filter(|word| !is_noise(word)).collect();
        if !words.is_empty() {
            lines.push((worth(line), words.join(" ")));
        }
    }
    lines
}

/// A line that only says where: a traceback's frame, rustc's arrow, a backtrace's entry.
fn is_place(line: &str) -> bool {
    let frame = line.strip_prefix(|c: char| c.is_ascii_digit()).is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(": ")
    });
    frame
        || ["File \"", "-->", ":::", "at /", "at ./", "Traceback (", "stack backtrace"]
            .iter()
            .any(|start| line.starts_with(start))
}

/// Whether a line of a compiler's message says something: it is no place and no quoted source.
pub(crate) fn says(line: &str) -> bool {
    let source = line.split_once(" |").is_some_and(|(number, _)| {
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
    });
    !is_place(line) && !source
}

/// A word that is a path, an address, a number, or nothing but signs.
fn is_noise(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || bare.starts_with("0x")
        || bare.starts_with(|c: char| c.is_ascii_digit())
        || word.contains('/') && !word.contains("//")
        || word.contains('\\')
        || word.contains("://")
}

/// The error itself says so; code that a compiler quotes stands behind a bar.
fn worth(line: &str) -> f32 {
    let lower = line.to_lowercase();
    let quoted = line.starts_with('|') || line.contains(" | ");
    let head = lower.split(':').next().unwrap_or_default();
    if !quoted && (is_loud(head) || LOUD.iter().any(|word| lower.ends_with(word))) {
        1.0
    } else if line.starts_with('=') {
        0.5
    } else {
        0.25
    }
}
