//! Figures: pairs, transcripts and compiler messages as HTML.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use askama::Template;
use counterpart_catalog::{Entry, Lang, Program};
use similar::{ChangeTag, TextDiff};

use super::highlight::{Highlighter, Line, plain};
use super::terminal;

/// Panes side by side on a wide screen, stacked on a narrow one.
#[derive(Default, Template)]
#[template(path = "figure.html")]
struct Figure<'a> {
    class: &'a str,
    id: &'a str,
    former: &'a [&'a str],
    panes: Vec<Pane<'a>>,
}

#[derive(Default)]
struct Pane<'a> {
    class: &'a str,
    id: &'a str,
    title: &'a str,
    region: &'a str,
    code: String,
    /// The id of the whole program.
    whole: &'a str,
}

/// Both programs of an entry, highlighted once; regions are cut out of them.
pub(super) struct Listings {
    python: Listing,
    rust: Listing,
}

struct Listing {
    lines: Vec<Line>,
    /// Name, text, and lines without markers, counted from 0.
    regions: Vec<(String, String, Range<usize>)>,
}

impl Listings {
    pub(super) fn new(highlighter: &Highlighter, entry: &Entry) -> Self {
        let listing = |lang| Listing::new(highlighter, lang, entry.program(lang));
        Self { python: listing(Lang::Python), rust: listing(Lang::Rust) }
    }

    fn of(&self, lang: Lang) -> &Listing {
        match lang {
            Lang::Python => &self.python,
            Lang::Rust => &self.rust,
        }
    }

    /// The whole program of one side, without marker lines, its regions in elements of their own.
    pub(super) fn whole(&self, lang: Lang) -> String {
        let Listing { lines, regions } = self.of(lang);
        let mut html = String::new();
        for (number, line) in lines.iter().enumerate() {
            let starts = regions.iter().find(|(_, _, lines)| lines.start == number);
            if let Some((name, ..)) = starts {
                html.extend(["<span class=region data-region=", name, ">"]);
            }
            html.extend([&line.html(0), "\n"]);
            if regions.iter().any(|(_, _, lines)| lines.end == number + 1) {
                html.push_str("</span>");
            }
        }
        html
    }
}

impl Listing {
    fn new(highlighter: &Highlighter, lang: Lang, program: &Program) -> Self {
        let placed = program.places().into_iter().filter_map(|(name, lines)| {
            let region = program.region(name)?;
            Some((region.name.clone(), region.text.clone(), lines))
        });
        let lines = highlighter.lines(lang, &program.without_markers());
        Self { lines, regions: placed.collect() }
    }

    /// The region as it stands in the program, if this is still its text.
    fn region(&self, name: &str, text: &str) -> Option<String> {
        let (_, _, lines) = self.regions.iter().find(|(n, t, _)| n == name && t == text)?;
        let lines = self.lines.get(lines.clone())?;
        let indent = lines.iter().filter_map(Line::indent).min().unwrap_or(0);
        Some(join(lines.iter().map(|line| line.html(indent))))
    }
}

