//! `counterpart explain`

use serde_json::Value;

use crate::harness::counterpart;

#[test]
fn every_name_of_an_entry_explains_it() {
    let page = counterpart(&["explain", "unawaited-coroutine"]).ok();
    for heading in ["The problem", "Side by side", "What changes", "When not to", "See also"] {
        assert!(page.contains(&format!("\n{heading}\n")), "{heading} is missing");
    }
    for name in [
        "AP005",
        "ap005",
        "Unawaited-Coroutine",
        "unused-coroutine",
        "mypy:unused-coroutine",
        "clippy::let_underscore_future",
        "let_underscore_future",
        "/p/unawaited-coroutine/",
        "p/ap005/index.html",
        "https://example.org/async/p/unawaited-coroutine/",
    ] {
        let same = counterpart(&["explain", name]).ok();
        assert!(same.starts_with(&page), "{name} explains something else");
    }
}

#[test]
fn a_page_fits_eighty_columns_but_for_code_and_addresses() {
    let page = counterpart(&["explain", "concurrent-join"]).ok();
    assert!(!page.contains('\x1b'), "no colours into a pipe");
    for line in page.lines().filter(|line| !line.starts_with("    ") && !line.contains("http")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_region_is_shown_alone_and_of_both_programs() {
    let both = counterpart(&["explain", "concurrent-join#core"]).ok();
    assert!(both.contains("Python, #core") && both.contains("Rust, #core"), "{both}");
    assert!(!both.contains("The problem") && !both.contains("#failure"), "{both}");
    let address = "https://example.org/p/concurrent-join/#core";
    assert_eq!(counterpart(&["explain", address]).ok(), both);

    let rust = counterpart(&["explain", "concurrent-join#core", "--lang", "rust"]).ok();
    assert!(rust.contains("Rust, #core") && !rust.contains("Python, #core"), "{rust}");
}

#[test]
fn a_heading_of_the_page_can_be_asked_for() {
    let limits = counterpart(&["explain", "concurrent-join#limits"]).ok();
    assert!(limits.contains("When not to") && !limits.contains("Side by side"), "{limits}");
    let transcript = counterpart(&["explain", "concurrent-join#transcript"]).ok();
    assert!(transcript.contains("print"), "{transcript}");
    let review = counterpart(&["explain", "concurrent-join#review"]).ok();
    assert!(review.contains("In a review") && !review.contains("Side by side"), "{review}");
    let whole = counterpart(&["explain", "concurrent-join#programs", "--lang", "rust"]).ok();
    assert!(whole.contains("fn main()") && !whole.contains("ANCHOR"), "{whole}");
    let within = counterpart(&["explain", "concurrent-join#after-failure"]).ok();
    assert!(within.contains("What changes") && within.contains("After a failure"), "{within}");
}

#[test]
fn one_language_leaves_out_the_other() {
    let page = counterpart(&["explain", "unawaited-coroutine", "--lang", "python"]).ok();
    assert!(page.contains("Python, #good") && !page.contains("Rust, #good"), "{page}");
    assert!(page.contains("Python prints") && !page.contains("Rust prints"), "{page}");
}

#[test]
fn a_code_that_several_entries_share_means_the_primary_and_names_the_others() {
    const CODE: &str = "E0277";
    let list = counterpart(&["list", "--format", "json"]).json();
    let shares = |item: &&Value| {
        item["lints"].as_array().is_some_and(|lints| lints.iter().any(|lint| lint == CODE))
    };
    let sharing: Vec<&str> = list
        .as_array()
        .expect("a list")
        .iter()
        .filter(shares)
        .map(|item| text(&item["slug"]))
        .collect();
    assert!(sharing.len() > 1, "another code is needed for this test");

    let page = counterpart(&["explain", CODE]).ok();
    let (page, others) = page.split_once("The same code also means").expect("others are listed");
    let primary = "send-and-static-bounds";
    assert!(page.contains(&format!(" · {primary} · ")), "{page}");
    for slug in sharing.iter().filter(|slug| **slug != primary) {
        assert!(others.contains(slug), "{others}");
    }
}

#[test]
fn the_codes_of_every_tool_lead_to_an_entry() {
    for (code, slug) in [
        ("ASYNC251", "blocking-sleep-in-async"),
        ("ruff:blocking-sleep-in-async-function", "blocking-sleep-in-async"),
        ("flake8-async:blocking-sleep", "blocking-sleep-in-async"),
        ("TRIO251", "blocking-sleep-in-async"),
        ("python:S7488", "blocking-sleep-in-async"),
        ("RUF006", "task-spawn-and-await"),
        ("pylint:E1142", "running-async-from-sync"),
        ("reportUnusedCoroutine", "unawaited-coroutine"),
        ("clippy::await-holding-lock", "lock-across-await"),
        ("error[E0733]", "async-function-and-await"),
        ("unused_must_use", "unawaited-coroutine"),
    ] {
        let page = counterpart(&["explain", code]).ok();
        assert!(page.contains(&format!(" · {slug} · ")), "{code}: {page}");
    }
}

#[test]
fn a_code_without_an_entry_says_why() {
    for code in ["ASYNC115", "ruff:async-zero-sleep", "S7491", "TRIO115"] {
        counterpart(&["explain", code]).refuses(3, &format!("`{code}` has no entry: It asks for"));
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}
