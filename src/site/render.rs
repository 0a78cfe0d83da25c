//! Pages from the catalog and the chapters of the book. Pure: nothing here touches the disk.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use counterpart_catalog::{
    Catalog, Category, Entry, LOCK_FILE, Lang, clippy_toml, ruff_rules, ruff_toml,
};

use super::chapters::{category_path, entry_path};
use super::code::{Context, Listings};
use super::entry_page::{EntryPage, Program, comment, guides, playground, ran, review, tested};
use super::highlight::{GrammarError, Highlighter};
use super::indexes::{self, INDEXES};
use super::markdown::{self, Parts};
use super::nav::{Group, Sidebar};
use super::repository::Repository;
use super::retired;
use super::{BaseUrl, Pages, assets, publish};
use crate::links::{Playground, explained_at};

/// A chapter of the book, as every preprocessor has left it.
#[derive(Clone, Debug)]
pub(super) struct Chapter {
    /// Below the book's source folder, with forward slashes.
    pub(super) path: String,
    /// Its name in the summary.
    pub(super) name: String,
    /// Markdown.
    pub(super) text: String,
}

/// A page could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum RenderError {
    #[error(transparent)]
    Grammar(#[from] GrammarError),
    #[error("cannot fill the template of `{path}`")]
    Template { path: String, source: askama::Error },
    #[error("cannot write `catalog.json`")]
    Json(#[from] serde_json::Error),
    #[error("the list of the Playground's crates is damaged")]
    Playground(#[source] serde_json::Error),
}

/// What surrounds the content of every page.
pub(super) struct Shell<'a> {
    /// Leads from the page to the site's root.
    pub(super) root: String,
    pub(super) title: String,
    pub(super) description: &'a str,
    pub(super) canonical: Option<String>,
    pub(super) class: &'static str,
    pub(super) pages: Vec<PageLink<'a>>,
    pub(super) indexes: Vec<PageLink<'a>>,
    pub(super) groups: Vec<Group<'a>>,
}

/// A page in the sidebar that is neither category nor entry.
pub(super) struct PageLink<'a> {
    pub(super) path: String,
    pub(super) title: &'a str,
    pub(super) current: bool,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    shell: Shell<'a>,
    title: &'a str,
    parts: &'a Parts,
}

#[derive(Template)]
#[template(path = "page.html")]
struct PlainPage<'a> {
    shell: Shell<'a>,
    title: &'a str,
    parts: &'a Parts,
}

#[derive(Template)]
#[template(path = "category.html")]
struct CategoryPage<'a> {
    shell: Shell<'a>,
    category: &'a Category,
    parts: Parts,
    entries: Vec<&'a Entry>,
}

/// The whole site; `root` is its path on the server that shows it.
///
/// # Errors
/// When a grammar does not load or a template cannot be filled: faults of the program, not of
/// what it is given.
pub(super) fn render(
    catalog: &Catalog,
    chapters: &[Chapter],
    base: Option<&BaseUrl>,
    root: &str,
    repository: Option<&Repository>,
) -> Result<Pages, RenderError> {
    let sidebar = Sidebar::new(catalog);
    let mut site = Site {
        catalog,
        base,
        root,
        repository,
        highlighter: Highlighter::new()?,
        playground: Playground::new().map_err(RenderError::Playground)?,
        sidebar,
        pages: Vec::new(),
    };
    let mut entries: HashMap<String, usize> = HashMap::new();
    for (index, entry) in catalog.entries.iter().enumerate() {
        entries.insert(entry_path(&entry.slug), index);
    }
    let mut categories: HashMap<String, &Category> = HashMap::new();
    for category in &catalog.categories {
        categories.insert(category_path(&category.slug), category);
    }
    let by_hand = |chapter: &&Chapter| {
        !entries.contains_key(&chapter.path) && !categories.contains_key(&chapter.path)
    };
    site.pages = chapters.iter().filter(by_hand).collect();
    let mut pages = Pages::default();
    assets::add(&mut pages);
    let address = |slug: &str, fragment: &str| explained_at(slug, fragment, base);
    pages.add("clippy.toml", clippy_toml(catalog, address).into_bytes());
    pages.add("ruff.toml", ruff_toml(catalog, address).into_bytes());
    for chapter in chapters {
        if let Some(&index) = entries.get(&chapter.path) {
            site.entry(index, chapter, &mut pages)?;
        } else if let Some(category) = categories.get(&chapter.path) {
            site.category(category, chapter, &mut pages)?;
        } else {
            site.page(chapter, &mut pages)?;
        }
    }
    indexes::render(&site, &mut pages)?;
    retired::render(&site, &mut pages)?;
    pages.add(LOCK_FILE, catalog.lock.to_string().into_bytes());
    if let Some(base) = base {
        publish::render(catalog, chapters, base, &mut pages)?;
    }
    Ok(pages)
}

/// What every page is made from.
pub(super) struct Site<'a> {
    pub(super) catalog: &'a Catalog,
    base: Option<&'a BaseUrl>,
    /// Leads to the site's root from any depth, for a page that a server shows in place of another.
    pub(super) root: &'a str,
    repository: Option<&'a Repository>,
    highlighter: Highlighter,
    playground: Playground,
    sidebar: Sidebar<'a>,
    pages: Vec<&'a Chapter>,
}

