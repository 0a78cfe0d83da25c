//! A blocking HTTP client sends one request at a time; an async one, all.

use std::io;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::extract::State;
use axum::{Router, routing::get};
use reqwest::Client;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet, spawn_blocking};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_millis(500);

/// The other service: three requests at once, or patience ends once.
#[derive(Clone, Default)]
struct Upstream {
    now: watch::Sender<usize>,
    peak: watch::Sender<usize>,
    impatient: watch::Sender<bool>,
}

async fn users(State(upstream): State<Upstream>) -> &'static str {
    upstream.now.send_modify(|now| *now += 1);
    let now = *upstream.now.borrow();
    upstream.peak.send_modify(|peak| *peak = now.max(*peak));
    if !*upstream.impatient.borrow() {
        let mut peak = upstream.peak.subscribe();
        let three = timeout(PATIENCE, peak.wait_for(|&peak| peak == 3)).await;
        upstream.impatient.send_replace(three.is_err());
    }
    upstream.now.send_modify(|now| *now -= 1);
    "users"
}

/// Runs in a thread of its own, so that nobody here can block it.
fn start(upstream: Upstream) -> io::Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}/users", listener.local_addr()?);
    thread::spawn(|| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener)?;
            let app = Router::new().route("/users", get(users));
            axum::serve(listener, app.with_state(upstream)).await
        })
    });
    Ok(url)
}

// ANCHOR: bad
async fn get_users_blocking(url: String) -> Result<String> {
    Ok(reqwest::blocking::get(url)?.text()?)
}

// ANCHOR_END: bad
// ANCHOR: good
async fn get_users(client: Client, url: String) -> Result<String> {
    let response = client.get(url).send().await?;
    Ok(response.text().await?)
}

// ANCHOR_END: good
// ANCHOR: hidden
fn load_users(url: String) -> reqwest::Result<String> {
    reqwest::blocking::get(url)?.text()
}

async fn get_users_hidden(url: String) -> Result<String> {
    let loaded = thread::spawn(|| load_users(url)).join();
    Ok(loaded.ok().context("the thread panicked")??)
}

// ANCHOR_END: hidden
// ANCHOR: thread
async fn get_users_in_thread(url: String) -> Result<String> {
    Ok(spawn_blocking(|| load_users(url)).await??)
}

// ANCHOR_END: thread
async fn first() -> &'static str {
    "first"
}

async fn second() -> &'static str {
    "second"
}

// ANCHOR: declared-twice
fn declared_twice() -> Router {
    let app = Router::new();
    app.route("/users", get(first)).route("/users", get(second))
}

// ANCHOR_END: declared-twice
async fn observe<F>(
    upstream: &Upstream,
    example: impl Fn() -> F,
) -> Result<String>
where
    F: Future<Output = Result<String>> + Send + 'static,
{
    upstream.peak.send_replace(0);
    upstream.impatient.send_replace(false);
    let tasks: JoinSet<_> = (0..3).map(|_| example()).collect();
    let answers = tasks.join_all().await.into_iter().flatten().count();
    let peak = *upstream.peak.borrow();
    Ok(format!("{answers} answers, at once: {peak}"))
}

fn panic_message(error: JoinError) -> Result<String> {
    let payload = error.try_into_panic()?;
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    text.context("a panic without a text")
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<()> {
    let upstream = Upstream::default();
    let url = start(upstream.clone())?;

    match tokio::spawn(get_users_blocking(url.clone())).await {
        Ok(answer) => println!("bad: {}", answer?),
        Err(error) => println!("bad: {}", panic_message(error)?),
    }
    let client = Client::new();
    let good = || get_users(client.clone(), url.clone());
    println!("good: {}", observe(&upstream, good).await?);
    let hidden = || get_users_hidden(url.clone());
    println!("hidden: {}", observe(&upstream, hidden).await?);
    let in_thread = || get_users_in_thread(url.clone());
    println!("thread: {}", observe(&upstream, in_thread).await?);

    match tokio::spawn(async { declared_twice() }).await {
        Ok(app) => println!("declared twice: {app:?}"),
        Err(error) => println!("declared twice: {}", panic_message(error)?),
    }
    Ok(())
}
