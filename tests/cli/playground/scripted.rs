//! One table: what a server answers, and what `verify` makes of it.

use std::thread;
use std::time::Duration;

use counterpart::links::Playground;
use counterpart_catalog::Lang;

use super::playground;
use super::server::{Answer, Server};
use crate::harness::{counterpart, in_folder};

const SLUG: &str = "concurrent-join";

/// The transcript of the program that is run.
fn transcript() -> String {
    let catalog = counterpart::embedded::catalog().expect("a catalog");
    catalog.entry(SLUG).expect("an entry").transcript.of(Lang::Rust).to_owned()
}

struct Case {
    /// The server's answers; the last one from then on.
    script: Vec<Answer>,
    code: i32,
    /// What standard output or, if nothing could be run, standard error holds.
    said: &'static str,
    /// How often the server was asked.
    requests: usize,
}

fn case(script: Vec<Answer>, code: i32, said: &'static str, requests: usize) -> Case {
    Case { script, code, said, requests }
}

#[test]
fn every_answer_has_a_message_and_an_exit_code() {
    let fine = || Answer::ran(&transcript());
    let http = |status, body: &str| Answer::Http(status, "x-a: b".to_owned(), body.to_owned());
    let compiling = "   Compiling playground v0.0.1 (/playground)\n";
    let running = format!("{compiling}     Running `target/debug/playground`\n");
    let timeout = || Answer::error(500, "The operation timed out: deadline has elapsed");
    let flood = "Unable to process the execute request: Failed to copy child stdout: Generated \
                 671671 bytes of output, exiting (640K ought to be enough for anybody).";
    let elsewhere = Answer::Http(302, "location: http://elsewhere.example/".into(), String::new());
    let html = "<html><body>504 Gateway Timeout</body></html>";
    let cases = [
        case(vec![fine()], 0, "same     concurrent-join\n", 1),
        case(vec![Answer::ran("other\n")], 1, "prints something else: line 1 is `other`", 1),
        case(
            vec![Answer::failed(&format!("{compiling}error[E0308]: mismatched types\n --> src"))],
            1,
            "it does not compile there: error[E0308]: mismatched types\n",
            1,
        ),
        case(
            vec![Answer::failed(&format!(
                "{compiling}error[E0432]: unresolved import `axum`\n  use of unresolved module or \
                 unlinked crate `axum`"
            ))],
            1,
            "the crate `axum` is missing there",
            1,
        ),
        case(
            vec![Answer::failed(&format!("{running}thread 'main' panicked at src/main.rs:2:5"))],
            1,
            "Exited with status 101: thread 'main' panicked at src/main.rs:2:5",
            1,
        ),
        case(vec![timeout()], 1, "the Playground stopped it: The operation timed out", 3),
        case(vec![timeout(), fine()], 0, "same", 2),
        case(vec![Answer::error(500, flood)], 1, "prints more than the Playground takes", 1),
        case(vec![http(413, "")], 1, "takes no program of this length (413)", 1),
        case(
            vec![Answer::error(500, "'2024' is not a valid edition")],
            2,
            "does not take the request (500): '2024' is not a valid edition",
            1,
        ),
        case(
            vec![Answer::error(400, "Unable to deserialize request: missing field `mode`")],
            2,
            "does not take the request (400): Unable to deserialize",
            1,
        ),
        case(vec![Answer::error(500, "Could not start the container")], 2, "answers 500: Could", 3),
        case(vec![Answer::error(500, "Could not"), fine()], 0, "same", 2),
        case(vec![http(504, html)], 2, "answers 504: <html><body>504 Gateway Timeout", 3),
        case(vec![http(504, html), http(502, ""), fine()], 0, "same", 3),
        case(
            vec![Answer::Http(429, "retry-after: 0".to_owned(), String::new())],
            2,
            "the server is busy",
            3,
        ),
        case(vec![http(200, "{\"success\": true")], 2, "not that of a Playground: `{\"succ", 1),
        case(vec![http(200, html)], 2, "not that of a Playground: `<html>", 1),
        case(vec![http(200, "\x1b[2J\u{7}")], 2, "not that of a Playground: `\u{fffd}[2J", 1),
        case(vec![http(200, "")], 2, "not that of a Playground: ``", 1),
        case(vec![http(404, "")], 2, "no Playground at this address: it answers 404", 1),
        case(vec![elsewhere], 2, "redirects to `http://elsewhere.example/`, which is not", 1),
        case(vec![Answer::HalfABody], 2, "the answer ends in the middle", 3),
        case(vec![Answer::Endless], 2, "the answer is longer than 4 MiB", 1),
        case(vec![Answer::Slow], 2, "no whole answer within 0.5 s", 3),
        case(vec![Answer::Nothing], 2, "no connection: ", 3),
        case(vec![Answer::Reset], 2, "no connection: Connection reset", 3),
        case(vec![Answer::Reset, Answer::HalfABody, fine()], 0, "same", 3),
    ];
    // Most of the time is spent waiting before the next request.
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(move || check(case));
        }
    });
}

