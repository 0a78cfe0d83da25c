//! One pooled HTTP client for a whole application, and one client per call.

use std::io;
use std::net::TcpListener as StdListener;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use anyhow::Error;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use axum::{Json, Router, routing::get};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

type Answer = Result<Json<Value>, UpstreamError>;

const THIRTY_SECONDS: Duration = Duration::from_secs(30);
const HALF_A_SECOND: Duration = Duration::from_millis(500);
const LABELS: [&str; 4] = [
    "runtime 1",
    "runtime 1 dropped, runtime 2",
    "runtime 2 again",
    "runtime 2 idle, runtime 3",
];
static CONNECTIONS: AtomicUsize = AtomicUsize::new(0);

/// The other service, in a thread of its own: it counts what it accepts.
fn other_service() -> anyhow::Result<String> {
    let listener = StdListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(|| {
        runtime()?.block_on(async {
            let listener = TcpListener::from_std(listener)?.tap_io(|_| {
                CONNECTIONS.fetch_add(1, SeqCst);
            });
            let answer = async || Json(json!({ "id": 1 }));
            let app = Router::new().route("/", get(answer));
            axum::serve(listener, app).await
        })
    });
    Ok(url)
}

struct UpstreamError(reqwest::Error);

impl From<reqwest::Error> for UpstreamError {
    fn from(error: reqwest::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for UpstreamError {
    fn into_response(self) -> Response {
        (StatusCode::BAD_GATEWAY, self.0.to_string()).into_response()
    }
}

// ANCHOR: core
#[derive(Clone)]
struct AppState {
    client: Client,
    upstream: String,
}

fn app(upstream: String) -> reqwest::Result<Router> {
    let client = Client::builder().timeout(THIRTY_SECONDS).build()?;
    Ok(Router::new()
        .route("/shared", get(fetch_shared))
        .route("/per-call", get(fetch_per_call))
        .with_state(AppState { client, upstream }))
}

async fn fetch_shared(State(app): State<AppState>) -> Answer {
    let response = app.client.get(app.upstream).send().await?;
    Ok(Json(response.error_for_status()?.json().await?))
}
// ANCHOR_END: core

// ANCHOR: per-call
async fn fetch_per_call(State(app): State<AppState>) -> Answer {
    let client = Client::builder().timeout(THIRTY_SECONDS).build()?;
    let response = client.get(app.upstream).send().await?;
    Ok(Json(response.error_for_status()?.json().await?))
}
// ANCHOR_END: per-call

/// Start the application and GET every path ten times, one by one.
async fn run_app(upstream: &str, paths: &[&str]) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let app = app(upstream.to_owned())?;
    tokio::spawn(async { axum::serve(listener, app).await });
    let browser = Client::new();
    for path in paths {
        CONNECTIONS.store(0, SeqCst);
        let mut ok = 0;
        for _ in 0..10 {
            let answer = browser.get(format!("{url}{path}")).send().await?;
            ok += usize::from(answer.status() == StatusCode::OK);
            answer.bytes().await?;
        }
        let connections = CONNECTIONS.load(SeqCst);
        println!("{path}: {ok} answers, connections: {connections}");
    }
    Ok(())
}

// ANCHOR: module-global
static CLIENT: LazyLock<Client> = LazyLock::new(Client::new);

async fn fetch_global(url: &str) -> reqwest::Result<String> {
    let request = CLIENT.get(url).timeout(HALF_A_SECOND);
    request.send().await?.text().await
}
// ANCHOR_END: module-global

// ANCHOR: three-loops
fn three_runtimes(url: &str) -> io::Result<[reqwest::Result<String>; 4]> {
    let [first, second, third] = [runtime()?, runtime()?, runtime()?];
    let one = first.block_on(fetch_global(url));
    drop(first);
    let two = second.block_on(fetch_global(url));
    let again = second.block_on(fetch_global(url));
    // The second runtime still exists, but nobody runs it.
    let three = third.block_on(fetch_global(url));
    Ok([one, two, again, three])
}
// ANCHOR_END: three-loops

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

pub fn main() -> anyhow::Result<()> {
    let url = other_service()?;
    runtime()?.block_on(run_app(&url, &["/shared", "/per-call"]))?;
    runtime()?.block_on(run_app(&url, &["/shared"]))?;

    for (label, result) in LABELS.iter().zip(three_runtimes(&url)?) {
        let result = result.unwrap_or_else(|error| {
            format!("{:#}", Error::from(error.without_url()))
        });
        println!("global client, {label}: {result}");
    }
    Ok(())
}
