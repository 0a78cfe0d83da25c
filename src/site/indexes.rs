//! Pages that lead into the catalog: names, messages and codes, tags, and the one for lost readers.

use askama::Template;
use counterpart_catalog::{Catalog, Category, Entry, Lang};

use super::Pages;
use super::api::{self, Letter, idiom};
use super::codes::{self, Codes, Messages};
use super::render::{RenderError, Shell, Site, add};

/// With more entries than this that only use a name, they are folded.
const SHOWN: usize = 3;

/// Path, title and purpose of the indexes, in the order of the sidebar.
pub(super) const INDEXES: [(&str, &str, &str); 4] = [
    ("api/python/index.html", "Python A to Z", "what is it in Rust?"),
    ("api/rust/index.html", "Rust A to Z", "what is it in Python?"),
    ("codes/index.html", "Messages and codes", "what does it mean?"),
    ("t/index.html", "Tags", "what goes together?"),
];

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage<'a> {
    shell: Shell<'a>,
    lang: Lang,
    here: &'static str,
    there: &'static str,
    other: &'static str,
    letters: Vec<Letter<'a>>,
}

impl ApiPage<'_> {
    /// The idiom of the other side.
    fn counterpart<'e>(&self, entry: &'e Entry) -> &'e str {
        match self.lang {
            Lang::Python => idiom(entry, Lang::Rust),
            Lang::Rust => idiom(entry, Lang::Python),
        }
    }
}

#[derive(Template)]
#[template(path = "codes.html")]
struct CodesPage<'a> {
    shell: Shell<'a>,
    tools: Vec<Codes<'a>>,
    letters: Vec<Messages<'a>>,
}

#[derive(Template)]
#[template(path = "tags.html")]
struct TagsPage<'a> {
    shell: Shell<'a>,
    /// Tag, meaning and number of entries.
    tags: Vec<(&'a str, &'a str, usize)>,
}

#[derive(Template)]
#[template(path = "tag.html")]
struct TagPage<'a> {
    shell: Shell<'a>,
    tag: &'a str,
    meaning: &'a str,
    entries: Vec<&'a Entry>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    shell: Shell<'a>,
    categories: Vec<(&'a Category, Vec<&'a Entry>)>,
}

#[derive(Template)]
#[template(path = "404.html")]
struct LostPage<'a> {
    shell: Shell<'a>,
    indexes: [(&'static str, &'static str, &'static str); 4],
}

/// Adds them all.
pub(super) fn render(site: &Site<'_>, pages: &mut Pages) -> Result<(), RenderError> {
    let catalog = site.catalog;
    for lang in Lang::BOTH {
        let (here, there, other) = match lang {
            Lang::Python => ("Python", "Rust", "rust"),
            Lang::Rust => ("Rust", "Python", "python"),
        };
        let path = format!("api/{lang}/index.html");
        let title = format!("{here} A to Z: what is it in {there}?");
        let shell = site.shell(&path, &title, "index");
        let letters = api::letters(catalog, lang);
        add(pages, path, &ApiPage { shell, lang, here, there, other, letters })?;
    }
    let path = "codes/index.html";
    let shell = site.shell(path, "Messages and codes", "index");
    let (tools, letters) = (codes::codes(catalog), codes::messages(catalog));
    add(pages, path.to_owned(), &CodesPage { shell, tools, letters })?;
    tags(site, pages)?;
    let categories = catalog.categories.iter();
    let categories: Vec<(&Category, Vec<&Entry>)> = categories
        .map(|category| (category, catalog.entries_of(&category.slug).collect()))
        .filter(|(_, entries): &(_, Vec<_>)| !entries.is_empty())
        .collect();
    let shell = site.shell("search.html", "Search", "category");
    add(pages, "search.html".to_owned(), &SearchPage { shell, categories })?;
    let shell = Shell { root: site.root.to_owned(), ..site.shell("404.html", "Not found", "page") };
    add(
        pages,
        "404.html".to_owned(),
        &LostPage { shell: Shell { canonical: None, ..shell }, indexes: INDEXES },
    )
}

fn tags(site: &Site<'_>, pages: &mut Pages) -> Result<(), RenderError> {
    let mut tags = Vec::new();
    for (tag, meaning) in &site.catalog.tags {
        let entries = with_tag(site.catalog, tag);
        if entries.is_empty() {
            continue;
        }
        tags.push((tag.as_str(), meaning.as_str(), entries.len()));
        let path = format!("t/{tag}/index.html");
        let shell = Shell { description: meaning, ..site.shell(&path, tag, "category") };
        add(pages, path, &TagPage { shell, tag, meaning, entries })?;
    }
    let path = "t/index.html";
    let shell = site.shell(path, "Tags", "index");
    add(pages, path.to_owned(), &TagsPage { shell, tags })
}

fn with_tag<'a>(catalog: &'a Catalog, tag: &str) -> Vec<&'a Entry> {
    catalog.entries.iter().filter(|entry| entry.meta.tags.iter().any(|of| of == tag)).collect()
}
