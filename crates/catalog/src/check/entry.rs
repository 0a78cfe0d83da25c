//! Reads the folder of one entry.

use super::front_matter::{self, Mentions};
use super::{mistakes, mutations, transcripts};
use crate::body::{self, Body, HEADINGS};
use crate::carve::{carve, is_kebab_case};
use crate::fields::Source;
use crate::{Block, Diagnostic, Entry, Lang, Position, Program, Tree};

/// An entry with the places that only checks need.
pub(crate) struct Draft {
    pub(crate) entry: Entry,
    pub(crate) path: String,
    pub(crate) mentions: Mentions,
    pub(crate) links: Vec<(String, Position)>,
    /// Ids of the page's level-3 headings.
    pub(crate) ids: Vec<String>,
}

pub(crate) fn read(
    tree: &Tree,
    category: &str,
    slug: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<Draft> {
    let folder = format!("{category}/{slug}");
    let path = format!("{folder}/pattern.md");
    if !is_kebab_case(slug) {
        out.push(bad_folder_name(&path, slug));
    }
    unexpected_files(tree, &folder, out);
    let python = program(tree, &folder, Lang::Python, out);
    let rust = program(tree, &folder, Lang::Rust, out);
    let Some(file) = tree.get(&path) else {
        out.push(missing(&path));
        return None;
    };
    todos(tree, &folder, out);
    let (front, start) = front_matter::split(&path, file, out);
    let source = Source { path: &path, file, offset: front.start };
    let (meta, mentions) = front_matter::read(source, &file[front], out);
    let source = Source { offset: start, ..source };
    let body = body::parse(source, &file[start..], out);
    let place = |range: &std::ops::Range<usize>| source.position(range);
    let transcript = transcripts::read(tree, &folder, &meta.parity, (&python, &rust), out);
    let entry = Entry {
        mutations: mutations::read(tree, &folder, (&python, &rust), out),
        mistakes: mistakes::read(tree, &folder, out),
        category: category.to_owned(),
        slug: slug.to_owned(),
        sections: body.sections.clone(),
        meta,
        python,
        rust,
        transcript,
    };
    headings(&entry, &path, Position::of(file, start), out);
    directives(&entry, source, &body, out);
    let links = body.links.iter().map(|(to, range)| (to.clone(), place(range))).collect();
    Some(Draft { entry, path: path.clone(), mentions, links, ids: body.ids })
}

pub(crate) fn missing(path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let help =
        "an entry is `pattern.md`, `python.py`, `rust.rs`, `mutations.toml` and its transcript";
    Diagnostic::error("C005", path, Position::START, format!("missing `{name}`"), help)
}

pub(crate) fn bad_folder_name(path: &str, name: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be a folder's name");
    Diagnostic::error(
        "C007",
        path,
        Position::START,
        message,
        "use lower-case words joined by hyphens",
    )
}

fn program(tree: &Tree, folder: &str, lang: Lang, out: &mut Vec<Diagnostic>) -> Program {
    let path = format!("{folder}/{}", lang.file_name());
    let Some(source) = tree.get(&path) else {
        out.push(missing(&path));
        return Program::default();
    };
    let opening = match lang {
        Lang::Python => "\"\"\"",
        Lang::Rust => "//! ",
    };
    if !source.starts_with(opening) {
        let message = "the program does not begin with a sentence about what it shows";
        let help = format!("begin it with `{opening}`");
        out.push(Diagnostic::error("C410", &path, Position::START, message, help));
    }
    if lang == Lang::Rust
        && !source.contains("pub fn main()")
        && !source.contains("pub async fn main()")
    {
        let message = "no `pub fn main()`";
        let help = "all Rust programs are modules of one crate, which calls their `main`";
        out.push(Diagnostic::error("C411", &path, Position::START, message, help));
    }
    carve(lang, &path, source, out)
}

fn unexpected_files(tree: &Tree, folder: &str, out: &mut Vec<Diagnostic>) {
    const FILES: [&str; 7] = [
        "pattern.md",
        "python.py",
        "rust.rs",
        "expected.txt",
        "expected.python.txt",
        "expected.rust.txt",
        "mutations.toml",
    ];
    let prefix = format!("{folder}/");
    for (path, _) in tree.files() {
        let Some(name) = path.strip_prefix(&prefix) else { continue };
        let mistake = name.strip_prefix("mistakes/").is_some_and(|name| {
            name.ends_with(".rs")
                || name
                    .strip_suffix(".stderr")
                    .is_some_and(|name| tree.get(&format!("{prefix}mistakes/{name}.rs")).is_some())
        });
        if !mistake && !FILES.contains(&name) {
            let message = format!("`{name}` does not belong to an entry");
            let help = "an entry is `pattern.md`, two programs, their transcript, `mutations.toml` and `mistakes/`";
            out.push(Diagnostic::error("C004", path, Position::START, message, help));
        }
    }
}

fn todos(tree: &Tree, folder: &str, out: &mut Vec<Diagnostic>) {
    let prefix = format!("{folder}/");
    for (path, text) in tree.files().filter(|(path, _)| path.starts_with(&prefix)) {
        for (offset, _) in text.match_indices("TODO") {
            let message = "something is left to do here";
            let help = "do it, and remove the word `TODO`";
            out.push(
                Diagnostic::error("C008", path, Position::of(text, offset), message, help)
                    .warning(),
            );
        }
    }
}

fn headings(entry: &Entry, path: &str, end: Position, out: &mut Vec<Diagnostic>) {
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

fn directives(entry: &Entry, source: Source<'_>, body: &Body, out: &mut Vec<Diagnostic>) {
    let mut error = |code, place, message: String, help: &str| {
        out.push(Diagnostic::error(code, source.path, place, message, help));
    };
    let has = |lang: Lang, name: &str| entry.program(lang).region(name).is_some();
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
                let help = format!(
                    "add `{{{{#pair {}}}}}` to the page, or remove the markers",
                    region.name
                );
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
