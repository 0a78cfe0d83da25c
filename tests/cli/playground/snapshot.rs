//! `counterpart playground snapshot`

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::playground;
use super::record::checkout;
use super::server::{Answer, Server};

const CRATES: &str = r#"{
  "about": "Crates.",
  "source": "somewhere",
  "date": "2026-01-31",
  "crates": [
    {"name": "anyhow", "version": "1.0.1", "features": []},
    {"name": "tokio", "version": "1.5.0", "features": ["full"], "lacks": ["tokio::odd"]},
    {"name": "tokio-util", "version": "0.7.1", "features": []}
  ]
}
"#;
const LOCK: &str = "[[package]]\nname = \"tokio\"\nversion = \"1.5.0\"\n\n\
                    [[package]]\nname = \"rand\"\nversion = \"0.8.7\"\n";

fn list(crates: &[(&str, &str, &str)]) -> Answer {
    let item = |(name, version, id): &(&str, &str, &str)| -> Value {
        json!({ "name": name, "version": version, "id": id })
    };
    Answer::json(200, &json!({ "crates": crates.iter().map(item).collect::<Vec<_>>() }))
}

/// The fixture catalog, whose programs use a crate each, with the known list beside it.
fn project() -> tempfile::TempDir {
    let folder = checkout(&[
        ("greeting", "use tokio_util as _;\npub fn main() {}\n"),
        ("farewell", "use axum as _;\npub fn main() {}\n"),
    ]);
    fs::create_dir(folder.path().join("playground")).expect("a folder");
    fs::write(folder.path().join("playground/crates.json"), CRATES).expect("a file");
    fs::write(folder.path().join("playground/Cargo.lock"), LOCK).expect("a file");
    folder
}

fn crates(folder: &Path) -> String {
    fs::read_to_string(folder.join("playground/crates.json")).expect("a file")
}

#[test]
fn what_changes_is_said_and_written() {
    let project = project();
    let server = Server::start(vec![list(&[
        ("anyhow", "1.0.1", "anyhow"),
        ("axum", "0.8.0", "axum"),
        ("rand", "0.10.0", "rand"),
        ("rand", "0.8.7", "rand_0_8_7"),
        ("tokio", "1.6.0", "tokio"),
    ])]);
    let run = playground(project.path(), "snapshot", &server.url, &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let expected = "`tokio` 1.5.0 is 1.6.0 now
`tokio-util` is gone
`axum` 0.8.0 is new; nobody has looked at its features
`greeting` loses its link: tokio_util is not available there
`farewell` gets a link to its whole program
playground/Cargo.lock: `tokio` is 1.5.0 here and 1.6.0 there
";
    assert_eq!(run.stdout, expected);
    let written: Value = serde_json::from_str(&crates(project.path())).expect("JSON");
    let expected = json!([
        { "name": "anyhow", "version": "1.0.1", "features": [] },
        { "name": "axum", "version": "0.8.0", "features": [] },
        { "name": "tokio", "version": "1.6.0", "features": ["full"], "lacks": ["tokio::odd"] },
    ]);
    assert_eq!(written["crates"], expected);
    assert_eq!(written["source"], format!("{}meta/crates", server.url));
    assert_ne!(written["date"], "2026-01-31");
}

#[test]
fn where_nothing_breaks_the_exit_code_is_0() {
    let project = project();
    let same = [
        ("anyhow", "1.0.1", "anyhow"),
        ("tokio", "1.5.0", "tokio"),
        ("tokio-util", "0.7.1", "tokio_util"),
    ];
    let server = Server::start(vec![list(&same)]);
    let run = playground(project.path(), "snapshot", &server.url, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    let undated = |text: &str| text.lines().skip(4).collect::<Vec<_>>().join("\n");
    assert_eq!(undated(&crates(project.path())), undated(CRATES));
}

#[test]
fn a_list_that_is_none_changes_nothing() {
    let http = |status, body: &str| Answer::Http(status, "x-a: b".to_owned(), body.to_owned());
    for (answer, said) in [
        (list(&[]), "a list without crates"),
        (list(&[("to\x1bkio", "1", "x")]), "not that of a Playground"),
        (http(200, "{\"crates\": 1}"), "not that of a Playground"),
        (http(200, "[]"), "not that of a Playground"),
        (http(404, ""), "no Playground at this address"),
        (http(503, "<html>"), "answers 503"),
        (Answer::Endless, "longer than 4 MiB"),
        (Answer::HalfABody, "ends in the middle"),
    ] {
        let project = project();
        let server = Server::start(vec![answer]);
        let run = playground(project.path(), "snapshot", &server.url, &[]);
        run.refuses(2, said);
        assert!(run.stderr.contains("nothing changed"), "{run:?}");
        assert_eq!(crates(project.path()), CRATES);
    }
}

#[test]
fn a_checkout_with_damaged_files_is_left_as_it_is() {
    let server = Server::start(vec![list(&[("anyhow", "1.0.1", "anyhow")])]);
    for (file, text) in [("crates.json", "<<<<<<<"), ("Cargo.lock", "<<<<<<<")] {
        let project = project();
        fs::write(project.path().join("playground").join(file), text).expect("a file");
        let before = crates(project.path());
        let run = playground(project.path(), "snapshot", &server.url, &[]);
        run.refuses(2, &format!("`playground/{file}` is damaged"));
        assert_eq!(crates(project.path()), before);
    }
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    playground(nowhere.path(), "snapshot", &server.url, &[]).refuses(2, "not in a checkout");
}
