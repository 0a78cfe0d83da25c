//! Reads transcripts, and refuses those that prove nothing.

use super::entry::missing;
use crate::{Diagnostic, Lang, Parity, Position, Program, Transcript, Tree};

/// What to do about a transcript that a program carries as literals.
pub const LITERAL_LINES_HELP: &str = "compute at least one line from what happened: a program that prints its conclusions proves nothing";

pub(crate) fn read(
    tree: &Tree,
    folder: &str,
    parity: Option<&Parity>,
    (python, rust): (&Program, &Program),
    out: &mut Vec<Diagnostic>,
) -> Transcript {
    let path = |name: &str| format!("{folder}/{name}");
    let mut text = |name: &str| text(tree, &path(name), out);
    let differs = match parity {
        Some(parity) => *parity != Parity::Same,
        None => tree.get(&path("expected.txt")).is_none(),
    };
    let (transcript, others): (_, &[&str]) = if differs {
        let (python, rust) = (text("expected.python.txt"), text("expected.rust.txt"));
        (Transcript::Differs { python, rust }, &["expected.txt"])
    } else {
        let transcript = Transcript::Same(text("expected.txt"));
        (transcript, &["expected.python.txt", "expected.rust.txt"])
    };
    let mut error = |path: String, message: &str, help: &str| {
        out.push(Diagnostic::error("C404", path, Position::START, message, help));
    };
    for name in others.iter().filter(|name| tree.get(&path(name)).is_some()) {
        let message = format!("`{name}` does not go with this entry's `parity`");
        let help = "one `expected.txt`, or `parity = { differs = \"why\" }` and one file a side";
        error(path(name), &message, help);
    }
    if let Transcript::Differs { python, rust } = &transcript
        && python == rust
        && !python.is_empty()
    {
        let help = "remove `parity` and keep one `expected.txt`";
        error(path("expected.rust.txt"), "the transcripts do not differ", help);
    }
    for (lang, program) in [(Lang::Python, python), (Lang::Rust, rust)] {
        prove_something(&path(lang.file_name()), &program.source, transcript.of(lang), out);
    }
    transcript
}

/// The text of a transcript, whose file must be there.
pub(crate) fn text(tree: &Tree, path: &str, out: &mut Vec<Diagnostic>) -> String {
    match tree.get(path) {
        Some(text) => form(path, text, out),
        None => out.push(missing(path)),
    }
    tree.get(path).unwrap_or_default().to_owned()
}

/// Refuses a program that prints its transcript whatever happens.
pub(crate) fn prove_something(
    path: &str,
    source: &str,
    transcript: &str,
    out: &mut Vec<Diagnostic>,
) {
    if !transcript.trim().is_empty() && all_literal(source, transcript) {
        let message = "every line of the transcript stands in the program as a literal";
        let place = Position::START;
        out.push(Diagnostic::error("C403", path, place, message, LITERAL_LINES_HELP));
    }
}

fn form(path: &str, text: &str, out: &mut Vec<Diagnostic>) {
    let mut error = |code, place, message: &str, help: &str| {
        out.push(Diagnostic::error(code, path, place, message, help));
    };
    if text.trim().is_empty() {
        error("C405", Position::START, "the transcript is empty", "print what the page claims");
        return;
    }
    if let Some(at) = text.find('\r') {
        error(
            "C401",
            Position::of(text, at),
            "carriage return in a transcript",
            "end lines with LF alone",
        );
    }
    if !text.ends_with('\n') {
        let place = Position::of(text, text.len());
        error("C402", place, "no newline at the end of the transcript", "end the last line");
    }
}

/// Whether each line of `transcript` is a whole line of some string literal of `source`.
fn all_literal(source: &str, transcript: &str) -> bool {
    let literals = literals(source);
    transcript.lines().filter(|line| !line.trim().is_empty()).all(|line| {
        literals.iter().any(|literal| {
            literal
                .split('\n')
                .flat_map(|part| part.split("\\n"))
                .any(|part| part.trim() == line.trim())
        })
    })
}

/// The contents of the string literals of a Python or Rust program, roughly: escapes stay as
/// they are written, and comments are left out.
fn literals(source: &str) -> Vec<&str> {
    let python = source.starts_with("\"\"\"");
    let comment = if python { "#" } else { "//" };
    let quotes: &[&str] = if python { &["\"\"\"", "'''", "\"", "'"] } else { &["\""] };
    let mut found = Vec::new();
    let mut rest = source;
    while !rest.is_empty() {
        if rest.starts_with(comment) {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if !python && rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else if let Some(quote) = quotes.iter().find(|quote| rest.starts_with(**quote)) {
            let inside = &rest[quote.len()..];
            let end = closing(inside, quote);
            found.push(&inside[..end]);
            rest = inside.get(end + quote.len()..).unwrap_or("");
        } else {
            let step = rest.chars().next().map_or(1, char::len_utf8);
            rest = &rest[step..];
        }
    }
    found
}

fn closing(inside: &str, quote: &str) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if inside[at..].starts_with(quote) {
            return at;
        }
    }
    inside.len()
}

#[cfg(test)]
mod tests {
    use super::all_literal;

    #[test]
    fn a_transcript_of_literals_is_recognised_in_both_languages() {
        assert!(all_literal("//! It's.\nprintln!(\"a: yes\\nb: no\");", "a: yes\nb: no\n"));
        assert!(all_literal(
            "\"\"\"Doc.\"\"\"\nprint('a: yes')  # don't\nprint(\"b\")",
            "a: yes\nb\n"
        ));
    }

    #[test]
    fn one_computed_line_is_enough() {
        assert!(!all_literal("println!(\"a: yes\"); println!(\"b: {b}\");", "a: yes\nb: no\n"));
        assert!(!all_literal("\"\"\"Doc.\"\"\"\nprint('a: yes', f'b: {b}')", "a: yes\nb: no\n"));
    }
}
