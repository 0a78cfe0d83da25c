//! One pooled HTTP client for a whole application, and one client per call.

use std::convert::Infallible;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use http_body_util::{BodyExt, Empty, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, Uri};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

static CONNECTIONS: AtomicUsize = AtomicUsize::new(0);

/// The other service counts what it accepts.
async fn other_service(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        CONNECTIONS.fetch_add(1, SeqCst);
        let stream = TokioIo::new(stream);
        let service = service_fn(answer);
        tokio::spawn(http1::Builder::new().serve_connection(stream, service));
    }
}

async fn answer(
    _: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(Response::new(Full::from(r#"{"id":1}"#)))
}

/// It has a pool of connections, which its clones share.
type Client = legacy::Client<HttpConnector, Empty<Bytes>>;

fn new_client() -> Client {
    legacy::Client::builder(TokioExecutor::new()).build_http()
}

#[derive(Clone)]
struct AppState {
    client: Client,
    upstream: Uri,
}

async fn fetch_shared(app: AppState) -> anyhow::Result<StatusCode> {
    let response = app.client.get(app.upstream).await?;
    let status = response.status();
    response.into_body().collect().await?; // gives the connection back
    Ok(status)
}

async fn fetch_per_call(app: AppState) -> anyhow::Result<StatusCode> {
    let client = new_client();
    fetch_shared(AppState { client, ..app }).await
}

/// Calls ten times, one by one, each with a clone of the state.
async fn observe<F>(
    app: &AppState,
    fetch: impl Fn(AppState) -> F,
) -> anyhow::Result<String>
where
    F: Future<Output = anyhow::Result<StatusCode>>,
{
    CONNECTIONS.store(0, SeqCst);
    let mut ok = 0;
    for _ in 0..10 {
        ok += usize::from(fetch(app.clone()).await?.is_success());
    }
    let connections = CONNECTIONS.load(SeqCst);
    Ok(format!("{ok} answers, connections: {connections}"))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let upstream = format!("http://{}/", listener.local_addr()?).parse()?;
    tokio::spawn(other_service(listener));

    let client = new_client();
    let app = AppState { client, upstream };
    println!("shared: {}", observe(&app, fetch_shared).await?);
    println!("per call: {}", observe(&app, fetch_per_call).await?);
    Ok(())
}
