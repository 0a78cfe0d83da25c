//! The sitemap: every page once, at its canonical address (<https://www.sitemaps.org/protocol.html>).

use askama::Template;
use counterpart_catalog::Catalog;

use super::updated;
use crate::links::BaseUrl;
use crate::site::Pages;

#[derive(Template)]
#[template(path = "sitemap.xml")]
pub(super) struct Sitemap<'a> {
    places: Vec<Place<'a>>,
}

struct Place<'a> {
    url: String,
    updated: Option<&'a str>,
}

pub(super) fn new<'a>(catalog: &'a Catalog, base: &BaseUrl, pages: &Pages) -> Sitemap<'a> {
    let canonical = |path: &str| {
        let page =
            path.strip_suffix("index.html").filter(|path| path.is_empty() || path.ends_with('/'));
        let slug = path.strip_prefix("p/").map(|rest| rest.split('/').next().unwrap_or(rest));
        match (page, slug) {
            (_, Some(slug)) => {
                page.zip(catalog.entry(slug)).map(|(page, entry)| (page.to_owned(), Some(entry)))
            }
            (Some(page), None) => Some((page.to_owned(), None)),
            (None, None) => (path.rsplit('.').next() == Some("html") && path != "404.html")
                .then(|| (path.to_owned(), None)),
        }
    };
    let places = pages.iter().filter_map(|(path, _)| canonical(path));
    let places = places
        .map(|(path, entry)| Place { url: base.join(&path), updated: entry.and_then(updated) });
    Sitemap { places: places.collect() }
}
