//! What a published site offers to other programs: every address in it leads to a page.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use counterpart::site::Pages;

use crate::fixture::{Built, Checkout, pages, project, text};
use crate::html::elements;

const BASE: &str = "https://example.org/sub/path/";

const FILES: [&str; 6] = [
    "catalog.json",
    "catalog.schema.json",
    "feed.xml",
    "llms.txt",
    "opensearch.xml",
    "sitemap.xml",
];

/// The project's own site with an address.
fn published() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| pages(project(), Some(BASE)));
    &BUILT
}

fn file(pages: &Pages, path: &str) -> String {
    text(pages.get(path).unwrap_or_else(|| panic!("no {path}")))
}

/// The file that a server shows at an address of the site.
fn path(url: &str) -> String {
    let path = url.strip_prefix(BASE).unwrap_or_else(|| panic!("{url} is somewhere else"));
    let path = path.split_once('#').map_or(path, |(path, _)| path);
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// The pages that people find: no second names, and not the one for lost readers.
fn canonical(pages: &Pages) -> BTreeSet<String> {
    let html = pages
        .iter()
        .filter(|(path, _)| path.rsplit('.').next() == Some("html") && *path != "404.html");
    html.map(|(_, bytes)| {
        let elements = elements(bytes);
        let link = elements.iter().find(|e| e.get("rel") == Some("canonical"));
        path(link.and_then(|link| link.get("href")).expect("a canonical link"))
    })
    .collect()
}

#[test]
fn the_sitemap_names_every_page_once() {
    let (_, pages) = published();
    let map = file(pages, "sitemap.xml");
    let map = roxmltree::Document::parse(&map).expect("XML");
    let named: Vec<String> = map
        .descendants()
        .filter(|node| node.has_tag_name("loc"))
        .map(|node| path(node.text().unwrap_or_default()))
        .collect();
    let once: BTreeSet<String> = named.iter().cloned().collect();
    assert_eq!(named.len(), once.len());
    assert_eq!(once, canonical(pages));
}

#[test]
fn the_feed_has_what_atom_asks_for_newest_first() {
    let checkout = Checkout::new();
    let days = [
        ("web/farewell", "added = \"2026-11-20\""),
        ("basics/greeting", "added = \"2026-11-19\"\nchanged = \"2026-11-21\""),
    ];
    for (entry, days) in days {
        let page = format!("patterns/{entry}/pattern.md");
        checkout.replace(&page, "needs = []", &format!("needs = []\n{days}"));
    }
    let (catalog, pages) = checkout.pages(Some(BASE));
    let feed = file(&pages, "feed.xml");
    let feed = roxmltree::Document::parse(&feed).expect("XML");
    let child = |node: roxmltree::Node<'_, '_>, name: &str| -> String {
        let found = node.children().find(|child| child.tag_name().name() == name);
        found.and_then(|child| child.text()).unwrap_or_else(|| panic!("no {name}")).to_owned()
    };
    let root = feed.root_element();
    assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
    assert_eq!(child(root, "id"), BASE);
    assert_eq!(child(root, "updated"), "2026-11-21T00:00:00Z");
    let items: Vec<_> = root.children().filter(|n| n.tag_name().name() == "entry").collect();
    let days: Vec<String> = items.iter().map(|item| child(*item, "updated")).collect();
    assert_eq!(days, ["2026-11-21T00:00:00Z", "2026-11-20T00:00:00Z"]);
    for item in items {
        let page = pages.get(&path(&child(item, "id"))).expect("a page");
        let link = item.children().find(|n| n.tag_name().name() == "link").expect("a link");
        assert_eq!(page, pages.get(&path(link.attribute("href").unwrap_or_default())).expect("it"));
        assert!(catalog.entries.iter().any(|entry| entry.meta.title == child(item, "title")));
    }
}

#[test]
fn no_entry_is_missing_from_the_feed() {
    let (catalog, pages) = published();
    let missing = catalog.entries.iter().filter(|entry| entry.meta.added.is_none());
    let missing: Vec<&str> = missing.map(|entry| entry.slug.as_str()).collect();
    assert!(missing.is_empty(), "no `added` in the front matter: {missing:?}");
    let items = file(pages, "feed.xml").matches("<entry>").count();
    assert_eq!(items, catalog.entries.len().min(50));
}

#[test]
fn the_catalog_as_data_keeps_to_its_schema() {
    let (catalog, pages) = published();
    let json = |path: &str| serde_json::from_str(&file(pages, path)).expect("JSON");
    let (schema, data): (serde_json::Value, serde_json::Value) =
        (json("catalog.schema.json"), json("catalog.json"));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&data).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let entries = data["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), catalog.entries.len());
    for entry in entries {
        let regions = entry["regions"].as_array().expect("regions");
        for url in regions.iter().chain([entry]).map(|of| &of["url"]).chain([&entry["markdown"]]) {
            let url = url.as_str().expect("an address");
            assert!(pages.get(&path(url)).is_some(), "{url}");
        }
        // A key that the schema does not describe would be a promise that nobody wrote down.
        for key in entry.as_object().expect("an object").keys() {
            assert!(!schema["$defs"]["entry"]["properties"][key].is_null(), "{key}");
        }
    }
}

#[test]
fn every_page_has_a_twin_in_markdown_and_the_list_names_the_twins() {
    let (_, pages) = published();
    for page in canonical(pages).iter().filter(|page| *page != "search.html") {
        let twin = page.replace(".html", ".md");
        let twin = file(pages, &twin);
        assert!(twin.starts_with("# "), "{page}: {twin:.40}");
    }
    let list = file(pages, "llms.txt");
    let named: Vec<&str> =
        list.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(named.len() > 20);
    for url in named {
        assert!(url.rsplit('.').next() == Some("md") && pages.get(&path(url)).is_some(), "{url}");
    }
}

#[test]
fn pages_describe_themselves_for_previews_and_browsers() {
    let (_, pages) = Checkout::new().pages(Some(BASE));
    let elements = elements(pages.get("p/greeting/index.html").expect("a page"));
    let meta = |property: &str| {
        let found = elements.iter().find(|e| e.get("property") == Some(property));
        found.and_then(|e| e.get("content")).unwrap_or_else(|| panic!("no {property}"))
    };
    assert_eq!(meta("og:url"), format!("{BASE}p/greeting/"));
    assert!(!meta("og:title").is_empty() && !meta("og:description").is_empty());
    for rel in ["search", "alternate"] {
        let link = elements.iter().find(|e| e.get("rel") == Some(rel)).expect(rel);
        let to = link.get("href").expect("an address").trim_start_matches("../");
        assert!(pages.get(to).is_some(), "{to}");
    }
    let search = file(&pages, "opensearch.xml");
    assert!(roxmltree::Document::parse(&search).is_ok());
}

#[test]
fn without_an_address_they_are_left_out_by_name() {
    let checkout = Checkout::new();
    let built = checkout.run(&["build", "--out", "without"]);
    let said = text(&built.stderr);
    for name in FILES {
        assert!(!checkout.path("without").join(name).exists(), "{name}");
        assert!(said.contains(name), "{said}");
    }
    let built = checkout.run(&["build", "--out", "with", "--base-url", BASE]);
    assert_eq!(text(&built.stderr), "");
    for name in FILES {
        assert!(checkout.path("with").join(name).exists(), "{name}");
    }
}
