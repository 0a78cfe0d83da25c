//! The catalog as chapters of a book: plain Markdown that any mdBook backend can show.

use std::fmt::Write as _;

use counterpart_catalog::{Block, Catalog, Category, Entry, Lang, Parity, Section, Transcript};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::chart;
use super::fence::Fence;
use super::indexes::INDEXES;

/// The Markdown of every page.
pub(super) const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// Where an entry's chapter stands in the book, and its page in the site.
pub(super) fn entry_path(slug: &str) -> String {
    format!("p/{slug}/index.md")
}

/// Where a category's chapter stands in the book, and its page in the site.
pub(super) fn category_path(slug: &str) -> String {
    format!("c/{slug}/index.md")
}

/// A hand-written chapter asks for something that is not there.
#[derive(Debug, thiserror::Error)]
pub(super) enum DirectiveError {
    #[error("`{{{{#example {0}}}}}` names no entry")]
    UnknownEntry(String),
    #[error(
        "`{0}` is not a directive: there are `{{{{#categories}}}}`, `{{{{#indexes}}}}` and `{{{{#example slug}}}}`, where no slug means the lowest id"
    )]
    Unknown(String),
}

/// A hand-written chapter, with its directives expanded; `root` leads to the book's root.
pub(super) fn by_hand(catalog: &Catalog, text: &str, root: &str) -> Result<String, DirectiveError> {
    let mut out = String::with_capacity(text.len());
    for line in links(catalog, text, root).lines() {
        let inside = line.strip_prefix("{{#").and_then(|line| line.trim_end().strip_suffix("}}"));
        match inside.map(|inside| inside.split_once(' ').unwrap_or((inside, ""))) {
            Some(("categories", "")) => out.push_str(&categories(catalog, root)),
            Some(("indexes", "")) => {
                for (path, title, question) in INDEXES {
                    let _ = writeln!(out, "- [{title}]({root}{path}) {question}");
                }
            }
            Some(("example", slug)) => {
                let entry = match slug {
                    "" => catalog.entries.iter().min_by_key(|entry| &entry.meta.id),
                    slug => catalog.entry(slug),
                };
                let entry = entry.ok_or_else(|| DirectiveError::UnknownEntry(slug.to_owned()))?;
                out.push_str(&example(catalog, entry, root));
            }
            Some(_) => return Err(DirectiveError::Unknown(line.to_owned())),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    Ok(out)
}

/// Every category as an item of a list.
fn categories(catalog: &Catalog, root: &str) -> String {
    let mut text = String::new();
    for category in &catalog.categories {
        let count = catalog.entries_of(&category.slug).count();
        if count > 0 {
            let path = category_path(&category.slug);
            let (title, summary) = (plain(&category.title), plain(&category.summary));
            let _ = writeln!(text, "- [{title}]({root}{path}) *{count}*\\\n  {summary}");
        }
    }
    text
}

/// The pair that an entry is about, and what it prints.
fn example(catalog: &Catalog, entry: &Entry, root: &str) -> String {
    let mut blocks = entry.sections.iter().flat_map(|section| &section.blocks);
    let pair = blocks.find(|block| matches!(block, Block::Pair(_)));
    let pair = pair.map_or_else(String::new, |pair| block(catalog, entry, pair));
    let transcript = transcript(entry);
    let (title, path) = (plain(&entry.meta.title), entry_path(&entry.slug));
    let summary = plain(&entry.meta.summary);
    format!(
        "**{title}.** {summary}\n\n{pair}\n{transcript}\nThe whole entry: [{title}]({root}{path}).\n"
    )
}

/// The chapter of a category: its prose, then its entries.
pub(super) fn category(catalog: &Catalog, category: &Category) -> String {
    let Category { slug, title, summary, body, .. } = category;
    let (title, summary) = (plain(title), plain(summary));
    let mut text = format!("# {title}\n\n{summary}\n\n{}\n", links(catalog, body, "../../"));
    text.push_str("\n## Entries {#entries}\n\n");
    for entry in catalog.entries_of(slug) {
        let path = entry_path(&entry.slug);
        let (title, summary) = (plain(&entry.meta.title), plain(&entry.meta.summary));
        let _ = writeln!(text, "- [{title}](../../{path}): {summary}");
    }
    text
}

/// The chapter of an entry: its page, with code in the place of the directives.
pub(super) fn entry(catalog: &Catalog, entry: &Entry) -> String {
    let mut text = format!("# {}\n\n{}\n", plain(&entry.meta.title), plain(&entry.meta.summary));
    let mut transcript = Some(transcript(entry));
    for section in &entry.sections {
        let Section { id, title, blocks, .. } = section;
        let _ = writeln!(text, "\n## {title} {{#{id}}}");
        let is_pair = |block: Option<&Block>| matches!(block, Some(Block::Pair(_)));
        for (index, block) in blocks.iter().enumerate() {
            text.push('\n');
            text.push_str(&self::block(catalog, entry, block));
            // A pitfall shows two pairs, the wrong one and the right one, and then the proof.
            let last_pair = is_pair(Some(block)) && !is_pair(blocks.get(index + 1));
            if let Some(transcript) = transcript.take_if(|_| id == "pair" && last_pair) {
                text.push('\n');
                text.push_str(&transcript);
            }
        }
        if id == "guides" {
            text.push_str(&findings(entry));
        }
    }
    text
}

fn block(catalog: &Catalog, entry: &Entry, block: &Block) -> String {
    let region = |lang: Lang, name: &str| {
        entry.program(lang).region(name).map_or("", |region| region.text.as_str())
    };
    match block {
        Block::Markdown(text) => links(catalog, text, "../../"),
        Block::Pair(name) => {
            let half = |lang| Fence::Pair(lang, name.clone()).markdown(region(lang, name));
            format!("{}\n{}", half(Lang::Python), half(Lang::Rust))
        }
        Block::Single(lang, name) => {
            Fence::Single(*lang, name.clone()).markdown(region(*lang, name))
        }
        Block::Mistake(name) => {
            let Some(mistake) = entry.mistake(name) else { return String::new() };
            let source = Fence::Mistake(name.clone()).markdown(&mistake.source);
            if mistake.stderr.is_empty() {
                return source;
            }
            let message = Fence::Compiler(name.clone()).markdown(&mistake.stderr);
            format!("{source}\n{message}")
        }
        Block::Chart(pattern) => {
            let chart = entry.chart(pattern);
            Fence::Chart(chart.title.clone()).markdown(&chart::lines(&chart))
        }
    }
}

fn transcript(entry: &Entry) -> String {
    match (&entry.transcript, &entry.meta.parity) {
        (Transcript::Same(text), _) => Fence::PrintsBoth.markdown(text),
        (Transcript::Differs { python, rust }, parity) => {
            let reason = match parity {
                Parity::Differs(reason) => reason.as_str(),
                Parity::Same => "",
            };
            let python = Fence::Prints(Lang::Python).markdown(python);
            let rust = Fence::Prints(Lang::Rust).markdown(rust);
            format!("**Where they differ.** {reason}\n\n{python}\n{rust}")
        }
    }
}

/// Each finding once, with the regions that prove it.
fn findings(entry: &Entry) -> String {
    let findings = &entry.meta.findings;
    if findings.is_empty() {
        return String::new();
    }
    let each = findings
        .chunk_by(|one, next| one.id == next.id)
        .map(|places| {
            let links: Vec<_> = places
                .iter()
                .map(|place| format!("<a href=\"#{0}\">{0}</a>", place.fragment))
                .collect();
            format!("{} in {}", places[0].id, links.join(", "))
        })
        .collect::<Vec<_>>()
        .join("; ");
    format!("\n<p class=\"findings\">Findings: {each}</p>\n")
}

/// Text as Markdown that shows exactly this text.
fn plain(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        if "\\`*_{}[]<>&~#|".contains(c) || (index == 0 && "-+=".contains(c)) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}

/// Leads links to entries (`[text](slug#region)`) to their chapters; `root` leads to the root.
pub(super) fn links(catalog: &Catalog, text: &str, root: &str) -> String {
    let parser = Parser::new_ext(text, MARKDOWN);
    let definitions: Vec<_> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone(), "]:"))
        .collect();
    let links = parser.into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some((dest_url.to_string(), range, "](")),
        _ => None,
    });
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for (to, range, before) in links.chain(definitions) {
        let (slug, fragment) = to.split_once('#').unwrap_or((&to, ""));
        if slug.is_empty() || catalog.entry(slug).is_none() {
            continue;
        }
        let source = &text[range.clone()];
        let place = source.rfind(before).and_then(|at| Some(at + source[at..].find(&to)?));
        let Some(place) = place else { continue };
        let hash = if fragment.is_empty() { "" } else { "#" };
        let start = range.start + place;
        let path = format!("{root}{}{hash}{fragment}", entry_path(slug));
        edits.push((start, start + to.len(), path));
    }
    edits.sort();
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, end, path) in edits {
        out.push_str(&text[copied..start]);
        out.push_str(&path);
        copied = end;
    }
    out.push_str(&text[copied..]);
    out
}
