//! Turns files into a catalog, and collects everything that is wrong on the way.

mod category;
mod codes;
mod cross;
mod entry;
mod front_matter;
mod links;
mod mistakes;
mod mutations;
mod page;
mod promises;
mod shared_lines;
mod smaller;
mod transcripts;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::fields::{Source, parse};
use crate::ledger::Ledger;
use crate::{Catalog, Diagnostic, Position, RUNS_FILE, Runs, Tree};

pub use transcripts::LITERAL_LINES_HELP;

/// Checks a whole tree. Pure, and complete: a problem in one entry hides none in another.
///
/// The catalog holds every entry that could be read, so that a preview can go on; publish it
/// only when no diagnostic is an error. Diagnostics are sorted by path and place.
#[must_use]
pub fn check(tree: &Tree) -> (Catalog, Vec<Diagnostic>) {
    let mut out = tree.problems().to_vec();
    let mut catalog = Catalog {
        ledger: Ledger::read("guides.toml", tree.get("guides.toml").unwrap_or(""), &mut out),
        tags: tags(tree, &mut out),
        tested: tested(tree, &mut out),
        runs: runs(tree, &mut out),
        lock: promises::read(tree, &mut out),
        ..Catalog::default()
    };
    let mut drafts = Vec::new();
    for (slug, folder) in folders(tree) {
        catalog.categories.extend(category::read(tree, &slug, &mut out));
        for name in folder {
            drafts.extend(entry::read(tree, &slug, &name, &mut out));
        }
    }
    if drafts.is_empty() {
        out.push(Diagnostic::error(
            "C003",
            ".",
            Position::START,
            "there are no entries",
            "`counterpart new <category>/<slug>` makes one",
        ));
    }
    catalog.categories.sort_by_key(|category| (category.order, category.slug.clone()));
    let place = |slug: &str| catalog.categories.iter().position(|category| category.slug == slug);
    drafts.sort_by_key(|draft| (place(&draft.entry.category), draft.entry.meta.id.clone()));
    cross::check(&catalog, &drafts, &mut out);
    catalog.codes = codes::read(tree, &drafts, &mut out);
    links::check(&drafts, &mut out);
    shared_lines::check(&drafts, &mut out);
    promises::check(tree, &catalog.lock, &drafts, &mut out);
    catalog.entries = drafts.into_iter().map(|draft| draft.entry).collect();
    out.sort_by(|a, b| {
        (&a.path, a.line, a.column, a.code).cmp(&(&b.path, b.line, b.column, b.code))
    });
    out.dedup();
    (catalog, out)
}

/// The folders of `patterns/`, each with the names of its entries' folders.
fn folders(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, _) in tree.files() {
        let Some((category, rest)) = path.split_once('/') else { continue };
        let entries = folders.entry(category.to_owned()).or_default();
        if let Some((entry, _)) = rest.split_once('/')
            && entries.last().is_none_or(|last| last != entry)
        {
            entries.push(entry.to_owned());
        }
    }
    folders
}

fn tags(tree: &Tree, out: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let file = tree.get("tags.toml").unwrap_or("");
    let source = Source { path: "tags.toml", file, offset: 0 };
    let mut tags = BTreeMap::new();
    for (tag, meaning) in parse(source, file, out).into_iter().flatten() {
        match meaning.get_ref().as_str() {
            Some(text) => {
                tags.insert(tag.get_ref().to_string(), text.to_owned());
            }
            None => out.push(Diagnostic::error(
                "C204",
                "tags.toml",
                source.position(&meaning.span()),
                format!("`{}` must be a string", tag.get_ref()),
                "say in a few words what the tag means",
            )),
        }
    }
    tags
}

fn tested(tree: &Tree, out: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    json(tree, "tested.json", "list of versions", "let `.ci/run` write this file", out)
}

fn runs(tree: &Tree, out: &mut Vec<Diagnostic>) -> Runs {
    let help = "let `counterpart playground verify --record` write this file";
    json(tree, RUNS_FILE, "list of runs", help, out)
}

/// A file that a program writes; empty where there is none.
fn json<T: DeserializeOwned + Default>(
    tree: &Tree,
    path: &str,
    what: &str,
    help: &str,
    out: &mut Vec<Diagnostic>,
) -> T {
    let Some(text) = tree.get(path) else { return T::default() };
    serde_json::from_str(text).unwrap_or_else(|error| {
        let place = Position { line: error.line().max(1), column: error.column().max(1) };
        out.push(Diagnostic::error("C006", path, place, format!("invalid {what}: {error}"), help));
        T::default()
    })
}
