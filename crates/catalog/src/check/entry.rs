//! Reads the folder of one entry.

use super::front_matter::{self, Mentions};
use super::mutations::{self, Mutated};
use super::{mistakes, page, smaller, transcripts};
use crate::body;
use crate::carve::{carve, is_kebab_case};
use crate::fields::Source;
use crate::{Diagnostic, Entry, Lang, Position, Program, Tree};

/// An entry with the places that only checks need.
pub(crate) struct Draft {
    pub(crate) entry: Entry,
    pub(crate) path: String,
    pub(crate) mentions: Mentions,
    pub(crate) links: Vec<(String, Position)>,
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
    let (front, start) = front_matter::split(&path, file, out)?;
    let source = Source { path: &path, file, offset: front.start };
    let front = front_matter::read(source, &file[front], out);
    let parity = front.as_ref().map(|(meta, _)| meta.parity.clone());
    let (meta, mentions) = front.unwrap_or_default();
    let source = Source { offset: start, ..source };
    let body = body::parse(source, &file[start..], out);
    let place = |range: &std::ops::Range<usize>| source.position(range);
    let transcript = transcripts::read(tree, &folder, parity.as_ref(), (&python, &rust), out);
    let mut smaller = smaller::read(tree, &folder, out);
    let mutated = [
        Some(Mutated::side(Lang::Python, &python)),
        Some(Mutated::side(Lang::Rust, &rust)),
        smaller.as_ref().map(smaller::mutated),
    ];
    let [mut mutations, of_rust, of_smaller] = mutations::read(tree, &folder, mutated, out);
    mutations.extend(of_rust);
    if let Some(smaller) = &mut smaller {
        smaller.mutations = of_smaller;
    }
    let entry = Entry {
        mutations,
        smaller,
        mistakes: mistakes::read(tree, &folder, out),
        category: category.to_owned(),
        slug: slug.to_owned(),
        sections: body.sections.clone(),
        meta,
        python,
        rust,
        transcript,
    };
    page::headings(&entry, &path, Position::of(file, start), out);
    page::directives(&entry, source, &body, out);
    let links = body.links.iter().map(|(to, range)| (to.clone(), place(range))).collect();
    Some(Draft { entry, path: path.clone(), mentions, links })
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
        if !tree.problems().iter().any(|problem| problem.path == path) {
            out.push(missing(&path));
        }
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
    const FILES: [&str; 8] = [
        "pattern.md",
        "python.py",
        "rust.rs",
        "expected.txt",
        "expected.python.txt",
        "expected.rust.txt",
        "mutations.toml",
        smaller::FILE,
    ];
    for (name, _) in tree.below(folder) {
        let mistake = name.strip_prefix("mistakes/").is_some_and(|name| {
            name.strip_suffix(".rs").is_some()
                || name
                    .strip_suffix(".stderr")
                    .is_some_and(|name| tree.get(&format!("{folder}/mistakes/{name}.rs")).is_some())
        });
        let of_smaller = name == smaller::TRANSCRIPT
            && tree.get(&format!("{folder}/{}", smaller::FILE)).is_some();
        if !mistake && !of_smaller && !FILES.contains(&name) {
            let message = format!("`{name}` does not belong to an entry");
            let help = "an entry is `pattern.md`, two programs, their transcript, `mutations.toml` and `mistakes/`";
            let path = format!("{folder}/{name}");
            out.push(Diagnostic::error("C004", path, Position::START, message, help));
        }
    }
}

fn todos(tree: &Tree, folder: &str, out: &mut Vec<Diagnostic>) {
    for (name, text) in tree.below(folder) {
        for (offset, _) in text.match_indices("TODO") {
            let line = text[offset..].lines().next().unwrap_or_default();
            let message = format!("left to do: `{}`", line.trim_end_matches(['"', '.']));
            let help = "do it, and remove the word `TODO`";
            let place = Position::of(text, offset);
            out.push(
                Diagnostic::error("C008", format!("{folder}/{name}"), place, message, help)
                    .warning(),
            );
        }
    }
}