/// What is known about the page around the code.
pub(super) struct Context<'a> {
    pub(super) highlighter: &'a Highlighter,
    pub(super) listings: Option<&'a Listings>,
    /// Names that places of the page had before, by the name they have now.
    pub(super) former: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(highlighter: &'a Highlighter, listings: Option<&'a Listings>) -> Self {
        Self { highlighter, listings, former: BTreeMap::new() }
    }

    /// Names that a place had before.
    pub(super) fn former(&self, id: &str) -> &[&'a str] {
        self.former.get(id).map_or(&[], Vec::as_slice)
    }

    fn code(&self, lang: Lang, name: &str, text: &str) -> String {
        self.listings
            .and_then(|listings| listings.of(lang).region(name, text))
            .unwrap_or_else(|| self.highlighted(lang, text))
    }

    fn highlighted(&self, lang: Lang, text: &str) -> String {
        join(self.highlighter.lines(lang, text.trim_end()).iter().map(|line| line.html(0)))
    }

    /// A region of one or of both programs; `sides` names the panes of the page's first pair.
    pub(super) fn regions(
        &self,
        name: &str,
        id: &str,
        sides: bool,
        texts: &[(Lang, &str)],
    ) -> String {
        let pane = |&(lang, text): &(Lang, &str)| Pane {
            class: lang.as_str(),
            id: if sides { lang.as_str() } else { "" },
            title: lang.title(),
            region: name,
            code: self.code(lang, name, text),
            whole: match (sides, self.listings, lang) {
                (true, Some(_), Lang::Python) => "whole-python",
                (true, Some(_), Lang::Rust) => "whole-rust",
                _ => "",
            },
        };
        let class = if texts.len() == 2 { "pair" } else { "single" };
        let former = self.former(id);
        figure(&Figure { class, id, former, panes: texts.iter().map(pane).collect() })
    }

    /// A program that the compiler rejects, with the marked lines shown as such, and its message.
    pub(super) fn mistake(&self, source: &str, message: &str) -> String {
        let mut hits = HashSet::new();
        let mut text = String::new();
        for (number, line) in source.lines().enumerate() {
            let code = line.split_once("//~").map_or(line, |(code, _)| {
                hits.insert(number);
                code.trim_end()
            });
            text.push_str(code);
            text.push('\n');
        }
        let lines = self.highlighter.lines(Lang::Rust, &text);
        let (title, says) = if message.contains("clippy::") {
            ("Clippy warns about this", "Clippy")
        } else if message.starts_with("warning") {
            ("The compiler warns about this", "rustc")
        } else {
            ("This does not compile", "rustc")
        };
        let mut panes =
            vec![Pane { class: "rust", title, code: mark(&lines, &hits), ..Pane::default() }];
        if !message.is_empty() {
            let code = join(terminal::lines(message).into_iter());
            panes.push(Pane { class: "terminal", title: says, code, ..Pane::default() });
        }
        figure(&Figure { class: "mistake", panes, ..Figure::default() })
    }

    /// A block of code that is not part of an entry's programs.
    pub(super) fn block(&self, lang: &str, text: &str) -> String {
        let code = match lang {
            "python" => self.highlighted(Lang::Python, text),
            "rust" => self.highlighted(Lang::Rust, text),
            _ => join(plain(text).iter().map(|line| line.html(0))),
        };
        format!("<pre class=block tabindex=0><code>{code}</code></pre>\n")
    }
}

/// What both programs print.
pub(super) fn prints_both(text: &str) -> String {
    let pane = Pane {
        class: "output",
        title: "Both programs print this",
        code: printed(&plain(text), &HashSet::new()),
        ..Pane::default()
    };
    figure(&Figure {
        class: "transcript same",
        id: "transcript",
        panes: vec![pane],
        ..Figure::default()
    })
}

/// What each program prints, with the lines marked that the other does not print.
pub(super) fn prints(texts: &[(Lang, &str)]) -> String {
    let text = |lang| texts.iter().find(|(l, _)| *l == lang).map_or("", |(_, text)| text);
    let diff = TextDiff::from_lines(text(Lang::Python), text(Lang::Rust));
    let mut hits = (HashSet::new(), HashSet::new());
    for change in diff.iter_all_changes() {
        match (change.tag(), change.old_index(), change.new_index()) {
            (ChangeTag::Delete, Some(line), _) => _ = hits.0.insert(line),
            (ChangeTag::Insert, _, Some(line)) => _ = hits.1.insert(line),
            _ => {}
        }
    }
    let pane = |&(lang, text): &(Lang, &str)| {
        let (title, hits) = match lang {
            Lang::Python => ("Python prints", &hits.0),
            Lang::Rust => ("Rust prints", &hits.1),
        };
        Pane { class: "output", title, code: printed(&plain(text), hits), ..Pane::default() }
    };
    let panes = texts.iter().map(pane).collect();
    figure(&Figure { class: "transcript differs", id: "transcript", panes, ..Figure::default() })
}

/// Lines of a transcript: each an element of its own, so that a long one is seen to go on.
fn printed(lines: &[Line], hits: &HashSet<usize>) -> String {
    let line = |(number, line): (usize, &Line)| {
        let name = if hits.contains(&number) { "mark" } else { "span" };
        format!("<{name} class=line>{}\n</{name}>", line.html(0))
    };
    lines.iter().enumerate().map(line).collect()
}

fn mark(lines: &[Line], hits: &HashSet<usize>) -> String {
    join(lines.iter().enumerate().map(|(number, line)| {
        let html = line.html(0);
        if hits.contains(&number) { format!("<mark>{html}</mark>") } else { html }
    }))
}

fn join(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn figure(figure: &Figure<'_>) -> String {
    // Writing to a string cannot fail, and nothing else in the template can.
    figure.render().unwrap_or_default()
}
