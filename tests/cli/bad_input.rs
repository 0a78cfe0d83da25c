//! What can be typed wrongly: one clear error each, and the exit code that says which kind.

use crate::harness::{counterpart, with_input};

#[test]
fn usage_errors_name_what_was_expected() {
    for (arguments, message) in [
        (&[][..], "Usage: counterpart <COMMAND>"),
        (&["serch", "x"], "unrecognized subcommand 'serch'"),
        (&["search"], "required arguments were not provided"),
        (&["search", "x", "--limit", "many"], "invalid value 'many' for '--limit <N>'"),
        (&["search", "x", "--limit", "0"], "invalid value '0' for '--limit <N>'"),
        (&["search", "x", "--format", "yaml"], "[possible values: text, json]"),
        (&["explain", "AP001", "--lang", "go"], "[possible values: python, rust]"),
        (&["completions", "dos"], "invalid value 'dos'"),
        (&["lints", "--tool", "eslint"], "[possible values: clippy, ruff]"),
        (&["lints", "clippy"], "unexpected argument 'clippy'"),
    ] {
        counterpart(arguments).refuses(2, message);
    }
}

#[test]
fn an_unknown_filter_names_the_known_ones() {
    counterpart(&["search", "await", "--category", "nope"])
        .refuses(2, "there is no category `nope`; there are `");
    counterpart(&["search", "await", "--tag", "nope"]).refuses(2, "`concurrency`");
}

#[test]
fn a_base_url_must_be_the_address_of_a_site() {
    for (url, message) in [
        ("example.org", "write it in full, as in `https://example.org/patterns/`"),
        ("file:///tmp/site", "not over `file`"),
        ("https://example.org/?lang=rust", "leave out the query"),
        ("https://example.org/#top", "leave out the fragment"),
    ] {
        for command in [&["list"][..], &["search", "await"], &["build"], &["lints"]] {
            let arguments = [command, &["--base-url", url]].concat();
            counterpart(&arguments).refuses(2, message);
        }
    }
}

#[test]
fn an_unknown_reference_is_exit_code_3_with_the_nearest_names() {
    let long = "x".repeat(10_000);
    for (reference, message) in [
        ("concurent-join", "the nearest names are `concurrent-join`"),
        ("clippy::let_underscore_futures", "`let_underscore_future`"),
        ("concurrent-join#cor", "no region of `concurrent-join` is called `#cor`"),
        ("concurrent-join#cor", "`core`"),
        ("AP999", "nothing in the catalog is called `AP999`"),
        ("", "nothing in the catalog is called ``"),
        ("#core", "nothing in the catalog is called ``"),
        ("a\x1b[31m\u{7}b", "called `a\\u{1b}[31m\\u{7}b`"),
        (&long, "xxx…`"),
    ] {
        let run = counterpart(&["explain", reference]);
        run.refuses(3, message);
        assert!(run.stderr.len() < 400, "{}", run.stderr);
    }
}

#[test]
fn a_folder_without_a_site_cannot_be_searched() {
    let run = counterpart(&["search", "await", "--site", "no/such/site"]);
    run.refuses(2, "cannot read the search index in `no/such/site/search-index`");
    let run = counterpart(&["search", "await", "--site", "."]);
    run.refuses(2, "cannot read the search index");
}

#[test]
fn nothing_found_is_exit_code_1() {
    counterpart(&["search", "qwertzuiop"]).refuses(1, "nothing found");
    counterpart(&["search", ""]).refuses(1, "nothing found");
    with_input(&["search", "-"], b"").refuses(1, "nothing found");
}

#[test]
fn standard_input_may_hold_anything() {
    let long = b"await \xff\xfe\x00 gather\n".repeat(200_000);
    for input in [&b"\xff\xfeRuntimeWarning: coroutine was never awaited"[..], &long] {
        let run = with_input(&["search", "-"], input);
        assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
    }
}
