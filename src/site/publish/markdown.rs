//! A Markdown twin beside every page, and `llms.txt`, which lists them
//! (<https://llmstxt.org/>).

use std::fmt::Write as _;

use counterpart_catalog::{Catalog, Lang};

use crate::links::BaseUrl;
use crate::site::Pages;
use crate::site::api::{self, idiom};
use crate::site::chapters::{category_path, entry_path};
use crate::site::indexes::INDEXES;
use crate::site::render::Chapter;

pub(super) fn add(catalog: &Catalog, chapters: &[Chapter], base: &BaseUrl, pages: &mut Pages) {
    for chapter in chapters {
        pages.add(chapter.path.as_str(), chapter.text.as_bytes());
    }
    for lang in Lang::BOTH {
        pages.add(format!("api/{lang}/index.md"), names(catalog, lang).into_bytes());
    }
    pages.add("codes/index.md", messages(catalog).into_bytes());
    for (path, text) in tags(catalog) {
        pages.add(path, text.into_bytes());
    }
    pages.add("llms.txt", list(catalog, base).into_bytes());
}

fn list(catalog: &Catalog, base: &BaseUrl) -> String {
    let mut text = String::from(
        "# Counterpart\n\n> Async patterns in Python and Rust, each a tested pair of programs.\n\n\
         Every page has a twin in Markdown at the same address, with `.md` for `.html`. \
         `catalog.json` has all entries as data.\n",
    );
    for category in &catalog.categories {
        let mut entries = catalog.entries_of(&category.slug).peekable();
        if entries.peek().is_none() {
            continue;
        }
        let url = base.join(&category_path(&category.slug));
        let _ =
            writeln!(text, "\n## {}\n\n- [Overview]({url}): {}", category.title, category.summary);
        for entry in entries {
            let url = base.join(&entry_path(&entry.slug));
            let _ = writeln!(text, "- [{}]({url}): {}", entry.meta.title, entry.meta.summary);
        }
    }
    text.push_str("\n## Optional\n\n");
    for (path, title, question) in INDEXES {
        let url = base.join(&path.replace(".html", ".md"));
        let _ = writeln!(text, "- [{title}]({url}): {question}");
    }
    text
}

fn names(catalog: &Catalog, lang: Lang) -> String {
    let (here, other, there) = match lang {
        Lang::Python => ("Python", Lang::Rust, "Rust"),
        Lang::Rust => ("Rust", Lang::Python, "Python"),
    };
    let mut text = format!("# {here} A to Z: what is it in {there}?\n\n");
    for name in api::letters(catalog, lang).iter().flat_map(|letter| &letter.names) {
        let _ = writeln!(text, "- `{}{}`", name.modules, name.text);
        for entry in name.about.iter().chain(&name.using) {
            let path = entry_path(&entry.slug);
            let _ = writeln!(
                text,
                "  - [{}](../../{path}): `{}`",
                entry.meta.title,
                idiom(entry, other)
            );
        }
    }
    text
}

fn messages(catalog: &Catalog) -> String {
    let mut text = String::from("# Messages and codes\n\n");
    for entry in &catalog.entries {
        let path = entry_path(&entry.slug);
        let _ = writeln!(text, "- [{}](../{path})", entry.meta.title);
        for asked in entry.meta.lints.iter().chain(&entry.meta.symptoms) {
            let _ = writeln!(text, "  - {}", code(asked));
        }
    }
    text
}

/// The list of tags, and the page of each.
fn tags(catalog: &Catalog) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut list = String::from("# Tags\n\n");
    for (tag, meaning) in &catalog.tags {
        let mut page = format!("# {tag}\n\n{meaning}\n\n");
        let tagged = catalog.entries.iter().filter(|entry| entry.meta.tags.contains(tag));
        let mut count = 0;
        for entry in tagged {
            let path = entry_path(&entry.slug);
            let _ =
                writeln!(page, "- [{}](../../{path}): {}", entry.meta.title, entry.meta.summary);
            count += 1;
        }
        if count > 0 {
            let _ = writeln!(list, "- [{tag}]({tag}/index.md) {count}: {meaning}");
            files.push((format!("t/{tag}/index.md"), page));
        }
    }
    files.push(("t/index.md".to_owned(), list));
    files
}

/// Text as inline code, whatever backticks it has.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn backticks_stay_inside() {
        assert_eq!(code("a b"), "`a b`");
        assert_eq!(code("use of `x`"), "`` use of `x` ``");
        assert_eq!(code("``"), "``` `` ```");
    }
}
