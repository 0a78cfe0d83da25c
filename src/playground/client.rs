//! One request at a time to a Playground server, at a pace that does not disturb it.

use std::time::{Duration, Instant};

use reqwest::redirect::Policy;
use reqwest::{Method, Response, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::Failure;
use super::failure::{Next, shown};
use crate::links::BaseUrl;

/// No answer is longer: the Playground passes on 640 KiB of each stream.
const MAX_ANSWER: usize = 4 << 20;
/// So often a request is made at most.
const ATTEMPTS: u32 = 3;
/// No server makes us wait longer before the next attempt.
const MAX_WAIT: Duration = Duration::from_mins(1);
const CONNECT: Duration = Duration::from_secs(5);

/// How patient we are.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// From the end of an answer to the next request; before another attempt twice as long, and
    /// then four times.
    pub pause: Duration,
    /// For a whole answer. The Playground gives a program ten seconds, and may have to wait for a
    /// free place first.
    pub timeout: Duration,
}

/// A connection to a server.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    server: BaseUrl,
    pace: Pace,
    answered: Option<Instant>,
}

/// A program was compiled, and perhaps run.
#[derive(Clone, Debug, Deserialize)]
pub struct Execution {
    /// Whether it was compiled and ended well.
    pub success: bool,
    /// How it ended, in words.
    #[serde(default, rename = "exitDetail")]
    pub ended: String,
    /// What it printed.
    pub stdout: String,
    /// What cargo said, and then what the program said.
    pub stderr: String,
}

/// A crate that a server has.
#[derive(Clone, Debug, Deserialize)]
pub struct Available {
    /// With dashes, as in a manifest.
    pub name: String,
    /// The version.
    pub version: String,
    /// What a program calls it; older versions have theirs in it: `rand_0_8_7`.
    pub id: String,
}

impl Client {
    /// Nothing is sent yet.
    ///
    /// # Errors
    /// When this program was built without TLS, or TLS cannot be set up.
    pub fn new(server: BaseUrl, pace: Pace) -> anyhow::Result<Self> {
        anyhow::ensure!(
            cfg!(feature = "https") || !server.is_https(),
            "this program is built without TLS, so it reaches no `https` address: \
             `cargo run --features https -- playground …`"
        );
        let http = reqwest::Client::builder()
            .user_agent(concat!("counterpart/", env!("CARGO_PKG_VERSION"), " (playground)"))
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .timeout(pace.timeout)
            .build()?;
        Ok(Self { http, server, pace, answered: None })
    }

    /// Compiles and runs a program, as a link to the Playground does.
    ///
    /// # Errors
    /// When there is no result.
    pub async fn execute(&mut self, code: &str) -> Result<Execution, Failure> {
        let body = json!({
            "channel": "stable", "mode": "debug", "edition": "2024", "crateType": "bin",
            "tests": false, "backtrace": false, "code": code,
        });
        self.ask(Method::POST, "execute", Some(&body)).await
    }

    /// The crates that programs can use.
    ///
    /// # Errors
    /// When there is no such list.
    pub async fn crates(&mut self) -> Result<Vec<Available>, Failure> {
        #[derive(Deserialize)]
        struct List {
            crates: Vec<Available>,
        }
        let List { crates } = self.ask(Method::GET, "meta/crates", None).await?;
        let plain = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.+".contains(&b))
        };
        let odd = |it: &&Available| ![&it.name, &it.version, &it.id].iter().all(|text| plain(text));
        match crates.iter().find(odd) {
            Some(odd) => Err(Failure::Garbage(shown(&format!("{} {}", odd.name, odd.version)))),
            None if crates.is_empty() => Err(Failure::Garbage("a list without crates".to_owned())),
            None => Ok(crates),
        }
    }

    async fn ask<T: DeserializeOwned>(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<T, Failure> {
        let mut attempt = 1;
        loop {
            if let Some(answered) = self.answered {
                sleep(self.pace.pause.saturating_sub(answered.elapsed())).await;
            }
            let result = self.once(method.clone(), path, body).await;
            self.answered = Some(Instant::now());
            match result {
                Err(failure) if failure.next() == Next::Retry && attempt < ATTEMPTS => {
                    let asked = match failure {
                        Failure::Busy(asked) => asked.unwrap_or_default().min(MAX_WAIT),
                        _ => Duration::ZERO,
                    };
                    sleep(asked.max(self.pace.pause * 2_u32.pow(attempt))).await;
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    async fn once<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<T, Failure> {
        let failed = |error: &reqwest::Error| self.failed(error);
        let mut request = self.http.request(method, self.server.join(path));
        if let Some(body) = body {
            request =
                request.header(header::CONTENT_TYPE, "application/json").body(body.to_string());
        }
        let mut response = request.send().await.map_err(|error| failed(&error))?;
        let status = response.status();
        if status.is_redirection() {
            return Err(Failure::Redirect(shown(&text(&response, header::LOCATION))));
        }
        let wait = text(&response, header::RETRY_AFTER).parse().ok().map(Duration::from_secs);
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(Failure::Endless(MAX_ANSWER));
            }
            bytes.extend_from_slice(&chunk);
        }
        match status.as_u16() {
            200 => serde_json::from_slice(&bytes)
                .map_err(|_| Failure::Garbage(shown(&String::from_utf8_lossy(&bytes)))),
            429 => Err(Failure::Busy(wait)),
            status => Err(Failure::of(status, &bytes)),
        }
    }

    fn failed(&self, error: &reqwest::Error) -> Failure {
        if error.is_timeout() {
            return Failure::Slow(self.pace.timeout);
        }
        if error.is_body() || error.is_decode() {
            return Failure::Cut;
        }
        let mut cause: &dyn std::error::Error = error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        Failure::Connection(shown(&cause.to_string()))
    }
}

fn text(response: &Response, name: header::HeaderName) -> String {
    let value = response.headers().get(name);
    value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}
