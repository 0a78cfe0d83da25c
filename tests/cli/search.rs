//! `counterpart search`

use std::fs;
use std::path::Path;

use counterpart::{embedded, search};
use serde_json::Value;

use crate::harness::{counterpart, in_folder, with_input};

#[test]
fn words_find_entries() {
    let found = counterpart(&["search", "asyncio.gather"]).ok();
    assert!(found.starts_with("concurrent-join  "), "{found}");
    assert!(found.contains("asyncio.gather / tokio::try_join!"), "{found}");
    assert!(!found.contains('\x1b'), "no colours into a pipe: {found}");
}

#[test]
fn several_arguments_are_one_query() {
    let one = counterpart(&["search", "coroutine was never awaited"]).ok();
    assert_eq!(counterpart(&["search", "coroutine", "was", "never", "awaited"]).ok(), one);
}

#[test]
fn a_query_has_phrases_exclusions_and_filters() {
    let one = ["search", "\"never awaited\" -gather", "tag:pitfall"];
    let found = counterpart(&one).ok();
    assert!(found.contains("unawaited-coroutine  "), "{found}");
    counterpart(&["search", "\"awaited never was\""]).refuses(1, "nothing found");
    counterpart(&["search", "await category:nowhere"]).refuses(1, "`concurrency`");

    let help = counterpart(&["search", "--help"]).ok();
    for word in ["\"some words\"", "-word", "category:", "tag:", "lang:", "level:", "lint:"] {
        assert!(help.contains(word), "no `{word}` in {help}");
    }
}

#[test]
fn where_to_go_on_when_nothing_is_found() {
    let run = counterpart(&["search", "zzzspawn_blockingzzz"]);
    run.refuses(1, "nothing found");
    let run = counterpart(&["search", "asyncioqq.gatherrzz"]);
    run.refuses(1, "the nearest names are `");
    run.refuses(1, "the categories are `");
}

#[test]
fn a_message_is_pasted_into_standard_input() {
    let message = "app.py:3: RuntimeWarning: coroutine 'send' was never awaited\n  send(user)\n";
    let found = with_input(&["search", "-"], message.as_bytes()).ok();
    assert!(found.starts_with("unawaited-coroutine  "), "{found}");
}

#[test]
fn json_has_the_promised_shape() {
    let answer = counterpart(&["search", "await", "gather", "--format", "json"]).json();
    assert_eq!(keys(&answer), ["hits", "query"]);
    assert_eq!(answer["query"], "await gather");
    let hits = answer["hits"].as_array().expect("a list");
    assert!(hits.len() > 1);
    for hit in hits {
        let expected = ["category", "excerpt", "id", "score", "slug", "title", "url"];
        assert_eq!(keys(hit), expected);
        let slug = hit["slug"].as_str().expect("a string");
        assert_eq!(hit["url"], format!("/p/{slug}/"));
        assert!(hit["excerpt"].as_str().is_some_and(|excerpt| !excerpt.is_empty()));
    }
    let scores: Vec<f64> = hits.iter().filter_map(|hit| hit["score"].as_f64()).collect();
    assert_eq!(scores.len(), hits.len());
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

#[test]
fn nothing_found_is_an_empty_list_in_json() {
    let run = counterpart(&["search", "qwertzuiop", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    let answer: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(answer["hits"], Value::Array(Vec::new()));
}

#[test]
fn a_code_without_an_entry_says_why() {
    counterpart(&["search", "ASYNC115"]).refuses(1, "`ASYNC115` has no entry: It asks for");
}

#[test]
fn the_codes_of_every_tool_are_found() {
    for code in ["S7488", "blocking-sleep-in-async-function", "TRIO251"] {
        let found = counterpart(&["search", code, "--limit", "1"]).ok();
        assert!(found.starts_with("blocking-sleep-in-async  "), "{code}: {found}");
    }
}

#[test]
fn filters_and_limit_narrow_the_answer() {
    let slugs = |arguments: &[&str]| -> Vec<String> {
        let all = [&["search", "--format", "json"], arguments].concat();
        let answer = counterpart(&all).json();
        let hits = answer["hits"].as_array().expect("a list").iter();
        hits.map(|hit| hit["slug"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(slugs(&["await", "--limit", "1"]).len(), 1);
    assert_eq!(slugs(&["await", "--category", "pitfalls", "--limit", "1"]).len(), 1);
    let pitfalls = slugs(&["await", "--category", "pitfalls"]);
    assert!(pitfalls.contains(&"unawaited-coroutine".to_owned()), "{pitfalls:?}");
    assert!(!pitfalls.contains(&"concurrent-join".to_owned()), "{pitfalls:?}");
    let tagged = slugs(&["commit", "--tag", "transactions"]);
    assert!(tagged.contains(&"transaction-per-request".to_owned()), "{tagged:?}");
}

#[test]
fn links_start_with_the_base_url() {
    for base in ["https://example.org/async", "https://example.org/async/"] {
        let arguments = ["search", "gather", "--format", "json", "--base-url", base];
        let answer = counterpart(&arguments).json();
        assert_eq!(answer["hits"][0]["url"], "https://example.org/async/p/concurrent-join/");
        let text = counterpart(&["search", "gather", "--base-url", base]).ok();
        assert!(text.contains("  https://example.org/async/p/concurrent-join/\n"), "{text}");
    }
}

/// Writes what a site has for the search, with one file changed.
fn site(folder: &Path, change: impl Fn(&str, &mut Vec<u8>)) {
    let index = folder.join("site").join(search::FOLDER);
    fs::create_dir_all(&index).expect("a folder");
    for (name, bytes) in embedded::index().iter() {
        let mut bytes = bytes.to_vec();
        change(name, &mut bytes);
        fs::write(index.join(name), bytes).expect("a file");
    }
}

#[test]
fn the_index_of_a_site_answers_as_the_one_compiled_in() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    site(folder.path(), |_, _| ());
    let ours = ["search", "await gather", "--format", "json"];
    let theirs = [&ours[..], &["--site", "site"]].concat();
    assert_eq!(in_folder(folder.path(), &theirs, b"").ok(), counterpart(&ours).ok());
    let text = in_folder(folder.path(), &["search", "gather", "--site", "site"], b"").ok();
    assert!(text.contains("/site/p/concurrent-join/index.html\n"), "{text}");
}

#[test]
fn a_damaged_index_is_an_error_and_no_panic() {
    let flip = |bytes: &mut Vec<u8>| bytes[0] ^= 1;
    let halve = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2);
    for damage in [flip, halve, Vec::clear] {
        for file in [".store", ".idx", ".pos", ".term", ".fast", ".fieldnorm", "meta.json"] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            site(folder.path(), |name, bytes| {
                if name.ends_with(file) {
                    damage(bytes);
                }
            });
            in_folder(folder.path(), &["search", "gather", "--site", "site"], b"")
                .refuses(2, "search index");
        }
    }
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> =
        value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
