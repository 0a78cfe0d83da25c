//! `counterpart serve`: pages over HTTP, new ones after a change, and a clean end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::fixture::{Checkout, PROGRAM, text};
use crate::html::elements;

/// A running server, ended with the value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(folder: &Path, temporary: &Path) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--port", "0"])
            .current_dir(folder)
            .env("TMPDIR", temporary)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let line = lines.by_ref().map_while(Result::ok).find(|line| line.starts_with("serving "));
        let line = line.expect("the server says where it is");
        thread::spawn(move || lines.for_each(drop));
        let address = line.split(['/', ' ']).find(|part| part.starts_with("127.0.0.1:"));
        Self { address: address.expect("an address").to_owned(), child }
    }

    /// Sends a request with this first line, and gives the head and the body.
    fn request(&self, line: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        write!(stream, "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = text(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
        (head.to_lowercase(), body.to_owned())
    }

    pub(crate) fn get(&self, path: &str) -> (String, String) {
        self.request(&format!("GET {path}"))
    }

    /// The events that an open page gets.
    fn events(&self) -> impl Iterator<Item = serde_json::Value> + use<> {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        write!(stream, "GET /.counterpart/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .expect("a request");
        BufReader::new(stream)
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok())
    }

    fn stop(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().expect("a signal");
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "the server does not end");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn temporary() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn pages_have_their_addresses_and_types() {
    let (checkout, temporary) = (Checkout::new(), temporary());
    let server = Server::start(&checkout.path("."), temporary.path());
    let kinds = [
        ("/", "text/html"),
        ("/p/greeting/", "text/html"),
        ("/p/AP001/index.html", "text/html"),
        ("/assets/site.css", "text/css"),
        ("/assets/theme.js", "text/javascript"),
        ("/assets/icon.svg", "image/svg+xml"),
        ("/p/greeting/python.py", "text/plain"),
        ("/search-index/meta.json", "application/json"),
    ];
    for (path, kind) in kinds {
        let (head, body) = server.get(path);
        assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
        assert!(head.contains(&format!("content-type: {kind}")), "{path}: {head}");
        assert_eq!(kind == "text/html", body.contains("reload.js"), "{path}");
    }
    let (head, _) = server.get("/p/greeting");
    assert!(head.contains("location: /p/greeting/"), "{head}");
    let (head, body) = server.request("HEAD /");
    assert!(head.starts_with("http/1.1 200") && head.contains("content-length"), "{head}");
    assert!(body.is_empty());
    let (head, _) = server.request("POST /");
    assert!(head.starts_with("http/1.1 405"), "{head}");
    for path in ["/../book.toml", "/%2e%2e/book.toml", "/..%2fbook.toml", "/p/", "/%ff", "/x<y>"] {
        let (head, body) = server.get(path);
        assert!(head.starts_with("http/1.1 40"), "{path}: {head}");
        assert!(!body.contains("[book]") && !body.contains("<y>"), "{path}: {body}");
    }
    assert!(server.stop().success());
    assert_eq!(temporary.path().read_dir().expect("a folder").count(), 0);
}

#[test]
fn a_lost_reader_gets_the_page_of_the_site() {
    let (checkout, temporary) = (Checkout::new(), temporary());
    let address = "[output.counterpart]\nbase-url = \"https://example.org/sub/path\"";
    checkout.replace("book.toml", "[output.counterpart]", address);
    let server = Server::start(&checkout.path("."), temporary.path());
    let (head, body) = server.get("/p/no/such/page");
    assert!(head.starts_with("http/1.1 404"), "{head}");
    assert!(body.contains("<a href=\"/codes/index.html\">"), "{body}");
    let styles = elements(body.as_bytes());
    let styles = styles.iter().find(|e| e.get("rel") == Some("stylesheet")).expect("a style sheet");
    let (head, _) = server.get(styles.get("href").expect("an address"));
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(server.stop().success());
}

#[test]
fn a_change_is_shown_and_a_broken_entry_leaves_the_last_good_site() {
    let (checkout, temporary) = (Checkout::new(), temporary());
    let server = Server::start(&checkout.path("."), temporary.path());
    let mut events = server.events();
    let first = events.next().expect("an event");
    assert!(first["problems"].is_null(), "{first}");

    checkout.replace("patterns/index.md", "A page by hand.", "A changed page.");
    let second = events.find(|event| event["version"] != first["version"]).expect("an event");
    assert!(server.get("/").1.contains("A changed page."));

    let entry = "patterns/basics/greeting/pattern.md";
    checkout.replace(entry, "{{#pair core}}", "{{#pair <b>}}");
    let broken = events.find(|event| !event["problems"].is_null()).expect("an event");
    assert_eq!(broken["version"], second["version"]);
    assert!(broken["problems"].as_str().is_some_and(|text| text.contains("error[C107]")));
    assert!(server.get("/p/greeting/").0.starts_with("http/1.1 200"));

    checkout.replace(entry, "{{#pair <b>}}", "{{#pair core}}");
    let mended = events.find(|event| event["problems"].is_null()).expect("an event");
    assert_ne!(mended["version"], second["version"]);
    assert!(server.stop().success());
}

#[test]
fn a_catalog_that_was_never_good_is_shown_with_its_errors() {
    let (checkout, temporary) = (Checkout::new(), temporary());
    let entry = "patterns/basics/greeting/pattern.md";
    checkout.replace(entry, "{{#pair core}}", "{{#pair <b>}}");
    let server = Server::start(&checkout.path("."), temporary.path());
    let (head, body) = server.get("/p/farewell/");
    assert!(head.starts_with("http/1.1 503"), "{head}");
    assert!(body.contains("error[C107]") && !body.contains("<b>"), "{body}");
    let mut events = server.events();
    checkout.replace(entry, "{{#pair <b>}}", "{{#pair core}}");
    events.find(|event| event["problems"].is_null()).expect("an event");
    assert!(server.get("/p/farewell/").0.starts_with("http/1.1 200"));
}

#[test]
fn a_port_in_use_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let refused = Checkout::new().run(&["serve", "--port", &port]);
    assert_eq!(refused.status.code(), Some(2));
    let error = text(&refused.stderr);
    assert!(error.contains(&format!("port {port} is in use")), "{error}");
}

#[test]
fn an_empty_folder_gets_the_catalog_that_is_compiled_in() {
    assert_eq!(counterpart::embedded::errors(), "", "the catalog has errors: run `check`");
    let (folder, temporary) = (temporary(), temporary());
    let server = Server::start(folder.path(), temporary.path());
    assert!(server.get("/").0.starts_with("http/1.1 200"));
    assert!(server.stop().success());
    for folder in [folder, temporary] {
        assert_eq!(folder.path().read_dir().expect("a folder").count(), 0);
    }
}
