//! What stands at which address, and that every link leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use counterpart::site::Pages;

use crate::fixture::{Built, Checkout, own, small, text};
use crate::html::{Element, elements};

/// The fixture catalog, and the real one.
fn sites() -> [&'static Built; 2] {
    [small(), own()]
}

fn read(pages: &Pages) -> BTreeMap<&str, &'static [Element]> {
    let html = pages.iter().filter(|(path, _)| path.rsplit('.').next() == Some("html"));
    html.map(|(path, bytes)| (path, elements(bytes))).collect()
}

#[test]
fn every_name_of_an_entry_is_a_page_with_the_same_bytes() {
    for (catalog, pages) in sites() {
        for entry in &catalog.entries {
            let canonical = pages.get(&format!("p/{}/index.html", entry.slug)).expect("a page");
            let id = &entry.meta.id;
            for name in [id, &id.to_lowercase()].into_iter().chain(&entry.meta.aliases) {
                let page = pages.get(&format!("p/{name}/index.html")).expect(name);
                assert_eq!(page, canonical, "{name}");
            }
            for file in ["python.py", "rust.rs"] {
                let program = pages.get(&format!("p/{}/{file}", entry.slug)).expect(file);
                assert!(!text(program).contains("ANCHOR"), "{}: {file}", entry.slug);
            }
        }
        for category in &catalog.categories {
            assert!(pages.get(&format!("c/{}/index.html", category.slug)).is_some());
        }
        for tag in catalog.entries.iter().flat_map(|entry| &entry.meta.tags) {
            assert!(pages.get(&format!("t/{tag}/index.html")).is_some(), "{tag}");
        }
        for file in ["index.html", "404.html", "assets/site.css", "search-index/meta.json"] {
            assert!(pages.get(file).is_some(), "{file}");
        }
    }
}

#[test]
fn regions_and_headings_are_fragments() {
    for (catalog, pages) in sites() {
        let pages = read(pages);
        for entry in &catalog.entries {
            let elements = &pages[format!("p/{}/index.html", entry.slug).as_str()];
            let ids: BTreeSet<&str> = elements.iter().filter_map(|e| e.get("id")).collect();
            for id in entry.fragments() {
                assert!(ids.contains(id), "{} has no #{id}", entry.slug);
            }
        }
    }
}

