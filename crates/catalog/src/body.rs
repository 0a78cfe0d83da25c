//! Reads the body of a `pattern.md`: fixed headings, directives, and the prose between them.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::fields::Source;
use crate::{Block, Diagnostic, Lang, Section};

/// The level-2 headings of an entry, in their order: id, text, and when it must stand there.
pub(crate) const HEADINGS: [(&str, &str); 7] = [
    ("why", "The problem"),
    ("pair", "Side by side"),
    ("changes", "What changes"),
    ("compiler", "What the compiler catches"),
    ("guides", "What the guides get wrong"),
    ("limits", "When not to"),
    ("see-also", "See also"),
];

const FENCES: [&str; 9] = ["text", "toml", "sh", "console", "sql", "json", "ini", "yaml", "diff"];

/// The Markdown that catalog pages are written in.
pub(crate) const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// A body, with everything that other checks need to know about its places.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) sections: Vec<Section>,
    /// Blocks that are directives, in page order, with the id of their section.
    pub(crate) directives: Vec<(Block, String, Range<usize>)>,
    /// Link destinations.
    pub(crate) links: Vec<(String, Range<usize>)>,
}

/// Parses `text`, which starts at `source.offset`; ranges count from there.
pub(crate) fn parse(source: Source<'_>, text: &str, out: &mut Vec<Diagnostic>) -> Body {
    let mut reader =
        Reader { source, text, out, body: Body::default(), prose: None, directive_end: 0 };
    let mut depth = 0_usize;
    let mut events = Parser::new_ext(text, MARKDOWN).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) if depth == 0 => {
                let mut title = String::new();
                for (event, _) in events.by_ref() {
                    match event {
                        Event::Text(piece) | Event::Code(piece) => title.push_str(&piece),
                        Event::End(TagEnd::Heading(_)) => break,
                        _ => {}
                    }
                }
                reader.heading(level, id.as_deref(), &title, range);
            }
            Event::Start(tag) => {
                if depth == 0 {
                    reader.top_level(&range);
                }
                reader.tag(&tag, &range);
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Text(piece) if piece.contains("{{#") && range.start >= reader.directive_end => {
                reader.buried(&range);
            }
            _ => {
                if depth == 0 {
                    reader.top_level(&range);
                }
            }
        }
    }
    reader.flush(text.len());
    reader.body
}

struct Reader<'a, 'o> {
    source: Source<'a>,
    text: &'a str,
    out: &'o mut Vec<Diagnostic>,
    body: Body,
    /// Where the prose that is not yet a block starts.
    prose: Option<usize>,
    /// Where the last directive ends.
    directive_end: usize,
}

impl Reader<'_, '_> {
    fn error(&mut self, code: &'static str, range: &Range<usize>, message: String, help: &str) {
        let place = self.source.position(range);
        self.out.push(Diagnostic::error(code, self.source.path, place, message, help));
    }

    fn flush(&mut self, end: usize) {
        let Some(start) = self.prose.take() else { return };
        let text = self.text[start..end].trim_end();
        if let (Some(section), false) = (self.body.sections.last_mut(), text.is_empty()) {
            section.blocks.push(Block::Markdown(format!("{text}\n")));
        }
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, title: &str, range: Range<usize>) {
        match level {
            HeadingLevel::H2 => {
                self.flush(range.start);
                let known = HEADINGS.iter().position(|(_, text)| *text == title);
                let Some(place) = known else {
                    let titles = HEADINGS.map(|(_, text)| text).join("`, `");
                    let help = format!("the headings of an entry are `{titles}`");
                    self.error("C302", &range, format!("unknown heading `{title}`"), &help);
                    self.prose = Some(range.end);
                    return;
                };
                let id = HEADINGS[place].0;
                let later = |section: &Section| {
                    HEADINGS.iter().position(|(known, _)| *known == section.id) >= Some(place)
                };
                if let Some(before) = self.body.sections.iter().find(|section| later(section)) {
                    let message = if before.title == title {
                        format!("heading `{title}` stands twice")
                    } else {
                        format!("heading `{title}` must stand before `{}`", before.title)
                    };
                    let help = "keep the order of the template; each heading stands once";
                    self.error("C303", &range, message, help);
                }
                self.body.sections.push(Section {
                    id: id.to_owned(),
                    title: title.to_owned(),
                    headings: Vec::new(),
                    blocks: Vec::new(),
                });
            }
            HeadingLevel::H1 => {
                let message = "a page has one title, and it stands in the front matter".to_owned();
                self.error("C302", &range, message, "use `##` or `###`");
            }
            _ => {
                self.top_level(&range);
                if let Some(id) = id {
                    if let Some(section) = self.body.sections.last_mut() {
                        section.headings.push(id.to_owned());
                    }
                } else {
                    let message = format!("heading `{title}` has no id of its own");
                    let help =
                        "write `### Title {#an-id}`: links to it must not depend on its words";
                    self.error("C307", &range, message, help);
                }
            }
        }
    }

