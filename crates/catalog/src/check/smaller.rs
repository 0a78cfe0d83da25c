//! Reads `playground.rs`: a smaller program of the same idea, where `rust.rs` cannot run in the
//! Rust Playground. It is checked as the others are, but has no regions: no page shows it.

use super::mutations::Mutated;
use super::transcripts;
use crate::{Diagnostic, Lang, Position, Smaller, Tree};

/// The program's file.
pub(crate) const FILE: &str = "playground.rs";
/// The file with what it prints.
pub(crate) const TRANSCRIPT: &str = "expected.playground.txt";

/// The program and its transcript; its mutations are read with those of the others.
pub(crate) fn read(tree: &Tree, folder: &str, out: &mut Vec<Diagnostic>) -> Option<Smaller> {
    let path = format!("{folder}/{FILE}");
    let source = tree.get(&path)?;
    let mut error = |code, message: &str, help: &str| {
        out.push(Diagnostic::error(code, &path, Position::START, message, help));
    };
    if !source.starts_with("//! ") {
        let message = "the program does not begin with a sentence about what it shows";
        error("C410", message, "begin it with `//! `");
    }
    if !source.contains("fn main()") {
        error("C411", "no `fn main()`", "the Rust Playground runs it as a program of its own");
    }
    let transcript = transcripts::text(tree, &format!("{folder}/{TRANSCRIPT}"), out);
    transcripts::prove_something(&path, source, &transcript, out);
    Some(Smaller { source: source.to_owned(), transcript, mutations: Vec::new() })
}

/// What `mutations.toml` may change.
pub(crate) fn mutated(program: &Smaller) -> Mutated<'_> {
    Mutated { key: "playground", lang: Lang::Rust, file: FILE, source: &program.source }
}
