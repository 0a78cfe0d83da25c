//! Fetch many URLs over one client, and keep an outcome for each of them.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::Barrier;
use tokio::time::{error::Elapsed, sleep, timeout};

/// Counts requests, and answers the busy ones when eight are there.
struct Upstream {
    eight: Barrier,
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Upstream {
    async fn serve(self: Arc<Self>, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            let upstream = Arc::clone(&self);
            let service =
                service_fn(move |it| Arc::clone(&upstream).answer(it));
            let stream = TokioIo::new(stream);
            let connection = http1::Builder::new();
            tokio::spawn(connection.serve_connection(stream, service));
        }
    }

    async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> http::Result<Response<String>> {
        let (kind, id) = request.uri().path()[1..].split_once('/').unzip();
        let item = format!(r#"{{"id":{}}}"#, id.unwrap_or("null"));
        let (status, body) = match kind {
            Some("items") => (200, item),
            Some("busy") => (200, self.busy(item).await),
            Some("broken") => (500, item),
            Some("slow") => pending().await,
            _ => (200, "<h1>hello</h1>".to_owned()),
        };
        Response::builder().status(status).body(body)
    }

    async fn busy(&self, item: String) -> String {
        let now = self.now.fetch_add(1, SeqCst) + 1;
        self.peak.fetch_max(now, SeqCst);
        self.eight.wait().await;
        sleep(Duration::from_millis(20)).await; // time for a ninth to arrive
        self.now.fetch_sub(1, SeqCst);
        item
    }
}

type Client = legacy::Client<HttpConnector, Empty<Bytes>>;

#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error("bad address")]
    BadAddress(#[from] http::uri::InvalidUri),
    #[error("no answer")]
    NoAnswer(#[from] legacy::Error),
    #[error("status {}", .0.as_u16())]
    Status(StatusCode),
    #[error("the answer broke off")]
    BrokeOff(#[from] hyper::Error),
    #[error("no item")]
    NoItem(#[from] serde_json::Error),
    #[error("timed out")]
    TimedOut(#[from] Elapsed),
}

#[derive(Deserialize, PartialEq)]
struct Item {
    id: u32,
}

async fn fetch_data(client: &Client, url: &str) -> Result<Item, FetchError> {
    let response = client.get(url.parse()?).await?;
    if !response.status().is_success() {
        return Err(FetchError::Status(response.status()));
    }
    let body = response.into_body().collect().await?.to_bytes();
    Ok(serde_json::from_slice(&body)?)
}

async fn process_urls(
    client: &Client,
    urls: &[String],
) -> Vec<Result<Item, FetchError>> {
    let limit = Duration::from_millis(900);
    stream::iter(urls)
        .map(
            |url| async move { timeout(limit, fetch_data(client, url)).await? },
        )
        .buffered(8)
        .collect()
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let upstream = Arc::new(Upstream {
        eight: Barrier::new(8),
        now: AtomicUsize::new(0),
        peak: AtomicUsize::new(0),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(Arc::clone(&upstream).serve(listener));
    let client = legacy::Client::builder(TokioExecutor::new()).build_http();

    let paths = ["items/1", "broken/2", "page", "slow/3", "no address"];
    let urls = paths.map(|path| format!("http://{address}/{path}"));
    let outcomes = process_urls(&client, &urls).await;
    for (path, outcome) in paths.iter().zip(outcomes) {
        match outcome {
            Ok(item) => println!("{path}: item {}", item.id),
            Err(error) => println!("{path}: {error}"),
        }
    }

    let busy: Vec<_> = (0..24)
        .map(|id| format!("http://{address}/busy/{id}"))
        .collect();
    let outcomes = process_urls(&client, &busy).await;
    let items: Vec<_> = outcomes.into_iter().filter_map(Result::ok).collect();
    let in_order = items.into_iter().eq((0..24).map(|id| Item { id }));
    println!("24 items in order: {}", if in_order { "yes" } else { "no" });
    println!("requests at once: {}", upstream.peak.load(SeqCst));
    Ok(())
}
