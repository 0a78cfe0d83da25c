//! A chapter's Markdown as HTML.

use std::collections::HashSet;

use counterpart_catalog::Lang;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use super::chapters::MARKDOWN;
use super::chart;
use super::code::{self, Context};
use super::fence::Fence;

/// The parts of a page.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The level-1 heading.
    pub(super) title: String,
    /// What stands between the title and the first heading.
    pub(super) lead: String,
    /// Everything from the first heading on.
    pub(super) body: String,
    /// Id and text of the level-2 headings.
    pub(super) headings: Vec<(String, String)>,
}

/// Renders a chapter. Its level-1 heading is for the template to show.
pub(super) fn render(context: &Context<'_>, chapter: &str) -> Parts {
    let mut renderer = Renderer { context, ids: HashSet::new(), pairs: 0 };
    let mut parts = Parts::default();
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut parser = Parser::new_ext(chapter, MARKDOWN).peekable();
    let mut heading: Option<(String, String)> = None;
    while let Some(event) = parser.next() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                for event in parser.by_ref() {
                    match event {
                        Event::Text(text) | Event::Code(text) => parts.title.push_str(&text),
                        Event::End(TagEnd::Heading(_)) => break,
                        _ => {}
                    }
                }
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                if level == HeadingLevel::H2 && parts.headings.is_empty() {
                    html::push_html(&mut parts.lead, events.drain(..));
                }
                let known = id.as_deref().unwrap_or_default().to_owned();
                renderer.ids.insert(known.clone());
                heading = Some((known, String::new()));
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some((id, text)) = heading.take() {
                    if !id.is_empty() {
                        for former in context.former(&id) {
                            events.push(Event::Html(place(former).into()));
                        }
                        events.push(Event::Html(anchor(&id).into()));
                    }
                    if level == HeadingLevel::H2 {
                        parts.headings.push((id, text));
                    }
                }
                events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let first = fence(&mut parser, &kind);
                let mut fences = vec![first];
                while let (Some((Some(last), _)), Some(Event::Start(Tag::CodeBlock(kind)))) =
                    (fences.last().map(|(fence, _, text)| (fence, text)), parser.peek())
                {
                    let kind = kind.clone();
                    if !parse(&kind).is_some_and(|next| belong_together(last, &next)) {
                        break;
                    }
                    parser.next();
                    fences.push(fence(&mut parser, &kind));
                }
                events.push(Event::Html(renderer.figure(&fences).into()));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = page(dest_url);
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::Start(Tag::Table(alignments)) => {
                events.push(Event::Html(
                    "<div class=table tabindex=0 role=group aria-label=Table>".into(),
                ));
                events.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>\n".into()));
            }
            // `Vec<String>` in prose is text; blocks of HTML come from preprocessors.
            Event::InlineHtml(text) => events.push(Event::Text(text)),
            other => {
                if let (Some((_, title)), Event::Text(text) | Event::Code(text)) =
                    (&mut heading, &other)
                {
                    title.push_str(text);
                }
                events.push(other);
            }
        }
    }
    let rest = if parts.headings.is_empty() { &mut parts.lead } else { &mut parts.body };
    html::push_html(rest, events.into_iter());
    parts
}

type Code = (Option<Fence>, String, String);

struct Renderer<'a> {
    context: &'a Context<'a>,
    ids: HashSet<String>,
    pairs: usize,
}

impl Renderer<'_> {
    fn figure(&mut self, fences: &[Code]) -> String {
        let texts = |lang: fn(&Fence) -> Option<Lang>| -> Vec<(Lang, &str)> {
            let texts = fences.iter().map(|(fence, _, text)| (fence.as_ref().and_then(lang), text));
            texts.filter_map(|(lang, text)| Some((lang?, text.as_str()))).collect()
        };
        let Some((fence, lang, text)) = fences.first() else { return String::new() };
        match fence {
            None => self.context.block(lang, text),
            Some(Fence::Pair(_, name) | Fence::Single(_, name)) => {
                let texts = texts(|fence| match fence {
                    Fence::Pair(lang, _) | Fence::Single(lang, _) => Some(*lang),
                    _ => None,
                });
                self.pairs += usize::from(texts.len() == 2);
                let id = if self.ids.insert(name.clone()) { name } else { "" };
                let sides = self.pairs == 1 && texts.len() == 2;
                self.context.regions(name, id, sides, &texts)
            }
            Some(Fence::PrintsBoth) => code::prints_both(text),
            Some(Fence::Prints(_)) => code::prints(&texts(|fence| match fence {
                Fence::Prints(lang) => Some(*lang),
                _ => None,
            })),
            Some(Fence::Mistake(_)) => {
                let message = fences.get(1).map_or("", |(_, _, text)| text.as_str());
                self.context.mistake(text, message)
            }
            Some(Fence::Chart(title)) => chart::figure(title, text),
            Some(Fence::Compiler(_)) => self.context.block("text", text),
        }
    }
}

/// Whether two fences in a row are one figure.
fn belong_together(first: &Fence, next: &Fence) -> bool {
    match (first, next) {
        (Fence::Pair(a, name), Fence::Pair(b, other)) => a != b && name == other,
        (Fence::Prints(a), Fence::Prints(b)) => a != b,
        (Fence::Mistake(name), Fence::Compiler(other)) => name == other,
        _ => false,
    }
}

fn parse(kind: &CodeBlockKind<'_>) -> Option<Fence> {
    match kind {
        CodeBlockKind::Fenced(info) => Fence::parse(info),
        CodeBlockKind::Indented => None,
    }
}

/// Reads the rest of a code block.
fn fence<'a>(events: &mut impl Iterator<Item = Event<'a>>, kind: &CodeBlockKind<'_>) -> Code {
    let lang = match kind {
        CodeBlockKind::Fenced(info) => info.split([',', ' ']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(piece) => text.push_str(&piece),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    (parse(kind), lang.to_owned(), text)
}

/// Chapters link to each other's Markdown, pages to each other's HTML.
fn page(to: CowStr<'_>) -> CowStr<'_> {
    if to.contains(':') {
        return to;
    }
    let (path, fragment) = to.split_once('#').unwrap_or((&to, ""));
    let Some(path) = path.strip_suffix(".md") else { return to };
    let hash = if fragment.is_empty() { "" } else { "#" };
    format!("{path}.html{hash}{fragment}").into()
}

/// Nothing, but with an id.
fn place(id: &str) -> String {
    let mut html = String::from("<span id=\"");
    let _ = pulldown_cmark_escape::escape_html(&mut html, id);
    html.push_str("\"></span>");
    html
}

fn anchor(id: &str) -> String {
    let mut html = String::from(" <a class=anchor href=\"#");
    let _ = pulldown_cmark_escape::escape_href(&mut html, id);
    html.push_str("\" aria-label=\"Link to this heading\">#</a>");
    html
}