#[test]
fn no_link_dangles_and_nothing_comes_from_another_host() {
    for (_, pages) in sites() {
        let read = read(pages);
        for (path, elements) in &read {
            for element in *elements {
                for (name, value) in &element.attributes {
                    let resource = name == "src" || (name == "href" && element.name == "link");
                    if name != "href" && name != "src" {
                        continue;
                    }
                    if value.contains(':') {
                        assert!(!resource, "{path} loads {value}");
                        continue;
                    }
                    let (to, fragment) = value.split_once('#').unwrap_or((value, ""));
                    // A server shows this page at any depth: its links start at the site's root.
                    let target = match to.strip_prefix('/').filter(|_| *path == "404.html") {
                        Some(to) => to.to_owned(),
                        None => resolve(path, to),
                    };
                    assert!(pages.get(&target).is_some(), "{path} links to {value}");
                    if !fragment.is_empty() {
                        let target = &read[target.as_str()];
                        let found = target.iter().any(|e| e.get("id") == Some(fragment));
                        assert!(found, "{path} links to {value}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_lost_reader_finds_back_from_any_depth() {
    let checkout = Checkout::new();
    for (base, root) in [(None, "/"), (Some("https://example.org/sub/path"), "/sub/path/")] {
        let (_, pages) = checkout.pages(base);
        let lost = elements(pages.get("404.html").expect("a page"));
        for element in lost {
            for address in ["href", "src"].iter().filter_map(|name| element.get(name)) {
                let file = address.strip_prefix(root);
                let found = file.is_some_and(|file| pages.get(file).is_some());
                assert!(found || address == "#content", "{address}");
            }
        }
        assert!(!lost.iter().any(|element| element.get("rel") == Some("canonical")));
    }
}

/// What a relative link on a page leads to.
fn resolve(page: &str, to: &str) -> String {
    if to.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{page} links above the site: {to}");
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[test]
fn pages_have_one_title_unique_ids_and_no_inline_code() {
    for (_, pages) in sites() {
        for (path, elements) in read(pages) {
            assert_eq!(elements.iter().filter(|e| e.name == "h1").count(), 1, "{path}");
            let mut ids = BTreeSet::new();
            for element in elements {
                if let Some(id) = element.get("id") {
                    assert!(ids.insert(id), "{path} has #{id} twice");
                }
                let inline = |name: &str| name == "style" || name.starts_with("on");
                let found = element.attributes.iter().find(|(name, _)| inline(name));
                assert!(found.is_none(), "{path}: {element:?}");
                assert_ne!(element.name, "style", "{path}");
                assert!(element.name != "script" || element.get("src").is_some(), "{path}");
            }
        }
    }
}

#[test]
fn text_with_markup_is_text() {
    let checkout = Checkout::new();
    let hostile = "<script>alert(1)</script> & `x` *y*";
    checkout.replace(
        "patterns/basics/greeting/pattern.md",
        "symptoms = [\"nobody is greeted\"]",
        &format!("symptoms = ['{hostile}']"),
    );
    checkout.write("patterns/basics/greeting/mistakes/number-as-name.stderr", hostile);
    checkout.write("patterns/basics/greeting/expected.txt", &format!("{hostile}\n"));
    checkout.replace(
        "patterns/basics/greeting/pattern.md",
        "Nothing but the language,",
        "`Vec<String>` is Vec<String>,",
    );
    let (_, pages) = checkout.pages(None);
    let page = elements(pages.get("p/greeting/index.html").expect("a page"));
    let title = page.iter().find(|e| e.name == "h1").expect("a title");
    assert_eq!(title.text.trim(), "Greet <everybody> & more");
    let shown = page.iter().filter(|e| e.name != "title" && e.text.contains("<script>")).count();
    assert_eq!(shown, 3, "symptom, transcript and message");
    assert!(page.iter().any(|e| e.text.contains("is Vec<String>,")));
    let ours = |e: &&Element| e.get("src").is_some_and(|src| src.starts_with("../../assets/"));
    assert!(page.iter().filter(|e| e.name == "script").all(|e| ours(&e)));
    assert!(!page.iter().any(|e| matches!(e.name.as_str(), "everybody" | "string")));
}

fn page(checkout: &Checkout, base: Option<&str>) -> String {
    text(checkout.pages(base).1.get("p/AP001/index.html").expect("a page"))
}

#[test]
fn only_a_site_with_an_address_names_it() {
    let checkout = Checkout::new();
    assert!(!page(&checkout, None).contains("canonical"));
    let page = page(&checkout, Some("https://example.org/sub"));
    let canonical = "<link rel=\"canonical\" href=\"https://example.org/sub/p/greeting/\">";
    assert!(page.contains(canonical), "{page}");
    assert!(page.contains("(https://example.org/sub/p/greeting/)**: Greet everybody"), "{page}");

    checkout.replace(
        "book.toml",
        "[output.counterpart]",
        "[output.counterpart]\nbase-url = \"https://book.example\"",
    );
    assert!(self::page(&checkout, None).contains("https://book.example/p/greeting/"));
    let page = self::page(&checkout, Some("https://example.org"));
    assert!(page.contains("https://example.org/p/greeting/") && !page.contains("book.example"));
}

/// Where the index page at `path` leads for a name: the text around it, without markup.
fn listed(pages: &Pages, path: &str, name: &str) -> String {
    let page = elements(pages.get(path).expect("a page"));
    let shown = |element: &Element| element.text.trim() == name;
    let found = page.iter().position(shown).unwrap_or_else(|| panic!("{path} has no {name}"));
    let row = page[found + 1..].iter().take_while(|element| element.name != "dt");
    let row = row.flat_map(|element| [element.get("href").unwrap_or_default(), &element.text]);
    row.collect::<Vec<_>>().join(" ")
}

#[test]
fn names_lead_to_their_counterparts() {
    let (_, pages) = own();
    for (path, modules, there) in [
        ("api/python/index.html", "asyncio.", "tokio::try_join!"),
        ("api/rust/index.html", "tokio::", "asyncio.gather"),
    ] {
        let page = text(pages.get(path).expect("a page"));
        let name = if modules == "tokio::" { "try_join!" } else { "gather" };
        let shown = format!("<span class=\"quiet\">{modules}</span><wbr>{name}</code>");
        let row = page.split(&shown).nth(1).unwrap_or_else(|| panic!("{path} has no {shown}"));
        let first = row.split("</li>").next().expect("an entry");
        assert!(first.contains("p/concurrent-join/index.html") && first.contains(there), "{first}");
    }
}

#[test]
fn messages_codes_and_tags_lead_to_their_entries() {
    let (_, pages) = small();
    for (path, name, leads) in [
        ("codes/index.html", "nobody is greeted", "p/greeting/index.html"),
        ("codes/index.html", "E0308", "p/greeting/index.html#compiler Greet <everybody> & more"),
        ("t/index.html", "first", "the first tag"),
    ] {
        let row = listed(pages, path, name);
        assert!(row.contains(leads), "{name}: {row}");
    }
}

#[test]
fn only_a_site_with_a_repository_links_to_it() {
    let checkout = Checkout::new();
    assert!(!page(&checkout, None).contains("Edit this page"));
    let with = |address: &str| format!("[output.counterpart]\nrepository = \"{address}\"");
    checkout.replace("book.toml", "[output.counterpart]", &with("https://git.example/a/b"));
    let page = page(&checkout, None);
    for address in [
        "https://git.example/a/b/edit/main/patterns/basics/greeting/pattern.md",
        "https://git.example/a/b/issues/new?title=Wrong+claim+in+greeting+%28AP001%29",
    ] {
        assert!(page.contains(&format!("href=\"{address}\"")), "{address}");
    }
    checkout.replace("book.toml", "https://git.example", "git.example");
    let built = checkout.run(&["build"]);
    assert_eq!(built.status.code(), Some(2));
    assert!(text(&built.stderr).contains("`repository`"), "{}", text(&built.stderr));
}

#[test]
fn the_live_example_is_the_entry_with_the_lowest_id() {
    let checkout = Checkout::new();
    checkout.replace("patterns/index.md", "A page by hand.", "{{#example}}");
    let home = text(checkout.pages(None).1.get("index.html").expect("a page"));
    assert!(home.contains("The whole entry: <a href=\"p/greeting/index.html\">"), "{home}");
}
