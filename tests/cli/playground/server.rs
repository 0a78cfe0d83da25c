//! A Playground server on this machine: one request after the other, with scripted answers or
//! with real ones.

use std::io::{self, BufRead as _, BufReader, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::contract::Request;

/// How a request that is as it must be is answered.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// With this status, these headers and this body.
    Http(u16, String, String),
    /// With less than was announced.
    HalfABody,
    /// With a byte now and then.
    Slow,
    /// With bytes until nobody reads any more.
    Endless,
    /// Not at all: the connection is closed.
    Nothing,
    /// Not at all: the connection is reset.
    Reset,
    /// By compiling and running the program.
    Real(fn(&str) -> Answer),
}

impl Answer {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::Http(status, "content-type: application/json".to_owned(), body.to_string())
    }

    /// A run that printed this.
    pub(super) fn ran(stdout: &str) -> Self {
        let stderr = "   Compiling playground v0.0.1 (/playground)\n    Finished `dev` profile\n     \
                      Running `target/debug/playground`\n";
        Self::json(
            200,
            &json!({
                "success": true, "exitDetail": "Exited with status 0", "stdout": stdout, "stderr": stderr,
            }),
        )
    }

    /// A run, or a build, that failed.
    pub(super) fn failed(stderr: &str) -> Self {
        Self::json(
            200,
            &json!({
                "success": false, "exitDetail": "Exited with status 101", "stdout": "", "stderr": stderr,
            }),
        )
    }

    pub(super) fn error(status: u16, error: &str) -> Self {
        Self::json(status, &json!({ "error": error }))
    }
}

/// A running server; it ends with the process.
pub(super) struct Server {
    /// Its address.
    pub(super) url: String,
    seen: Arc<Mutex<Vec<(Instant, Request)>>>,
}

impl Server {
    /// Gives these answers, one after the other, and the last one from then on.
    pub(super) fn start(script: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                // A client that goes away is no fault of the server.
                let _ = serve(&stream, &script, &log);
            }
        });
        Self { url, seen }
    }

    /// The requests until now, each with the time at which it came.
    pub(super) fn seen(&self) -> Vec<(Instant, Request)> {
        self.seen.lock().expect("no panic").clone()
    }
}

fn serve(
    stream: &TcpStream,
    script: &[Answer],
    log: &Mutex<Vec<(Instant, Request)>>,
) -> io::Result<()> {
    let earlier = log.lock().expect("no panic").len();
    let scripted = script.get(earlier).or(script.last()).expect("an answer");
    if matches!(scripted, Answer::Reset) {
        // What is closed with something unread is reset.
        stream.peek(&mut [0])?;
        log.lock().expect("no panic").push((Instant::now(), Request::default()));
        return Ok(());
    }
    let Some(request) = read(stream)? else { return Ok(()) };
    let answer = match (request.method.as_str(), request.path.as_str()) {
        ("GET" | "POST", "/meta/crates") => scripted.clone(),
        ("POST", "/execute") => match request.program() {
            Err((status, body)) => Answer::json(status, &body),
            Ok(code) => match scripted {
                Answer::Real(run) => run(&code),
                scripted => scripted.clone(),
            },
        },
        (_, "/execute") => Answer::Http(405, "allow: POST".to_owned(), String::new()),
        _ => Answer::Http(404, "x-nothing: here".to_owned(), String::new()),
    };
    log.lock().expect("no panic").push((Instant::now(), request));
    write(stream, &answer)
}

fn read(stream: &TcpStream) -> io::Result<Option<Request>> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let (method, path) = (method.to_owned(), path.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request { method, path, headers, body: Vec::new() };
    let length = request.header("content-length").parse().unwrap_or(0);
    request.body = vec![0; length];
    reader.read_exact(&mut request.body)?;
    Ok(Some(request))
}

fn write(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    let ok = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n";
    match answer {
        Answer::Http(status, header, body) => write!(
            stream,
            "HTTP/1.1 {status} So\r\nconnection: close\r\n{header}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
        Answer::HalfABody => write!(stream, "{ok}content-length: 1000\r\n\r\n{{\"success\": tr"),
        Answer::Slow => {
            write!(stream, "{ok}content-length: 1000\r\n\r\n")?;
            loop {
                write!(stream, " ")?;
                thread::sleep(Duration::from_millis(20));
            }
        }
        Answer::Endless => {
            write!(stream, "{ok}content-length: 4294967296\r\n\r\n")?;
            let chunk = vec![b' '; 1 << 16];
            loop {
                stream.write_all(&chunk)?;
            }
        }
        Answer::Nothing | Answer::Reset | Answer::Real(_) => Ok(()),
    }
}
