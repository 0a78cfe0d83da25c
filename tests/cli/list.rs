//! `counterpart list` and `counterpart completions`

use std::collections::BTreeSet;

use clap::CommandFactory as _;
use counterpart::cli::Cli;

use crate::harness::counterpart;

#[test]
fn the_list_fits_eighty_columns_and_names_every_entry() {
    let list = counterpart(&["list"]).ok();
    let json = counterpart(&["list", "--format", "json"]).json();
    for item in json.as_array().expect("a list") {
        let slug = item["slug"].as_str().expect("a string");
        assert_eq!(list.matches(&format!("\n  {slug} ")).count(), 1, "{slug}");
    }
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
    assert!(!list.contains('\x1b'), "no colours into a pipe");
}

#[test]
fn json_has_the_promised_shape() {
    let list = counterpart(&["list", "--format", "json"]).json();
    let items = list.as_array().expect("a list");
    let mut ids = BTreeSet::new();
    for item in items {
        let keys: Vec<&str> =
            item.as_object().expect("an object").keys().map(String::as_str).collect();
        let expected: BTreeSet<&str> = [
            "id", "slug", "category", "title", "summary", "python", "rust", "tags", "lints",
            "guide", "findings", "regions", "url",
        ]
        .into();
        assert_eq!(keys.len(), expected.len());
        assert_eq!(keys.into_iter().collect::<BTreeSet<_>>(), expected);
        assert!(ids.insert(item["id"].as_str().expect("a string")), "{item}");
        assert_eq!(item["url"], format!("/p/{}/", item["slug"].as_str().expect("a string")));
    }
    let join = items.iter().find(|item| item["slug"] == "concurrent-join").expect("it is there");
    assert_eq!(join["id"], "AP001");
    assert_eq!(join["python"], "asyncio.gather");
    assert!(join["regions"].as_array().is_some_and(|all| all.iter().any(|name| name == "core")));
    assert!(
        join["guide"].as_array().is_some_and(|all| all.iter().any(|item| item == "G1-17#core"))
    );
}

#[test]
fn addresses_start_with_the_base_url() {
    let arguments = ["list", "--format", "json", "--base-url", "https://example.org/async"];
    let list = counterpart(&arguments).json();
    for item in list.as_array().expect("a list") {
        let slug = item["slug"].as_str().expect("a string");
        assert_eq!(item["url"], format!("https://example.org/async/p/{slug}/"));
    }
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = counterpart(&["completions", shell]).ok();
        assert!(script.contains("counterpart") && script.contains("explain"), "{shell}");
    }
}

#[test]
fn the_definition_of_the_command_line_is_sound() {
    Cli::command().debug_assert();
}
