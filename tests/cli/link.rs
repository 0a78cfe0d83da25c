//! `counterpart link`

use serde_json::Value;

use crate::harness::{Run, counterpart};

const BASE: &str = "https://example.org/async";
const PLAYGROUND: &str =
    "https://play.rust-lang.org/?version=stable&mode=debug&edition=2024&code=//!";

fn link(arguments: &[&str]) -> Run {
    counterpart(&[&["link"], arguments, &["--base-url", BASE]].concat())
}

#[test]
fn every_format_holds_the_link() {
    let url = "https://example.org/async/p/concurrent-join/#core";
    let title = "Run a fixed set of operations concurrently";
    let region = ["concurrent-join", "--region", "core"];
    for (format, expected) in [
        ("url", format!("{url}\n")),
        ("markdown", format!("[{title}]({url})\n")),
        ("html", format!("<a href=\"{url}\">{title}</a>\n")),
        ("text", format!("**[{title}]({url})**: ")),
    ] {
        let printed = link(&[&region[..], &["--format", format]].concat()).ok();
        assert!(printed.starts_with(&expected), "{printed}");
        assert_eq!(format == "text", printed.len() > expected.len(), "{printed}");
    }
    let mut item = link(&[&region[..], &["--format", "json"]].concat()).json();
    let playground = item["playground"].take();
    assert!(playground.as_str().is_some_and(|url| url.starts_with(PLAYGROUND)), "{playground}");
    let expected = serde_json::json!({
        "id": "AP001", "slug": "concurrent-join", "title": title, "url": url,
        "status": "active", "successors": [], "playground": null,
    });
    assert_eq!(item, expected);
}

#[test]
fn the_playground_opens_what_can_run_there() {
    let url = link(&["concurrent-join", "--playground"]).ok();
    assert!(url.starts_with(PLAYGROUND) && !url.contains("ANCHOR"), "{url}");
    let markdown = link(&["AP001#core", "--playground", "--format", "markdown"]).ok();
    assert!(markdown.ends_with(&format!("]({})\n", url.trim_end())), "{markdown}");
    let html = link(&["AP001", "--playground", "--format", "html"]).ok();
    assert!(html.contains("&amp;code=//!"), "{html}");

    let smaller = link(&["async-test", "--playground"]);
    let said = "a smaller program of `async-test` opens there; not the whole: axum is not";
    assert!(smaller.code == Some(0) && smaller.stderr.contains(said), "{smaller:?}");
    assert!(smaller.stdout.starts_with(PLAYGROUND), "{smaller:?}");

    let none = link(&["await-method-chain-precedence", "--playground"]);
    none.refuses(1, "does not open in the Rust Playground: sqlx is not available there");
    let item = link(&["await-method-chain-precedence", "--format", "json"]).json();
    assert!(item["playground"].is_null(), "{item}");
    for format in ["json", "text"] {
        link(&["AP001", "--playground", "--format", format]).refuses(2, "layground");
    }
    link(&["concurent-join", "--playground"]).refuses(3, "concurrent-join");
}

#[test]
fn a_comment_is_short_and_says_what_is_wrong() {
    let list = counterpart(&["list", "--format", "json"]).json();
    for entry in list.as_array().expect("a list") {
        let slug = entry["slug"].as_str().expect("a slug");
        let title = entry["title"].as_str().expect("a title").len();
        let comment = link(&[slug, "--format", "text"]).ok();
        assert!(comment.starts_with("**["), "{comment}");
        assert!(comment.trim_end().chars().count() <= 600, "{comment}");
        assert!(comment.len() > title + BASE.len() + 60, "{comment}");
    }
}

#[test]
fn every_spelling_gives_the_same_link() {
    let page = format!("{BASE}/p/blocking-sleep-in-async/");
    for (reference, place) in [
        ("AP004", ""),
        ("ap004", ""),
        ("blocking-sleep-in-async", ""),
        ("https://elsewhere.example/p/AP004/", ""),
        // A code leads to the place that is about it.
        ("ASYNC251", "#bad"),
        ("ruff:blocking-sleep-in-async-function", "#bad"),
        ("ASYNC251#good", "#good"),
    ] {
        assert_eq!(link(&[reference]).ok(), format!("{page}{place}\n"), "{reference}");
    }
    let region = "https://elsewhere.example/p/AP004/index.html#bad";
    let expected = link(&["AP004", "--region", "#bad"]).ok();
    for arguments in [&[region][..], &[region, "--region", "bad"], &["AP004#bad"]] {
        assert_eq!(link(arguments).ok(), expected);
    }
}

#[test]
fn a_code_that_several_entries_share_lists_all() {
    let urls = link(&["E0277"]);
    assert!(urls.stderr.contains("share this code; the first is the primary one"), "{urls:?}");
    let slugs: Vec<&str> =
        urls.stdout.lines().filter_map(|url| url.split("/p/").nth(1)?.split('/').next()).collect();
    assert!(slugs.len() > 1 && slugs[0] == "send-and-static-bounds", "{slugs:?}");
    let json = link(&["E0277", "--format", "json"]).stdout;
    let items: Vec<Value> =
        json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let listed: Vec<&str> = items.iter().filter_map(|item| item["slug"].as_str()).collect();
    assert_eq!(listed, slugs);
    let one = link(&["E0277", "--region", "borrowed"]).ok();
    assert_eq!(one.lines().count(), 1, "a region is one of the primary entry: {one}");
}

#[test]
fn without_an_address_of_the_site_the_link_is_a_path() {
    let run = counterpart(&["link", "AP001#core"]);
    assert_eq!(run.stdout, "p/concurrent-join/index.html#core\n");
    assert!(run.stderr.contains("--base-url"), "{run:?}");
    assert_eq!(run.code, Some(0));
}

#[test]
fn what_cannot_be_linked_is_said() {
    let long = "x".repeat(10_000);
    let long_base = format!("https://example.org/{}", "y".repeat(600));
    for (arguments, code, said) in [
        (&["concurent-join"][..], 3, "the nearest names are `concurrent-join`"),
        (&["AP001", "--region", "cor"], 3, "is called `#cor`; the nearest names are `core`"),
        (&["AP001#core", "--region", "failure"], 2, "name one"),
        (&[&long], 3, "xxx…`"),
        (&["AP001", "--region", &long], 3, "xxx…`"),
        (&["AP001", "--format", "yaml"], 2, "[possible values: url, markdown, html, json, text]"),
        (&["AP001", "--base-url", "example.org"], 2, "write it in full"),
        (&["AP001", "--base-url", "https://example.org/?q"], 2, "leave out the query"),
        (
            &["AP001", "--format", "text", "--base-url", &long_base],
            2,
            "the address alone is longer",
        ),
    ] {
        let run = counterpart(&[&["link"], arguments].concat());
        run.refuses(code, said);
        assert!(run.stderr.len() < 500, "{}", run.stderr);
    }
}
