//! `counterpart playground verify --record`

use std::fs;
use std::path::Path;

use counterpart_catalog::{Runs, Tree};

use super::playground;
use super::server::{Answer, Server};

/// The fixture catalog as a checkout, with other Rust programs in some entries.
pub(super) fn checkout(programs: &[(&str, &str)]) -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fixture = Tree::read(&root.join("tests/fixtures/valid")).expect("a readable folder");
    for (path, text) in fixture.files() {
        let other = programs.iter().find(|(slug, _)| path.ends_with(&format!("{slug}/rust.rs")));
        let path = folder.path().join("patterns").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(path, other.map_or(text, |(_, program)| program)).expect("a writable folder");
    }
    fs::write(folder.path().join("book.toml"), "[book]\n").expect("a writable folder");
    folder
}

fn runs(checkout: &Path) -> Runs {
    let text = fs::read_to_string(checkout.join("patterns/playground.json")).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn what_was_run_is_written_down() {
    let checkout = checkout(&[]);
    let folder = checkout.path();
    let greeting = || Answer::ran("hello ada\nhello bob\n");
    // The second entry prints something else.
    let server = Server::start(vec![greeting()]);
    let run = playground(folder, "verify", &server.url, &["--record"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let written = runs(folder);
    assert_eq!(written.server, server.url);
    assert_eq!(written.programs.keys().collect::<Vec<_>>(), ["AP001"]);
    let run = &written.programs["AP001"];
    assert_eq!((run.sha256.len(), run.date.len()), (64, 10), "{run:?}");

    // A server that fails takes nothing back; a wrong result does.
    for (answer, left) in [(Answer::error(400, "no"), 1), (Answer::ran("x\n"), 0)] {
        let other = Server::start(vec![answer]);
        let moved = Runs { server: other.url.clone(), ..runs(folder) };
        fs::write(folder.join("patterns/playground.json"), moved.to_string()).expect("a file");
        playground(folder, "verify", &other.url, &["--record", "AP001"]);
        assert_eq!(runs(folder).programs.len(), left);
    }
}

#[test]
fn the_runs_on_one_server_are_not_replaced_by_those_on_another() {
    let checkout = checkout(&[]);
    let folder = checkout.path();
    let text = "{\n  \"server\": \"https://play.rust-lang.org/\",\n  \"programs\": {\n    \
                \"AP001\": {\"date\": \"2026-02-28\", \"sha256\": \"00\"}\n  }\n}\n";
    fs::write(folder.join("patterns/playground.json"), text).expect("a file");
    let server = Server::start(vec![Answer::ran("")]);
    playground(folder, "verify", &server.url, &["--record"])
        .refuses(2, "has the runs on https://play.rust-lang.org/: remove it");
    assert_eq!(runs(folder).to_string(), text);
    assert!(server.seen().is_empty());
}
