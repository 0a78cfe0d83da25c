//! mdBook, in this process and as its child: chapters in, pages out.

use std::cell::RefCell;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use counterpart_catalog::{Catalog, Diagnostic, Severity, Tree};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem, Chapter, SectionNumber};
use mdbook_driver::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_renderer::{RenderContext, Renderer};

use super::chapters::{self, category_path, entry_path};
use super::render::{self, Chapter as PageSource};
use super::repository::Repository;
use super::{BaseUrl, Pages, search};

/// The name of our preprocessor and of our renderer in `book.toml`.
const NAME: &str = "counterpart";

/// A catalog that may be published, with the folder its `book.toml` is in.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// The folder with `book.toml`.
    pub root: &'a Path,
    /// The checked catalog of this book.
    pub catalog: Arc<Catalog>,
    /// Where it will be published; `book.toml` may say it as well.
    pub base: Option<BaseUrl>,
}

impl Site<'_> {
    /// All files of the site, by mdBook's own build process.
    ///
    /// # Errors
    /// When `book.toml`, `SUMMARY.md` or a page that it names cannot be read, or when a foreign
    /// preprocessor fails.
    pub fn pages(&self) -> anyhow::Result<Pages> {
        self.build(false)
    }

    /// All files of the site, for a server that has it at its root, whatever its address will be.
    ///
    /// # Errors
    /// As [`Self::pages`].
    pub fn pages_at_root(&self) -> anyhow::Result<Pages> {
        self.build(true)
    }

    fn build(&self, at_root: bool) -> anyhow::Result<Pages> {
        let mut book = MDBook::load(self.root)
            .with_context(|| format!("cannot load the book in `{}`", self.root.display()))?;
        book.with_preprocessor(Chapters { catalog: Arc::clone(&self.catalog) });
        let renderer = PageRenderer {
            catalog: &self.catalog,
            base: self.base.as_ref(),
            at_root,
            pages: RefCell::default(),
        };
        book.execute_build_process(&renderer)?;
        Ok(renderer.pages.into_inner())
    }
}

/// Adds the catalog's chapters to the book that mdBook sends.
///
/// # Errors
/// When the input is not what mdBook sends, or the catalog cannot be read.
pub fn preprocess(input: impl Read) -> anyhow::Result<Result<String, Vec<Diagnostic>>> {
    let (context, book) = mdbook_preprocessor::parse_input(input)?;
    let catalog = match load(&context.root, &context.config)? {
        Ok(catalog) => catalog,
        Err(diagnostics) => return Ok(Err(diagnostics)),
    };
    let book = Chapters { catalog: Arc::new(catalog) }.run(&context, book)?;
    Ok(Ok(serde_json::to_string(&book)?))
}

/// Writes the site that mdBook asks for.
///
/// # Errors
/// When the input is not what mdBook sends, or the site cannot be written.
pub fn render(input: impl Read) -> anyhow::Result<Result<(), Vec<Diagnostic>>> {
    let context = RenderContext::from_json(input)?;
    let catalog = match load(&context.root, &context.config)? {
        Ok(catalog) => catalog,
        Err(diagnostics) => return Ok(Err(diagnostics)),
    };
    let renderer =
        PageRenderer { catalog: &catalog, base: None, at_root: false, pages: RefCell::default() };
    renderer.render(&context)?;
    // mdBook starts us in the folder that is about to be replaced.
    std::env::set_current_dir(&context.root)
        .with_context(|| format!("cannot open `{}`", context.root.display()))?;
    super::write(&renderer.pages.into_inner(), &context.destination)?;
    Ok(Ok(()))
}

fn load(root: &Path, config: &Config) -> anyhow::Result<Result<Catalog, Vec<Diagnostic>>> {
    let (catalog, diagnostics) =
        counterpart_catalog::check(&Tree::read(&root.join(&config.book.src))?);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Ok(Err(diagnostics));
    }
    Ok(Ok(catalog))
}

struct Chapters {
    catalog: Arc<Catalog>,
}

impl Preprocessor for Chapters {
    fn name(&self) -> &str {
        NAME
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> anyhow::Result<Book> {
        let catalog = &*self.catalog;
        let mut failed = Ok(());
        book.for_each_chapter_mut(|chapter| {
            let depth = chapter.path.as_ref().map_or(1, |path| path.components().count());
            let root = "../".repeat(depth.saturating_sub(1));
            match chapters::by_hand(catalog, &chapter.content, &root) {
                Ok(text) => chapter.content = text,
                Err(error) => failed = Err(error).context(format!("in `{}`", chapter.name)),
            }
        });
        failed?;
        let numbered = book.items.iter().filter_map(|item| match item {
            BookItem::Chapter(chapter) => chapter.number.as_ref()?.first().copied(),
            _ => None,
        });
        let mut number = numbered.max().unwrap_or(0);
        for category in &catalog.categories {
            let mut entries = catalog.entries_of(&category.slug).peekable();
            if entries.peek().is_none() {
                continue;
            }
            number += 1;
            let entries = (1..).zip(entries).map(|(place, entry)| {
                // Without a number mdBook's own renderer takes a chapter for an unlisted one.
                let number = SectionNumber::new([number, place]);
                let content = chapters::entry(catalog, entry);
                let parents = vec![category.title.clone()];
                let path = entry_path(&entry.slug);
                let chapter = Chapter::new(&entry.meta.title, content, path, parents);
                BookItem::Chapter(Chapter { number: Some(number), ..chapter })
            });
            let content = chapters::category(catalog, category);
            let path = category_path(&category.slug);
            let chapter = Chapter::new(&category.title, content, path, Vec::new());
            book.push_item(Chapter {
                number: Some(SectionNumber::new([number])),
                sub_items: entries.collect(),
                ..chapter
            });
        }
        Ok(book)
    }
}

struct PageRenderer<'a> {
    catalog: &'a Catalog,
    base: Option<&'a BaseUrl>,
    /// The page for lost readers will be shown by a server that has the site at its root.
    at_root: bool,
    pages: RefCell<Pages>,
}

impl Renderer for PageRenderer<'_> {
    fn name(&self) -> &str {
        NAME
    }

    fn render(&self, context: &RenderContext) -> anyhow::Result<()> {
        let configured = match context.config.get::<String>("output.counterpart.base-url")? {
            Some(text) if self.base.is_none() => Some(text.parse()?),
            _ => None,
        };
        let repository = match context.config.get::<String>("output.counterpart.repository")? {
            Some(text) => {
                let url = text.parse().context("`repository` of `[output.counterpart]`")?;
                Some(Repository { url, src: context.config.book.src.display().to_string() })
            }
            None => None,
        };
        let chapters: Vec<PageSource> = context
            .book
            .chapters()
            .filter_map(|chapter| {
                let path = chapter.path.as_ref()?.to_string_lossy().replace('\\', "/");
                let (name, text) = (chapter.name.clone(), chapter.content.clone());
                Some(PageSource { path, name, text })
            })
            .collect();
        let base = self.base.or(configured.as_ref());
        let root = base.filter(|_| !self.at_root).map_or("/", BaseUrl::path);
        let mut pages = render::render(self.catalog, &chapters, base, root, repository.as_ref())?;
        let index = crate::search::build(self.catalog)?;
        for (name, bytes) in index.iter() {
            pages.add(format!("{}/{name}", crate::search::FOLDER), bytes);
        }
        search::add(&mut pages, self.catalog, base, index)?;
        *self.pages.borrow_mut() = pages;
        Ok(())
    }
}
