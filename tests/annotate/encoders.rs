//! Whatever a linter says about whatever file, each format keeps it apart from its own signs.

use std::sync::LazyLock;

use counterpart::annotate::{self, Comment, Format, Position, Span};
use counterpart::embedded;
use counterpart_catalog::Catalog;
use libtest_mimic::Trial;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::harness::trial;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| embedded::catalog().expect("the catalog is compiled in"));

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("encoders::a_github_command_is_one_line_and_can_be_read_back", github),
        trial("encoders::rdjsonl_is_one_line_and_can_be_read_back", rdjsonl),
        trial("encoders::sarif_and_json_can_be_read_back", sarif_and_json),
        trial("encoders::no_bytes_make_the_reader_panic", any_bytes),
        trial("encoders::half_valid_input_makes_no_panic", half_valid),
    ]
}

/// Texts with the signs that the formats use themselves.
fn any_text() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "%", ",", ":", "::", "\r\n", "\n", "%0A", "`", "```", "\"", "\\", "{0}", "[a](1)", "𐐀",
        "\t", "é", "=", "..", "/", "#", "?", " ",
    ]);
    let piece = prop_oneof![signs.prop_map(str::to_owned), "\\PC{0,8}"];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn any_comment() -> impl Strategy<Value = Comment<'static>> {
    let position = (1_u32..9999, prop::option::of(1_u32..500));
    let position = position.prop_map(|(line, column)| Position { line, column });
    let span = (position.clone(), prop::option::of(position));
    let span = span.prop_map(|(start, end)| Span { start, end });
    let entries = 0..CATALOG.entries.len();
    (entries, any_text(), any_text(), span.clone(), prop::collection::vec(span, 0..9)).prop_map(
        |(entry, path, message, span, also)| {
            let entry = &CATALOG.entries[entry];
            let url = format!("https://example.org/{}#core", entry.address());
            let (review, sources) = (entry.meta.review.as_str(), vec!["ruff ASYNC251".to_owned()]);
            Comment { entry, url, path, review, span, message, sources, also }
        },
    )
}

fn check<S: Strategy>(strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    if let Err(error) = TestRunner::default().run(strategy, test) {
        panic!("{error}");
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes everything");
    String::from_utf8(out).expect("output is UTF-8")
}

/// What GitHub's runner does: <https://github.com/actions/runner>.
fn unescaped(text: &str) -> String {
    text.replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%0A", "\n")
        .replace("%0D", "\r")
        .replace("%25", "%")
}

fn github() {
    check(&any_comment(), |comment| {
        let comments = std::slice::from_ref(&comment);
        let line = written(|out| annotate::github(comments, out));
        prop_assert_eq!(line.matches(['\n', '\r']).count(), 1, "{}", &line);
        let (properties, message) = line.trim_end()[2..].split_once("::").expect("two parts");
        prop_assert_eq!(unescaped(message), comment.text());
        let (_, properties) = properties.split_once(' ').expect("properties");
        let mut read = properties.split(',').map(|one| one.split_once('=').expect("a value"));
        let (key, file) = read.next().expect("the file");
        prop_assert_eq!((key, unescaped(file)), ("file", comment.path.clone()));
        for (key, value) in read {
            prop_assert!(key == "title" || value.parse::<u32>().is_ok(), "{} {}", key, value);
        }
        Ok(())
    });
}

fn rdjsonl() {
    check(&prop::collection::vec(any_comment(), 0..4), |comments| {
        let lines = written(|out| annotate::rdjsonl(&comments, out));
        prop_assert_eq!(lines.lines().count(), comments.len());
        for (line, comment) in lines.lines().zip(&comments) {
            let read: Value = serde_json::from_str(line).expect("JSON");
            prop_assert_eq!(read["location"]["path"].as_str(), Some(comment.path.as_str()));
            prop_assert_eq!(read["code"]["url"].as_str(), Some(comment.url.as_str()));
        }
        Ok(())
    });
}

fn sarif_and_json() {
    check(&prop::collection::vec(any_comment(), 0..4), |comments| {
        let log = written(|out| annotate::sarif(&comments, Format::Ruff, |_| None, out));
        let mut findings = 0;
        annotate::read(log.as_bytes(), None, &mut |finding| {
            findings += 1;
            assert!(finding.message.contains("https://example.org/p/"), "{finding:?}");
        })
        .expect("our own SARIF can be read");
        prop_assert_eq!(findings, comments.len());
        let document = written(|out| annotate::json(&comments, out));
        let read: Value = serde_json::from_str(&document).expect("JSON");
        for (item, comment) in read["comments"].as_array().expect("a list").iter().zip(&comments) {
            prop_assert_eq!(item["path"].as_str(), Some(comment.path.as_str()));
        }
        Ok(())
    });
}

fn any_bytes() {
    check(&(prop::collection::vec(any::<u8>(), 0..200), 0_usize..7), |(bytes, start)| {
        let starts = ["", "[", "{", "[{\"", "{\"runs\":[", "{\"reason\":\"", "\"\\"];
        let input = [starts[start].as_bytes(), &bytes].concat();
        let _ = annotate::read(input.as_slice(), None, &mut |_| ());
        Ok(())
    });
}

fn half_valid() {
    let lines = ["ruff.json", "mypy.jsonl", "clippy.jsonl", "ruff.sarif", "pyright.json"]
        .map(crate::harness::recorded);
    let change = (0..lines.len(), any::<prop::sample::Index>(), any::<u8>());
    check(&change, |(file, place, byte)| {
        let mut input = lines[file].clone();
        let place = place.index(input.len());
        input[place] = byte;
        let _ = annotate::read(input.as_slice(), None, &mut |_| ());
        Ok(())
    });
}
