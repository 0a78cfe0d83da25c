//! What a page tells machines about itself: language, title, description, and its outline.

use std::collections::BTreeMap;

use counterpart::site::Pages;

use crate::fixture::{own, small};
use crate::html::{Element, elements};

/// Every page of the fixture catalog and of the real one, once: names of an entry share bytes.
fn all() -> Vec<(String, &'static [Element])> {
    let read = |pages: &Pages| {
        let mut once: BTreeMap<Vec<u8>, String> = BTreeMap::new();
        for (path, bytes) in
            pages.iter().filter(|(path, _)| path.rsplit('.').next() == Some("html"))
        {
            once.insert(bytes.to_vec(), path.to_owned());
        }
        once.into_iter().map(|(bytes, path)| (path, elements(&bytes))).collect::<Vec<_>>()
    };
    let mut all = read(&small().1);
    all.extend(read(&own().1));
    all
}

#[test]
fn headings_begin_with_the_title_and_skip_no_level() {
    for (path, elements) in all() {
        let level = |element: &Element| match element.name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
            _ => None,
        };
        let levels: Vec<u8> = elements.iter().filter_map(level).collect();
        assert_eq!(levels.first(), Some(&1), "{path}");
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{path}: h{} below h{}", pair[1], pair[0]);
        }
    }
}

#[test]
fn every_page_says_its_language_and_what_it_is() {
    for (_, site) in [small(), own()] {
        let mut titles: BTreeMap<String, &[u8]> = BTreeMap::new();
        for (path, bytes) in site.iter().filter(|(path, _)| path.rsplit('.').next() == Some("html"))
        {
            let elements = elements(bytes);
            let named = |name: &str| elements.iter().find(|element| element.name == name);
            assert_eq!(named("html").and_then(|html| html.get("lang")), Some("en"), "{path}");
            let title = named("title").map(|title| title.text.clone()).unwrap_or_default();
            assert!((8..=100).contains(&title.len()), "{path}: {title}");
            let other = titles.insert(title.clone(), bytes);
            assert!(other.is_none_or(|other| other == bytes), "{path} shares its title: {title}");
            let meta = |name: &str| {
                let found = elements.iter().find(|element| element.get("name") == Some(name));
                found.and_then(|element| element.get("content")).unwrap_or_default()
            };
            let description = meta("description");
            assert!((5..=160).contains(&description.len()), "{path}: {description}");
            assert!(meta("viewport").contains("width=device-width"), "{path}");
            let landmarks = ["header", "main", "nav", "footer"];
            assert!(landmarks.iter().all(|name| named(name).is_some()), "{path}");
        }
    }
}
