//! The links to the Rust Playground: a page has one, or says why it has none.

use crate::fixture::own;
use crate::html::elements;

#[test]
fn a_page_opens_its_program_in_the_playground_or_says_why_not() {
    let (catalog, pages) = own();
    let mut links = 0;
    for entry in &catalog.entries {
        let html = pages.get(&format!("p/{}/index.html", entry.slug)).expect("a page");
        let text = std::str::from_utf8(html).expect("UTF-8");
        let get = format!("<code>counterpart get {} DIR</code>", entry.slug);
        assert_eq!(text.matches(&get).count(), 1, "{}", entry.slug);
        let elements = elements(html);
        let link = elements.iter().find(|element| {
            element.get("href").is_some_and(|url| url.starts_with("https://play.rust-lang.org/"))
        });
        let Some(link) = link else {
            assert!(text.contains("Not in the Rust Playground: "), "{}", entry.slug);
            continue;
        };
        links += 1;
        assert!(!text.contains("Not in the Rust Playground"), "{}", entry.slug);
        assert_eq!(link.get("rel"), Some("noreferrer"), "{}", entry.slug);
        let url = url::Url::parse(link.get("href").expect("a link")).expect("an address");
        let (_, code) = url.query_pairs().find(|(name, _)| name == "code").expect("the program");
        let whole = pages.get(&format!("p/{}/rust.rs", entry.slug)).expect("a program");
        assert_eq!(code, entry.for_playground().0, "{}", entry.slug);
        let smaller = code.as_bytes() != whole.as_ref();
        assert_eq!(text.contains("Open a smaller program"), smaller, "{}", entry.slug);
        assert_eq!(text.contains("does not open there: "), smaller, "{}", entry.slug);
    }
    println!("{links} of {} programs open in the Playground", catalog.entries.len());
    let goal = (catalog.entries.len() * 2).div_ceil(3);
    assert!(links >= goal, "{links} programs open in the Playground, and {goal} should");
}
