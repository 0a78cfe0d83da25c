//! How findings become comments.

use std::path::PathBuf;

use counterpart_catalog::{Catalog, Code, Entry, Meaning, Meta, Program, Target, Tool, Transcript};

use super::super::input::{Finding, Position, Span};
use super::{Comment, Comments};
use crate::links::address;

fn catalog() -> Catalog {
    let entry = |id: &str, slug: &str| Entry {
        category: "basics".to_owned(),
        slug: slug.to_owned(),
        meta: Meta {
            id: id.to_owned(),
            review: format!("The sentence of {slug}."),
            ..Meta::default()
        },
        sections: Vec::new(),
        python: Program::default(),
        rust: Program::default(),
        transcript: Transcript::Same(String::new()),
        mutations: Vec::new(),
        mistakes: Vec::new(),
        smaller: None,
    };
    let place =
        |slug: &str, fragment: &str| Target { id: slug.to_owned(), fragment: fragment.to_owned() };
    let code = |tool, code: &str, places: &[Target]| Code {
        tool,
        code: code.to_owned(),
        name: None,
        note: None,
        review: None,
        same: None,
        meaning: Meaning::Entries(places.to_vec()),
        messages: None,
    };
    let sleep = Code {
        name: Some("blocking-sleep".to_owned()),
        ..code(Tool::Ruff, "ASYNC251", &[place("sleep", "bad")])
    };
    let types = Code {
        messages: Some(vec![
            ("Coroutine[".to_owned(), place("forgotten", "")),
            ("Coroutine[None".to_owned(), place("sleep", "good")),
        ]),
        review: Some("The sentence of the code.".to_owned()),
        ..code(Tool::Mypy, "arg-type", &[place("forgotten", ""), place("sleep", "")])
    };
    let none = Code {
        meaning: Meaning::None("It is nobody's.".to_owned()),
        ..code(Tool::Ruff, "ASYNC115", &[])
    };
    Catalog {
        entries: vec![entry("AP001", "forgotten"), entry("AP002", "sleep")],
        codes: vec![sleep, none, types, code(Tool::Rustc, "no code at all", &[place("sleep", "")])],
        ..Catalog::default()
    }
}

fn finding(tool: Option<Tool>, code: &str, message: &str, path: &str, line: u32) -> Finding {
    let start = Position { line, column: Some(1) };
    Finding {
        tool,
        code: Some(code.to_owned()),
        name: None,
        message: message.to_owned(),
        detail: None,
        path: path.to_owned(),
        span: Span { start, end: None },
    }
}

/// Path, line, address and review of the comments on these findings, and what is left over.
fn comments(findings: Vec<Finding>) -> (Vec<String>, usize) {
    let catalog = catalog();
    let mut comments =
        Comments::new(&catalog, PathBuf::from("/project"), |entry: &Entry, place| {
            address(None, &entry.slug, place)
        });
    for finding in findings {
        comments.add(finding);
    }
    let others = comments.others().iter().map(|(_, number)| number).sum();
    let shown = |comment: &Comment<'_>| {
        let also = comment.also_at().map(|lines| format!(", {lines}")).unwrap_or_default();
        let (path, line, url) = (&comment.path, comment.span.start.line, &comment.url);
        format!("{path}:{line}{also} {url} {}", comment.review)
    };
    (comments.finish().iter().map(shown).collect(), others)
}

#[test]
fn an_entry_is_named_once_in_a_file_at_its_first_place() {
    let sleep = |path, line| finding(Some(Tool::Ruff), "ASYNC251", "x", path, line);
    let findings = vec![
        sleep("/project/b.py", 7),
        sleep("/project/a.py", 9),
        sleep("/project/a.py", 3),
        sleep("/project/a.py", 3),
        sleep("/project/a.py", 12),
        sleep("/elsewhere/c.py", 1),
        sleep("./d.py", 1),
        sleep("file:///project/with%20space.py", 1),
    ];
    let expected = [
        "/elsewhere/c.py:1 p/sleep/index.html#bad The sentence of sleep.",
        "a.py:3, lines 9 and 12 p/sleep/index.html#bad The sentence of sleep.",
        "b.py:7 p/sleep/index.html#bad The sentence of sleep.",
        "d.py:1 p/sleep/index.html#bad The sentence of sleep.",
        "with space.py:1 p/sleep/index.html#bad The sentence of sleep.",
    ];
    assert_eq!(comments(findings), (expected.map(str::to_owned).to_vec(), 0));
}

#[test]
fn many_further_places_are_counted() {
    let findings = (1..20).map(|line| finding(Some(Tool::Ruff), "ASYNC251", "x", "a.py", line));
    let (shown, _) = comments(findings.collect());
    let expected =
        "a.py:1, lines 2, 3, 4, 5, 6 and 13 more p/sleep/index.html#bad The sentence of sleep.";
    assert_eq!(shown, [expected]);
}

#[test]
fn a_code_that_says_too_little_needs_its_message() {
    let types = |message| finding(Some(Tool::Mypy), "arg-type", message, "a.py", 1);
    assert_eq!(comments(vec![types("expected int")]), (Vec::new(), 1));
    let (shown, _) = comments(vec![types("got Coroutine[int]")]);
    assert_eq!(shown, ["a.py:1 p/forgotten/index.html The sentence of the code."]);
    let (shown, _) = comments(vec![types("got Coroutine[None]")]);
    assert_eq!(
        shown,
        ["a.py:1 p/sleep/index.html#good The sentence of sleep."],
        "the longest text wins"
    );
}

#[test]
fn only_the_codes_of_the_tool_are_meant() {
    for (tool, code, found) in [
        (Some(Tool::Ruff), "ASYNC251", true),
        (Some(Tool::Ruff), "blocking-sleep", true),
        (Some(Tool::Pylint), "ASYNC251", false),
        (Some(Tool::Rustc), "no code at all", true),
        (Some(Tool::Clippy), "no code at all", true),
        (Some(Tool::Ruff), "ASYNC115", false),
        (None, "ASYNC251", true),
        (None, "ruff:ASYNC251", true),
        (None, "", false),
    ] {
        let (shown, others) = comments(vec![finding(tool, code, "x", "a.py", 1)]);
        assert_eq!((shown.len(), others), (usize::from(found), usize::from(!found)), "{code}");
    }
}
