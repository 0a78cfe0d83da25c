//! Fetch many URLs over one client, and keep an outcome for each of them.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Json, Router, routing::get};
use futures::future::join_all;
use futures::stream::{self, StreamExt};
use reqwest::Client;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::Barrier;
use tokio::time::sleep;

/// Counts requests, and answers the busy ones when eight are there.
struct Upstream {
    eight: Barrier,
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Upstream {
    fn app(self: Arc<Self>) -> Router {
        Router::new()
            .route("/items/{item_id}", get(item))
            .route("/busy/{item_id}", get(busy))
            .route("/broken", get(broken))
            .route("/page", get(async || "<h1>hello</h1>"))
            .route("/slow", get(async || pending::<()>().await))
            .with_state(self)
    }
}

async fn item(Path(item_id): Path<u32>) -> Json<Value> {
    Json(json!({ "id": item_id }))
}

async fn busy(
    State(upstream): State<Arc<Upstream>>,
    item_id: Path<u32>,
) -> Json<Value> {
    let now = upstream.now.fetch_add(1, SeqCst) + 1;
    upstream.peak.fetch_max(now, SeqCst);
    upstream.eight.wait().await;
    sleep(Duration::from_millis(20)).await; // time for a ninth to arrive
    upstream.now.fetch_sub(1, SeqCst);
    item(item_id).await
}

async fn broken() -> (StatusCode, Json<Value>) {
    let detail = json!({ "detail": "upstream broke" });
    (StatusCode::INTERNAL_SERVER_ERROR, Json(detail))
}

// ANCHOR: core
#[derive(Deserialize, PartialEq)]
struct Item {
    id: u32,
}

async fn fetch_data(client: &Client, url: &str) -> reqwest::Result<Item> {
    let response = client.get(url).send().await?;
    response.error_for_status()?.json().await
}

async fn process_urls(
    client: &Client,
    urls: &[String],
) -> Vec<reqwest::Result<Item>> {
    stream::iter(urls)
        .map(|url| fetch_data(client, url))
        .buffered(8)
        .collect()
        .await
}
// ANCHOR_END: core

// ANCHOR: reason
fn reason(error: &reqwest::Error) -> String {
    if let Some(status) = error.status() {
        format!("status {}", status.as_u16())
    } else if error.is_timeout() {
        "timed out".to_owned()
    } else if error.is_builder() {
        "bad address".to_owned()
    } else if error.is_decode() {
        "no item".to_owned()
    } else {
        "no answer".to_owned()
    }
}
// ANCHOR_END: reason

// ANCHOR: unchecked
async fn fetch_unchecked(client: &Client, url: &str) -> reqwest::Result<Value> {
    client.get(url).send().await?.json().await
}

async fn process_unchecked(
    client: &Client,
    urls: &[String],
) -> Vec<reqwest::Result<Value>> {
    join_all(urls.iter().map(|url| fetch_unchecked(client, url))).await
}
// ANCHOR_END: unchecked

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let upstream = Arc::new(Upstream {
        eight: Barrier::new(8),
        now: AtomicUsize::new(0),
        peak: AtomicUsize::new(0),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let app = Arc::clone(&upstream).app();
    tokio::spawn(async { axum::serve(listener, app).await });

    let refusing = TcpSocket::new_v4()?; // bound, and nobody listens
    refusing.bind("127.0.0.1:0".parse()?)?;
    let refused = format!("http://{}", refusing.local_addr()?);

    let client = Client::builder()
        .timeout(Duration::from_millis(900))
        .build()?;
    let mut names = vec!["items/1", "broken", "page", "slow"];
    let mut urls: Vec<_> =
        names.iter().map(|name| format!("{url}/{name}")).collect();
    names.extend(["refused", "malformed"]);
    urls.extend([refused, "http://a:port".to_owned()]);
    let outcomes = process_urls(&client, &urls).await;
    for (name, outcome) in names.iter().zip(outcomes) {
        match outcome {
            Ok(item) => println!("{name}: item {}", item.id),
            Err(error) => println!("{name}: {}", reason(&error)),
        }
    }

    let busy: Vec<_> = (0..24).map(|id| format!("{url}/busy/{id}")).collect();
    let outcomes = process_urls(&client, &busy).await;
    let items: Vec<_> = outcomes.into_iter().filter_map(Result::ok).collect();
    let in_order = items.into_iter().eq((0..24).map(|id| Item { id }));
    println!("24 items in order: {}", if in_order { "yes" } else { "no" });
    println!("requests at once: {}", upstream.peak.load(SeqCst));

    let results = process_unchecked(&client, &urls[..3]).await;
    for (name, result) in names.iter().zip(results) {
        match result {
            Ok(value) => println!("unchecked {name}: {value}"),
            Err(error) => println!("unchecked {name}: Err, {}", reason(&error)),
        }
    }
    Ok(())
}
