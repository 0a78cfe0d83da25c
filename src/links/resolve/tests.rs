//! Every spelling of a name, and what is said about unknown ones.

use counterpart_catalog::{Catalog, Entry, Meta, Program, Region, Transcript};

use super::{Fragment, resolve};

fn entry(id: &str, slug: &str, lints: &[&str]) -> Entry {
    let region = Region { name: "core".to_owned(), line: 1, text: "x\n".to_owned() };
    let program = Program { source: String::new(), regions: vec![region] };
    Entry {
        category: "basics".to_owned(),
        slug: slug.to_owned(),
        meta: Meta {
            id: id.to_owned(),
            aliases: vec![format!("old-{slug}")],
            lints: lints.iter().map(|lint| (*lint).to_owned()).collect(),
            ..Meta::default()
        },
        sections: Vec::new(),
        python: program.clone(),
        rust: program,
        transcript: Transcript::Same(String::new()),
        mutations: Vec::new(),
        mistakes: Vec::new(),
    }
}

fn catalog() -> Catalog {
    let entries = vec![
        entry("AP007", "later", &["E0308", "pylint:misc", "clippy::await_holding_lock"]),
        entry("AP002", "earlier", &["E0308", "mypy:misc"]),
    ];
    Catalog { entries, ..Catalog::default() }
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
        ("error[E0308]", &["earlier", "later"]),
        ("e0308", &["earlier", "later"]),
        ("misc", &["earlier", "later"]),
        ("mypy:misc", &["earlier"]),
        ("mypy: misc", &["earlier", "later"]),
    ] {
        let found = resolve(&catalog, reference).expect(reference);
        let all = [found.entry].into_iter().chain(found.others);
        let all: Vec<&str> = all.map(|entry| entry.slug.as_str()).collect();
        assert_eq!(all, slugs, "{reference}");
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
