//! `counterpart lints`

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::harness::counterpart;

const BASE: [&str; 2] = ["--base-url", "https://example.org/async"];

fn table(arguments: &[&str]) -> Table {
    counterpart(&[&["lints"], arguments].concat()).ok().parse().expect("TOML")
}

fn strings(list: &Value, key: &str) -> Vec<String> {
    let items = list.as_array().expect("a list").iter();
    items.map(|item| item[key].as_str().expect("a string").to_owned()).collect()
}

#[test]
fn every_reason_in_clippy_toml_ends_with_the_address_of_an_entry() {
    let table = table(&["--tool", "clippy", BASE[0], BASE[1]]);
    let slugs = slugs();
    for (list, items) in &table {
        let paths = strings(items, "path");
        assert_eq!(paths.len(), paths.iter().collect::<BTreeSet<_>>().len(), "{list}");
        for reason in strings(items, "reason") {
            let (_, address) = reason.rsplit_once(": ").expect("a reason and an address");
            let slug = address.strip_prefix("https://example.org/async/p/").expect("our site");
            assert!(slugs.contains(slug.trim_end_matches('/')), "{reason}");
        }
    }
    let methods = strings(&table["disallowed-methods"], "path");
    for method in ["std::thread::sleep", "std::fs::read", "reqwest::blocking::get"] {
        assert!(methods.iter().any(|path| path == method), "{method}");
    }
}

#[test]
fn every_rule_in_ruff_toml_stands_beside_the_address_of_an_entry() {
    let text = counterpart(&["lints", "--tool", "ruff", BASE[0], BASE[1]]).ok();
    let table: Table = text.parse().expect("TOML");
    let rules = table["lint"]["extend-select"].as_array().expect("a list");
    assert!(rules.len() > 10, "{text}");
    let slugs = slugs();
    for rule in rules {
        let line = text.lines().find(|line| line.contains(&rule.to_string())).expect("a line");
        let (_, address) = line.split_once("https://example.org/async/p/").expect("our site");
        let (slug, _) = address.split_once('/').expect("a slug");
        assert!(slugs.contains(slug), "{line}");
    }
}

#[test]
fn without_a_site_the_command_that_explains_is_named() {
    let text = counterpart(&["lints", "--tool", "clippy"]).ok();
    assert!(text.contains(": counterpart explain blocking-sleep-in-async\""), "{text}");
}

#[test]
fn without_a_tool_both_are_printed_one_after_the_other() {
    let part = |tool| counterpart(&["lints", "--tool", tool]).ok();
    let both = counterpart(&["lints"]).ok();
    assert_eq!(both, format!("# clippy.toml\n{}\n# ruff.toml\n{}", part("clippy"), part("ruff")));
    table(&[]);
}

fn slugs() -> BTreeSet<String> {
    let list = counterpart(&["list", "--format", "json"]).json();
    let items = list.as_array().expect("a list").iter();
    items.map(|item| item["slug"].as_str().expect("a string").to_owned()).collect()
}