    /// A block at the top level of the page: a directive, or part of the prose.
    fn top_level(&mut self, range: &Range<usize>) {
        let text = self.text[range.clone()].trim();
        if text.starts_with("{{#") {
            self.flush(range.start);
            self.directive_end = range.end;
            if let Some(block) = directive(text) {
                if let Some(section) = self.body.sections.last_mut() {
                    section.blocks.push(block.clone());
                    let id = section.id.clone();
                    self.body.directives.push((block, id, range.clone()));
                }
            } else {
                let line = text.lines().next().unwrap_or_default();
                let message = format!("`{line}` is not a directive");
                let help = "write `{{#pair name}}`, `{{#python name}}`, `{{#rust name}}`, \
                            `{{#mistake name}}` or `{{#chart words: #}}`, alone between blank \
                            lines";
                self.error("C107", range, message, help);
            }
        } else {
            if self.body.sections.is_empty() {
                let message = "text before the first heading".to_owned();
                self.error("C305", range, message, "begin the page with `## The problem`");
            }
            self.prose.get_or_insert(range.start);
        }
    }

    fn tag(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let lang = info.split([',', ' ']).next().unwrap_or_default();
                if !FENCES.contains(&lang) {
                    let message = if lang.is_empty() {
                        "a code fence without a language".to_owned()
                    } else {
                        format!("a bare `{lang}` fence: nothing runs it")
                    };
                    let help = format!(
                        "show code with `{{{{#pair name}}}}`; fences may be {}",
                        FENCES.join(", ")
                    );
                    self.error("C304", range, message, &help);
                }
            }
            Tag::Link { dest_url, .. } => {
                self.body.links.push((dest_url.to_string(), range.clone()));
            }
            Tag::HtmlBlock => {
                let message = "HTML in a page".to_owned();
                self.error(
                    "C308",
                    range,
                    message,
                    "write Markdown: the theme decides how it looks",
                );
            }
            _ => {}
        }
    }

    fn buried(&mut self, range: &Range<usize>) {
        let message = "a directive inside other text".to_owned();
        self.error("C107", range, message, "give it a line of its own between blank lines");
    }
}

fn directive(text: &str) -> Option<Block> {
    let inside = text.strip_prefix("{{#")?.strip_suffix("}}")?;
    let (kind, name) = inside.split_once(' ')?;
    let name = name.trim();
    if kind == "chart" {
        let one = name.matches('#').count() == 1 && !name.contains(['\n', '`', '{', '}']);
        return (one && name != "#").then(|| Block::Chart(name.to_owned()));
    }
    if !crate::carve::is_kebab_case(name) {
        return None;
    }
    let name = name.to_owned();
    Some(match kind {
        "pair" => Block::Pair(name),
        "python" => Block::Single(Lang::Python, name),
        "rust" => Block::Single(Lang::Rust, name),
        "mistake" => Block::Mistake(name),
        _ => return None,
    })
}
