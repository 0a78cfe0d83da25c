//! What stands on the page of an entry.

use counterpart_catalog::Lang;

use crate::fixture::{Checkout, own, small, text};
use crate::html::elements;

/// The page of the entry `greeting` of the fixture catalog.
fn greeting(checkout: &Checkout) -> String {
    text(checkout.pages(None).1.get("p/greeting/index.html").expect("a page"))
}

#[test]
fn transcripts_show_what_is_proven() {
    let checkout = Checkout::new();
    let (_, pages) = checkout.pages(None);
    let same = text(pages.get("p/greeting/index.html").expect("a page"));
    assert!(same.contains("Both programs print this"));
    let differs = text(pages.get("p/farewell/index.html").expect("a page"));
    assert!(differs.contains("Python counts from the end."));
    assert!(differs.contains("<mark class=line>"), "lines that differ are marked");
}

#[test]
fn configurations_of_linters_are_linked_where_they_help() {
    let checkout = Checkout::new();
    let path = "patterns/basics/greeting/pattern.md";
    let clippy = "clippy = [{ list = \"disallowed-methods\", paths = [\"std::fs::read\"], \
                  reason = \"say hello\" }]\nneeds = []";
    checkout.replace(path, "needs = []", clippy);
    let (_, pages) = checkout.pages(Some("https://example.org/"));
    let file = text(pages.get("clippy.toml").expect("a file"));
    let line =
        "{ path = \"std::fs::read\", reason = \"say hello: https://example.org/p/greeting/\" }";
    assert!(file.contains(line), "{file}");
    assert!(pages.get("ruff.toml").is_some());
    for (path, links) in [
        ("p/greeting/index.html", &["../../clippy.toml"][..]),
        ("p/farewell/index.html", &[]),
        ("codes/index.html", &["../clippy.toml", "../ruff.toml"]),
    ] {
        let page = elements(pages.get(path).expect(path));
        let found = page.iter().filter(|element| element.get("download").is_some());
        let found = found.filter_map(|element| element.get("href"));
        let found: Vec<&str> =
            found.filter(|href| href.rsplit('.').next() == Some("toml")).collect();
        assert_eq!(found, links, "{path}");
    }
}

#[test]
fn a_pane_shows_the_lines_of_its_region() {
    let (catalog, pages) = own();
    for entry in &catalog.entries {
        let page = text(pages.get(&format!("p/{}/index.html", entry.slug)).expect("a page"));
        for (lang, title) in [(Lang::Python, "Python"), (Lang::Rust, "Rust")] {
            for region in &entry.program(lang).regions {
                let label = format!("aria-label=\"{title}: {}\"><code>", region.name);
                let code = page.split(&label).nth(1).expect("a pane").split("</code>").next();
                let code = elements(format!("<pre>{}", code.expect("its end")).as_bytes());
                let shown: String = code.iter().map(|element| element.text.as_str()).collect();
                assert_eq!(shown.trim_end(), region.text.trim_end(), "{}", entry.slug);
            }
        }
    }
}

#[test]
fn a_chart_draws_the_numbers_of_the_transcript() {
    let checkout = Checkout::new();
    let entry = "patterns/basics/greeting";
    checkout.replace(&format!("{entry}/pattern.md"), "It is small.", "{{#chart # calls}}");
    checkout.write(&format!("{entry}/expected.txt"), "<ada>: 3 calls\nbob: 12 calls\neve: none\n");
    let page = greeting(&checkout);
    let chart = page.split("<figure class=\"chart\">").nth(1).expect("a chart");
    let chart = elements(chart.split("</figure>").next().expect("its end").as_bytes());
    let of = |name: &'static str| chart.iter().filter(move |element| element.name == name);
    let numbers = of("td").filter(|cell| cell.get("class") == Some("number"));
    assert!(of("th").map(|cell| &*cell.text).eq(["<ada>", "bob"]));
    assert!(numbers.map(|cell| &*cell.text).eq(["3", "12"]));
    assert!(of("rect").filter_map(|bar| bar.get("width")).eq(["250", "1000"]));
}

#[test]
fn a_page_lists_its_headings() {
    let (_, pages) = small();
    let page = text(pages.get("p/greeting/index.html").expect("a page"));
    let list = page.split("<summary>On this page</summary>").nth(1).expect("a list");
    for item in ["<a href=\"#why\">The problem</a>", "<a href=\"#review\">In a code review</a>"] {
        assert!(list.split("</details>").next().is_some_and(|list| list.contains(item)), "{item}");
    }
}

#[test]
fn a_fault_of_the_guides_is_named_once_with_the_regions_that_prove_it() {
    let checkout = Checkout::new();
    let findings = "findings = [\"D01#core\", \"D01#why\"]";
    let path = "patterns/basics/greeting/pattern.md";
    checkout.replace(path, "findings = [\"D01#core\"]", findings);
    let page = greeting(&checkout);
    let regions = "D01 in <a href=\"#core\">core</a>, <a href=\"#why\">why</a></p>";
    assert!(page.contains(&format!("Findings: {regions}")), "{page}");
}

#[test]
fn the_versions_are_those_of_what_the_programs_name() {
    let checkout = Checkout::new();
    let versions = r#"{ "date": "2026-01-31", "python": "3.11.7", "rustc": "1.95.0", "tokio": "1.54.1", "unused": "1.0.0" }"#;
    checkout.write("patterns/tested.json", versions);
    for (path, comment) in [("python.py", "# date"), ("rust.rs", "// tokio, date")] {
        let path = format!("patterns/basics/greeting/{path}");
        let source = std::fs::read_to_string(checkout.path(&path)).expect("a program");
        checkout.write(&path, &format!("{source}{comment}\n"));
    }
    let shown =
        "Tested with python 3.11.7, rustc 1.95.0, tokio 1.54.1, unchanged since 2026-01-31.";
    assert!(greeting(&checkout).contains(shown));
}
