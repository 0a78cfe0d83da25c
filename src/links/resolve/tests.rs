//! Every spelling of a name, and what is said about unknown ones.

use counterpart_catalog::{
    Catalog, Code, Entry, Meaning, Meta, Program, Region, Target, Tool, Transcript,
};

use super::{Fragment, resolve};

fn entry(id: &str, slug: &str) -> Entry {
    let region = Region { name: "core".to_owned(), line: 1, text: "x\n".to_owned() };
    let program = Program { source: String::new(), regions: vec![region] };
    Entry {
        category: "basics".to_owned(),
        slug: slug.to_owned(),
        meta: Meta { id: id.to_owned(), aliases: vec![format!("old-{slug}")], ..Meta::default() },
        sections: Vec::new(),
        python: program.clone(),
        rust: program,
        transcript: Transcript::Same(String::new()),
        mutations: Vec::new(),
        mistakes: Vec::new(),
        smaller: None,
    }
}

fn code(tool: Tool, code: &str, name: Option<&str>, slugs: &[&str]) -> Code {
    let target = |slug: &&str| Target { id: (*slug).to_owned(), fragment: "core".to_owned() };
    let meaning = match slugs {
        [] => Meaning::None("It is nobody's.".to_owned()),
        slugs => Meaning::Entries(slugs.iter().map(target).collect()),
    };
    let (code, name) = (code.to_owned(), name.map(str::to_owned));
    Code { tool, code, name, note: None, review: None, same: None, meaning, messages: None }
}

fn catalog() -> Catalog {
    let entries = vec![entry("AP007", "later"), entry("AP002", "earlier")];
    let codes = vec![
        code(Tool::Ruff, "ASYNC251", Some("blocking-sleep"), &["earlier"]),
        code(Tool::Ruff, "ASYNC115", Some("zero-sleep"), &[]),
        code(Tool::Pylint, "misc", None, &["later"]),
        code(Tool::Mypy, "misc", None, &["earlier"]),
        code(Tool::Sonar, "S7488", None, &["earlier"]),
        code(Tool::Rustc, "E0308", None, &["later", "earlier"]),
        code(Tool::Clippy, "await_holding_lock", None, &["later"]),
    ];
    Catalog { entries, codes, ..Catalog::default() }
}

#[test]
fn every_name_leads_to_its_entry() {
    let catalog = catalog();
    for (reference, slugs) in [
        ("AP007", &["later"][..]),
        (" ap007 ", &["later"]),
        ("later", &["later"]),
        ("old-later", &["later"]),
        ("p/later/", &["later"]),
        ("/p/ap007/index.html#core", &["later"]),
        ("https://example.org/a/p/later/?q=x#core", &["later"]),
        ("clippy::await_holding_lock", &["later"]),
        ("await_holding_lock", &["later"]),
        ("clippy::await-holding-lock", &["later"]),
        ("ASYNC251", &["earlier"]),
        ("ruff:blocking-sleep", &["earlier"]),
        ("Ruff: async251", &["earlier"]),
        ("python:S7488", &["earlier"]),
        ("error[E0308]", &["later", "earlier"]),
        ("e0308", &["later", "earlier"]),
        ("rustc:E0308", &["later", "earlier"]),
        ("misc", &["later", "earlier"]),
        ("mypy:misc", &["earlier"]),
        ("mypy: misc", &["earlier"]),
    ] {
        let found = resolve(&catalog, reference).expect(reference);
        let all = [found.entry].into_iter().chain(found.others);
        let all: Vec<&str> = all.map(|entry| entry.slug.as_str()).collect();
        assert_eq!(all, slugs, "{reference}");
    }
}

#[test]
fn a_code_comes_with_the_place_that_is_about_it() {
    let catalog = catalog();
    let found = resolve(&catalog, "ASYNC251").expect("it is there");
    assert_eq!(found.fragment, None, "nothing after `#` was asked for");
    let (code, place) = found.code.expect("it is a code");
    assert_eq!((code.code.as_str(), place), ("ASYNC251", Some(Fragment::Region("core"))));
    assert!(resolve(&catalog, "later").expect("it is there").code.is_none());
}

#[test]
fn a_code_without_an_entry_says_why() {
    for reference in ["ASYNC115", "ruff:zero-sleep"] {
        let error = resolve(&catalog(), reference).expect_err(reference).to_string();
        assert_eq!(error, format!("`{reference}` has no entry: It is nobody's."));
    }
}

#[test]
fn a_fragment_is_a_region_or_an_id_of_the_page() {
    let catalog = catalog();
    let fragment = |reference| resolve(&catalog, reference).map(|found| found.fragment);
    assert_eq!(fragment("later").expect("it is there"), None);
    assert_eq!(fragment("later#").expect("it is there"), None);
    assert_eq!(fragment("later#core").expect("it is there"), Some(Fragment::Region("core")));
    assert_eq!(fragment("later#limits").expect("it is there"), Some(Fragment::Fixed("limits")));
    let error = fragment("later#cor").expect_err("there is none").to_string();
    let expected = "no region of `later` is called `#cor`; the nearest names are `core`";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn an_unknown_name_comes_with_what_is_near() {
    for (reference, nearest) in [
        ("earler", &["earlier"][..]),
        ("AP003", &["AP002", "AP007"]),
        ("await_holding_locks", &["await_holding_lock"]),
        ("zzzz", &[]),
        ("\u{7}", &[]),
    ] {
        let error = resolve(&catalog(), reference).expect_err(reference);
        assert_eq!(error.nearest, nearest, "{reference}");
    }
}