fn check(Case { script, code, said, requests }: Case) {
    let server = Server::start(script.clone());
    let folder = tempfile::tempdir().expect("a temporary folder");
    // Only what must be slow meets a short limit: the machine may be.
    let limit = if matches!(script[0], Answer::Slow) { "0.5" } else { "60" };
    let run = playground(folder.path(), "verify", &server.url, &[SLUG, "--timeout", limit]);
    assert_eq!(run.code, Some(code), "{script:?}: {run:?}");
    assert!(run.stdout.contains(said), "{said}: {run:?}");
    assert!(run.stdout.lines().count() == 1 && run.stdout.len() < 500, "{run:?}");
    assert_eq!(server.seen().len(), requests, "{said}");
}

#[test]
fn a_server_is_asked_politely() {
    let server = Server::start(vec![Answer::ran("")]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let slowly = ["playground", "verify", "--url", &server.url, "--pause", "0.3", "AP001", "E0373"];
    let run = in_folder(folder.path(), &slowly, b"");
    assert_eq!(run.code, Some(1), "{run:?}");
    let seen = server.seen();
    assert!(seen.len() >= 2, "{run:?}");
    for (_, request) in &seen {
        let agent = request.header("user-agent");
        assert!(agent.starts_with("counterpart/"), "{agent}");
        let code = request.program().expect("a request as it must be");
        assert!(code.contains("fn main()") && !code.contains("ANCHOR"), "{code}");
    }
    for pair in seen.windows(2) {
        let apart = pair[1].0 - pair[0].0;
        assert!(apart >= Duration::from_millis(250), "{apart:?}");
    }
}

#[test]
fn a_server_that_fails_three_times_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let html = || Answer::Http(200, "x-a: b".to_owned(), "<html>".to_owned());
    let server = Server::start(vec![html()]);
    let run = playground(folder.path(), "verify", &server.url, &[]);
    assert_eq!((run.code, server.seen().len()), (Some(2), 3), "{run:?}");
    assert!(run.stderr.contains("left alone"), "{run:?}");

    // Wrong output is no failure of the server.
    let wrong = || Answer::ran("");
    let server = Server::start(vec![html(), html(), wrong(), html(), wrong()]);
    let run = playground(folder.path(), "verify", &server.url, &[]);
    assert!(server.seen().len() > 5, "{run:?}");
    assert_eq!(run.code, Some(2), "{run:?}");
}

#[test]
fn what_cannot_be_asked_is_said_before_anything_is_sent() {
    let server = Server::start(vec![Answer::ran("")]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let catalog = counterpart::embedded::catalog().expect("a catalog");
    let known = Playground::new().expect("a list of crates");
    let no_link = catalog.entries.iter().find(|entry| known.link(entry).is_err());
    let no_link = no_link.expect("an entry without a link").slug.as_str();
    for (arguments, code, said) in [
        (&["concurent-join"][..], 3, "the nearest names are `concurrent-join`"),
        (&[no_link], 1, "does not open in the Rust Playground: "),
        (&["--record"], 2, "`--record` writes to a checkout"),
        (&["--pause=-1"], 2, "at least 0, and at most an hour"),
        (&["--timeout", "NaN"], 2, "at least 0, and at most an hour"),
        (&["--timeout", "soon"], 2, "no number of seconds"),
    ] {
        let quick = ["playground", "verify", "--url", &server.url];
        in_folder(folder.path(), &[&quick[..], arguments].concat(), b"").refuses(code, said);
    }
    playground(folder.path(), "verify", "ftp://a.example", &[]).refuses(2, "not over `ftp`");
    playground(folder.path(), "verify", "https://a.example", &[]).refuses(2, "--features https");
    counterpart(&["playground", "verify"]).refuses(2, "--url <URL>");
    counterpart(&["playground"]).refuses(2, "verify");
    assert!(server.seen().is_empty());
}
