//! Checks a page against its entry: headings that must stand, and code that must exist.

use crate::body::{Body, HEADINGS};
use crate::fields::Source;
use crate::{Block, Diagnostic, Entry, Lang, Position};

pub(crate) fn headings(entry: &Entry, path: &str, end: Position, out: &mut Vec<Diagnostic>) {
    for (id, title) in HEADINGS {
        let wanted = match id {
            "compiler" => !entry.mistakes.is_empty(),
            "guides" => !entry.meta.findings.is_empty(),
            _ => true,
        };
        match entry.section(id) {
            None if wanted => {
                let message = format!("missing heading `{title}`");
                let help = format!("add `## {title}` in its place");
                out.push(Diagnostic::error("C301", path, end, message, help));
            }
            Some(section) if section.blocks.is_empty() => {
                let message = format!("nothing stands below `{title}`");
                out.push(Diagnostic::error("C306", path, end, message, "write the section"));
            }
            Some(_) if !wanted => {
                let what = if id == "compiler" { "programs in `mistakes/`" } else { "`findings`" };
                let message = format!("`{title}` stands here, but there are no {what}");
                out.push(Diagnostic::error(
                    "C301",
                    path,
                    end,
                    message,
                    "remove the heading, or add them",
                ));
            }
            _ => {}
        }
    }
    if let Some(section) = entry.section("why") {
        let sentences: usize = section.blocks.iter().map(sentences).sum();
        if sentences > 3 {
            let message = format!("`The problem` has {sentences} sentences");
            let help = "three at most: a reader who came from a review link wants the code";
            out.push(Diagnostic::error("C309", path, end, message, help));
        }
    }
}

fn sentences(block: &Block) -> usize {
    let Block::Markdown(text) = block else { return 0 };
    let text = text.trim();
    let ends = text
        .match_indices(['.', '?', '!'])
        .filter(|(at, _)| text[at + 1..].chars().next().is_none_or(char::is_whitespace));
    ends.count()
}

pub(crate) fn directives(
    entry: &Entry,
    source: Source<'_>,
    body: &Body,
    out: &mut Vec<Diagnostic>,
) {
    let mut error = |code, place, message: String, help: &str| {
        out.push(Diagnostic::error(code, source.path, place, message, help));
    };
    let has = |lang: Lang, name: &str| {
        let program = entry.program(lang);
        program.source.is_empty() || program.region(name).is_some()
    };
    for (block, section, range) in &body.directives {
        let place = source.position(range);
        let (langs, name): (&[Lang], &String) = match block {
            Block::Pair(name) => (&Lang::BOTH, name),
            Block::Single(Lang::Python, name) => (&[Lang::Python], name),
            Block::Single(Lang::Rust, name) => (&[Lang::Rust], name),
            Block::Mistake(name) => {
                if entry.mistake(name).is_none() {
                    let message = format!("no mistake `{name}` in `mistakes/`");
                    error("C109", place, message, "names are file names without `.rs`");
                }
                if section != "compiler" {
                    let message = format!("mistake `{name}` stands in the wrong section");
                    error("C110", place, message, "put it below `What the compiler catches`");
                }
                continue;
            }
            Block::Chart(pattern) => {
                for (side, bars) in entry.chart(pattern).groups {
                    if bars.len() < 2 {
                        let side = side.map_or_else(String::new, |lang| format!("{lang} "));
                        let message =
                            format!("no two lines of the {side}transcript have `{pattern}`");
                        let help =
                            "a bar is a number in the place of `#`, behind a name and a colon";
                        error("C112", place, message, help);
                    }
                }
                continue;
            }
            Block::Markdown(_) => continue,
        };
        for lang in langs {
            if !has(*lang, name) {
                let file = lang.file_name();
                let message = format!("no anchor `{name}` in `{file}`");
                let known: Vec<&str> = entry
                    .program(*lang)
                    .regions
                    .iter()
                    .map(|region| region.name.as_str())
                    .collect();
                let help = if known.is_empty() {
                    format!("mark the lines with `ANCHOR: {name}` and `ANCHOR_END: {name}`")
                } else {
                    format!("its anchors are `{}`", known.join("`, `"))
                };
                error("C104", place, message, &help);
            }
        }
    }
    let shown = |lang: Lang, name: &str| {
        body.directives.iter().any(|(block, _, _)| match block {
            Block::Pair(pair) => pair == name,
            Block::Single(side, single) => *side == lang && single == name,
            _ => false,
        })
    };
    let first = entry
        .section("pair")
        .and_then(|section| section.blocks.iter().find(|block| matches!(block, Block::Pair(_))));
    if entry.section("pair").is_some() && first.is_none() {
        let message = "no pair stands below `Side by side`".to_owned();
        error("C111", Position::START, message, "add `{{#pair core}}`");
    }
    for lang in Lang::BOTH {
        for region in &entry.program(lang).regions {
            if !shown(lang, &region.name) {
                let path = format!("{}/{}", entry.path(), lang.file_name());
                let message = format!("anchor `{}` is never shown", region.name);
                let help = "show it with `{{#pair …}}`, or remove the markers";
                out.push(Diagnostic::error(
                    "C105",
                    path,
                    Position::line(region.line),
                    message,
                    help,
                ));
            }
        }
    }
    for mistake in &entry.mistakes {
        let used = Block::Mistake(mistake.name.clone());
        if !body.directives.iter().any(|(block, _, _)| *block == used) {
            let path = format!("{}/mistakes/{}.rs", entry.path(), mistake.name);
            let message = format!("mistake `{}` is never shown", mistake.name);
            let help = format!("add `{{{{#mistake {}}}}}` to the page", mistake.name);
            out.push(Diagnostic::error("C105", path, Position::START, message, help));
        }
    }
}