impl<'a> Site<'a> {
    pub(super) fn shell(&self, path: &str, title: &str, class: &'static str) -> Shell<'_> {
        let link = |chapter: &&'a Chapter| PageLink {
            path: html_path(&chapter.path),
            title: &chapter.name,
            current: html_path(&chapter.path) == path,
        };
        let index = |(index, title, _): (&str, &'static str, &str)| PageLink {
            path: index.to_owned(),
            title,
            current: index == path,
        };
        Shell {
            root: "../".repeat(path.matches('/').count()),
            title: if path == "index.html" {
                "Counterpart: async patterns in Python and Rust".to_owned()
            } else {
                format!("{title} · Counterpart")
            },
            description: "Async patterns in Python and Rust, each a tested pair of programs",
            canonical: self.base.map(|base| base.join(path.trim_end_matches("index.html"))),
            class,
            pages: self.pages.iter().map(link).collect(),
            indexes: INDEXES.map(index).into(),
            groups: self.sidebar.groups(None, None),
        }
    }

    fn page(&self, chapter: &Chapter, pages: &mut Pages) -> Result<(), RenderError> {
        let context = Context::new(&self.highlighter, None);
        let parts = markdown::render(&context, &chapter.text);
        let path = html_path(&chapter.path);
        let title = if parts.title.is_empty() { &chapter.name } else { &parts.title };
        if path == "index.html" {
            let shell = self.shell(&path, title, "home");
            add(pages, path, &HomePage { shell, parts: &parts, title })
        } else {
            let shell = self.shell(&path, title, "page");
            add(pages, path, &PlainPage { shell, parts: &parts, title })
        }
    }

    fn category(
        &self,
        category: &Category,
        chapter: &Chapter,
        pages: &mut Pages,
    ) -> Result<(), RenderError> {
        let context = Context::new(&self.highlighter, None);
        let parts = markdown::render(&context, &chapter.text);
        let path = html_path(&chapter.path);
        let shell = Shell {
            description: &category.summary,
            groups: self.sidebar.groups(Some(&category.slug), None),
            ..self.shell(&path, &category.title, "category")
        };
        let entries = self.catalog.entries_of(&category.slug).collect();
        add(pages, path, &CategoryPage { shell, category, parts, entries })
    }

    fn entry(&self, index: usize, chapter: &Chapter, pages: &mut Pages) -> Result<(), RenderError> {
        let Site { catalog, base, highlighter, .. } = self;
        let entry = &catalog.entries[index];
        let listings = Listings::new(highlighter, entry);
        let (former, places) = retired::places(catalog, entry);
        let context = Context { former, ..Context::new(highlighter, Some(&listings)) };
        let parts = markdown::render(&context, &chapter.text);
        let path = html_path(&chapter.path);
        let shell = Shell {
            description: &entry.meta.summary,
            groups: self.sidebar.groups(Some(&entry.category), Some(&entry.slug)),
            ..self.shell(&path, &entry.meta.title, "entry")
        };
        let category = catalog.category(&entry.category);
        let page = EntryPage {
            shell,
            entry,
            category: category.map_or("", |category| &category.title),
            level: entry.meta.level.as_str().replace('-', " "),
            parts,
            programs: Lang::BOTH.map(|lang| Program::new(lang, entry, &listings)),
            playground: playground(&self.playground, entry),
            ran: ran(catalog, entry),
            tested: tested(catalog, entry),
            tested_since: catalog.tested.get("date"),
            review: review(&context, entry),
            comment: comment(entry, *base),
            places,
            guides: guides(catalog, entry),
            in_ruff_toml: ruff_rules(catalog)
                .any(|rule| rule.entries().iter().any(|place| place.id == entry.slug)),
            related: entry.meta.related.iter().filter_map(|slug| catalog.entry(slug)).collect(),
            repository: self.repository.map(|at| (at.edit(entry), at.report(entry))),
            previous: index.checked_sub(1).and_then(|before| catalog.entries.get(before)),
            next: catalog.entries.get(index + 1),
        };
        let aliases = entry.meta.aliases.iter().map(String::as_str);
        put(pages, &path, &page, names(&entry.meta.id, &entry.slug, aliases))?;
        for lang in Lang::BOTH {
            let file = format!("p/{}/{}", entry.slug, lang.file_name());
            pages.add(file, entry.program(lang).without_markers().into_bytes());
        }
        Ok(())
    }
}

/// Every name of an entry that has an address.
pub(super) fn names<'a>(
    id: &str,
    slug: &str,
    former: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = String> {
    [id.to_owned(), id.to_lowercase(), slug.to_owned()].into_iter().chain(former.map(str::to_owned))
}

/// Adds a page under all names of an entry.
pub(super) fn put(
    pages: &mut Pages,
    path: &str,
    template: &impl Template,
    names: impl Iterator<Item = String>,
) -> Result<(), RenderError> {
    let bytes: Arc<[u8]> = html(path, template)?.into();
    for name in names {
        pages.add(format!("p/{name}/index.html"), Arc::clone(&bytes));
    }
    Ok(())
}

pub(super) fn add(
    pages: &mut Pages,
    path: String,
    template: &impl Template,
) -> Result<(), RenderError> {
    let bytes = html(&path, template)?;
    pages.add(path, bytes);
    Ok(())
}

fn html(path: &str, template: &impl Template) -> Result<Vec<u8>, RenderError> {
    let html = template
        .render()
        .map_err(|source| RenderError::Template { path: path.to_owned(), source })?;
    Ok(html.into_bytes())
}

pub(super) fn html_path(path: &str) -> String {
    path.strip_suffix(".md").map_or_else(|| path.to_owned(), |path| format!("{path}.html"))
}
