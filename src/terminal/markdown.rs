//! Markdown for the terminal: wrapped paragraphs, lists, tables, quotes and code.

use std::fmt::Write as _;
use std::mem;

use anstyle::Style;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use textwrap::core::display_width;

use super::{BOLD, ITALIC, Link, is_plain, links_work, wrap};

/// A Markdown text in lines of the terminal's width, each behind an indentation.
#[must_use]
pub fn markdown(text: &str, indent: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut page = Page { indents: vec![indent.to_owned()], ..Page::default() };
    for event in Parser::new_ext(text, options) {
        page.event(event);
    }
    page.out
}

/// The page so far, and what is being read.
#[derive(Default)]
struct Page {
    out: String,
    /// What lines stand behind, outermost first; an item or quote adds one.
    indents: Vec<String>,
    /// What the next line stands behind instead: the first of an item.
    bullet: Option<String>,
    /// Whether the last line written belongs to an item.
    after_item: bool,
    /// A paragraph, heading or cell that is not yet written.
    text: String,
    /// The number of the next item of each open list; none for bullets.
    lists: Vec<Option<u64>>,
    /// For each open link, where it leads and where its text starts.
    links: Vec<(String, usize)>,
    /// The rows of the open table.
    rows: Vec<Vec<String>>,
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.text.push_str(&text),
            Event::Code(code) if is_plain() => {
                self.text.extend(["`", &code, "`"]);
            }
            Event::Code(code) => {
                self.open(BOLD);
                self.text.push_str(&code);
                self.close(BOLD);
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } | Tag::Strong => self.open(BOLD),
            Tag::Emphasis => self.open(ITALIC),
            Tag::Link { dest_url, .. } => {
                self.links.push((dest_url.into_string(), self.text.len()));
            }
            Tag::List(start) => {
                self.paragraph();
                self.lists.push(start);
            }
            Tag::Item => self.item(),
            Tag::BlockQuote(_) => self.indents.push(format!("{}| ", self.indent())),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.close(BOLD),
            TagEnd::Emphasis => self.close(ITALIC),
            TagEnd::Heading(_) => {
                self.close(BOLD);
                self.paragraph();
            }
            TagEnd::Link => self.link(),
            TagEnd::Paragraph => self.paragraph(),
            TagEnd::Item => {
                self.paragraph();
                self.indents.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.indents.pop();
            }
            TagEnd::CodeBlock => self.code(),
            TagEnd::TableCell => {
                let cell = mem::take(&mut self.text);
                self.rows.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    fn open(&mut self, style: Style) {
        let _ = write!(self.text, "{style}");
    }

    fn close(&mut self, style: Style) {
        let _ = write!(self.text, "{style:#}");
    }

    /// Shows where a link leads, unless the terminal can follow it.
    fn link(&mut self) {
        let Some((to, start)) = self.links.pop() else { return };
        let text = self.text.split_off(start);
        let outside = to.contains("://");
        let link = Link { text: &text, to: Some(&to).filter(|_| outside).map(String::as_str) };
        let _ = match (outside, links_work()) {
            (true, true) => write!(self.text, "{link}"),
            (true, false) if text != to => write!(self.text, "{text} <{to}>"),
            (true, false) => write!(self.text, "<{to}>"),
            (false, _) => write!(self.text, "{text} ({to})"),
        };
    }

    fn indent(&self) -> &str {
        self.indents.last().map_or("", String::as_str)
    }

    fn item(&mut self) {
        let bullet = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        let indent = format!("{}{}", self.indent(), " ".repeat(bullet.len()));
        self.bullet = Some(format!("{}{bullet}", self.indent()));
        self.indents.push(indent);
    }

    /// Writes the paragraph that was read. The items of a list stand close together.
    fn paragraph(&mut self) {
        let text = mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        self.space(self.bullet.is_some() && self.after_item);
        self.after_item = !self.lists.is_empty();
        let first = self.bullet.take().unwrap_or_else(|| self.indent().to_owned());
        let lines = wrap(&text, &first, self.indent());
        self.out.extend([&lines, "\n"]);
    }

    /// Writes code as it stands, further in.
    fn code(&mut self) {
        let text = mem::take(&mut self.text);
        self.space(false);
        for line in text.lines() {
            let line = format!("{}    {line}", self.indent());
            self.out.extend([line.trim_end(), "\n"]);
        }
    }

    /// Writes a table in columns.
    fn table(&mut self) {
        let rows = mem::take(&mut self.rows);
        self.space(false);
        for row in &rows {
            let mut line = self.indent().to_owned();
            for (column, cell) in row.iter().enumerate() {
                let cells = rows.iter().filter_map(|row| row.get(column));
                let widest = cells.map(|cell| display_width(cell)).max().unwrap_or_default();
                line.extend([cell.as_str(), &" ".repeat(widest + 2 - display_width(cell))]);
            }
            self.out.extend([line.trim_end(), "\n"]);
        }
    }

    /// An empty line between blocks.
    fn space(&mut self, close: bool) {
        if !self.out.is_empty() && !close {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn blocks_are_wrapped_and_indented() {
        let text = "One *two* `three`.\n\n- a [b](c)\n- d\n  1. e\n  2. f\n\nEnd\nof it.\n\n> q\n\n\
                    ```sh\nls -l\n```\n\n| x | yy |\n|---|---|\n| 1 | 2 |\n";
        let plain = anstream::adapter::strip_str(&markdown(text, "  ")).to_string();
        let expected = "  One two `three`.\n\n  - a b (c)\n  - d\n    1. e\n    2. f\n\n  End of it.\n\n  | q\n\n      \
                        ls -l\n\n  x  yy\n  1  2\n";
        assert_eq!(plain, expected);
    }

    #[test]
    fn a_link_shows_where_it_leads() {
        let shown = markdown("[docs](https://example.org/a) <https://b.org>", "");
        assert_eq!(shown, "docs <https://example.org/a> <https://b.org>\n");
    }

    #[test]
    fn long_paragraphs_break_at_words() {
        let shown = markdown(&"word ".repeat(40), "    ");
        assert!(shown.lines().count() > 2);
        assert!(shown.lines().all(|line| line.len() <= 80 && line.starts_with("    word")));
    }
}
