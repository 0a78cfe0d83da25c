//! The page ranks as the engine does: its reader runs here in an embedded JavaScript engine, over
//! what the build exports, and the first five results are the same, with the same excerpts.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use counterpart::embedded;
use counterpart::search::{Hit, Request};
use counterpart::site::{Pages, Site};
use rquickjs::{CatchResultExt as _, Context, Function, Runtime};

use super::golden::{Golden, Queries};
use super::{ENGINE, typos};

/// The first results, best first: an id, then pieces of its excerpt, every second of which matches.
type Results = Vec<Vec<String>>;

/// Runs a closure with the reader, which gives what a query finds, with excerpts if so wished.
fn with_reader(run: impl FnOnce(&mut dyn FnMut(&str, bool) -> Results)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalog = Arc::new(embedded::catalog().expect("the catalog is compiled in"));
    let pages = Site { root, catalog, base: None }.pages().expect("a site");
    let script = |path| text(&pages, path);
    let context = Context::full(&Runtime::new().expect("an engine")).expect("an engine");
    context.with(|js| {
        let excerpts: String = pages
            .iter()
            .filter(|(path, _)| path.starts_with("assets/search-texts/"))
            .map(|(path, _)| script(path))
            .collect();
        let sources = format!(
            "{}\nlet loaded; const counterpartSearch = {{ catalog(all) {{ loaded = all; }}, \
             index(postings) {{ loaded = read(loaded, postings); }}, \
             positions(data) {{ readPositions(loaded, data); }}, \
             texts(id, all) {{ texts.set(id, all); }} }};\nconst texts = new Map();\n{}\n{}\n{}\n{}\n\
             (query, explained) => {{ const {{ hits, terms }} = search(loaded, query); \
             return hits.slice(0, 5).map(({{ entry: {{ id }} }}) => \
             explained ? [id, ...excerpt(passages(texts.get(id)), terms)] : [id]); }}",
            sources(&root.join("theme/js/search")),
            script("assets/search-reader.js").lines().last().unwrap_or_default(),
            script("assets/search-index.js"),
            script("assets/search-positions.js"),
            excerpts,
        );
        let search: Function<'_> = js.eval(sources).catch(&js).expect("the reader starts");
        run(&mut |query, explained| {
            search.call((query, explained)).catch(&js).expect("any text is a query")
        });
    });
}

/// The reader without what needs a page.
fn sources(folder: &Path) -> String {
    let mut sources = String::new();
    for file in fs::read_dir(folder).expect("a readable folder") {
        let path = file.expect("a file").path();
        if path.file_name().is_some_and(|name| name != "page.js") {
            sources.push_str(&fs::read_to_string(path).expect("a readable file"));
        }
    }
    sources
}

fn text(pages: &Pages, path: &str) -> String {
    String::from_utf8_lossy(pages.get(path).expect(path)).into_owned()
}

fn native(text: &str, explained: bool) -> Results {
    let request = Request { text, limit: 5, ..Request::default() };
    if !explained {
        return ENGINE
            .ids(&request)
            .expect("any text is a query")
            .into_iter()
            .map(|id| vec![id])
            .collect();
    }
    let hits = ENGINE.search(&request).expect("any text is a query");
    hits.into_iter()
        .map(|Hit { id, excerpt, .. }| {
            let mut pieces = vec![id];
            let mut at = 0;
            for mark in excerpt.marks {
                pieces.extend(
                    [&excerpt.text[at..mark.start], &excerpt.text[mark.clone()]].map(str::to_owned),
                );
                at = mark.end;
            }
            pieces.push(excerpt.text[at..].to_owned());
            pieces
        })
        .collect()
}

/// Queries of every kind: the golden set, what entries are called, typos, and the grammar.
fn queries() -> Vec<String> {
    let mut queries: Vec<String> = Vec::new();
    let Golden { pasted, entries } = Golden::read();
    queries.extend(pasted.into_iter().map(|pasted| pasted.text));
    for Queries { names, questions } in entries.into_values() {
        // Many ask the same in other words.
        queries.extend(names.into_iter().chain(questions.into_iter().step_by(3)));
    }
    let catalog = embedded::catalog().expect("the catalog is compiled in");
    for entry in &catalog.entries {
        let meta = &entry.meta;
        queries.extend([&meta.id, &meta.title].map(Clone::clone));
        queries.extend(typos::of(&meta.python).into_iter().step_by(2));
        queries.extend(typos::of(&meta.rust).into_iter().skip(1).step_by(2));
        queries.extend(meta.lints.first().map(|lint| format!("lint:{lint}")));
        if let Some(symptom) = meta.symptoms.first() {
            let part: String = symptom.chars().take(symptom.chars().count() * 2 / 3).collect();
            queries.extend([part.clone(), format!("\"{part}")]);
        }
        if let Some(tag) = meta.tags.last() {
            queries.push(format!("await tag:{tag} -category:{}", entry.category));
            queries.push(format!("level:{} lang:rust \"event loop\" -task", meta.level.as_str()));
        }
    }
    let odd = [
        "",
        " ",
        "-",
        "\"",
        "\"\"",
        "Ärger crème ﬁle STRASSE ß",
        "İ 中文 🦀",
        "a.b::c_d.E",
        "tag:",
        "lang:rust lang:python gather",
        "-lang:rust gather",
        "LINT:async251",
        "\0\u{1b}[31m",
        "how do i",
        "the",
        "x",
        "E0277",
        "HTTP2 sha256",
        "<b>await</b>",
        "sp",
        "spa",
        "await await",
    ];
    queries.extend(odd.map(str::to_owned));
    queries
}

#[test]
fn the_first_five_are_those_of_the_engine() {
    let queries = queries();
    assert!(queries.len() > 500, "{}", queries.len());
    // Excerpts are what takes time.
    let asked = || queries.iter().enumerate().map(|(number, query)| (query, number % 4 == 0));
    let mut page = Vec::new();
    let engine: Vec<Results> = thread::scope(|scope| {
        let engine =
            scope.spawn(|| asked().map(|(query, explained)| native(query, explained)).collect());
        with_reader(|reader| {
            page.extend(asked().map(|(query, explained)| reader(query, explained)));
        });
        engine.join().expect("the engine answers")
    });
    let mut differ = String::new();
    for ((query, page), engine) in queries.iter().zip(page).zip(engine) {
        if page != engine {
            let _ = writeln!(differ, "{query:?}: {page:?}, not {engine:?}");
        }
    }
    assert!(differ.is_empty(), "{}:\n{differ}", differ.lines().count());
}
