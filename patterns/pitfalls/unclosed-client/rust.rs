//! What stays open when nobody closes a client, a pool or a connection.

use std::future::pending;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use reqwest::Client;
use sqlx::SqlitePool;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufWriter};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

const PATIENCE: Duration = Duration::from_millis(800);
static OPEN_NOW: AtomicUsize = AtomicUsize::new(0);

/// The other service: it knows how many connections are open.
async fn upstream(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        OPEN_NOW.fetch_add(1, SeqCst);
        tokio::spawn(async move {
            answer(stream).await.ok();
            OPEN_NOW.fetch_sub(1, SeqCst);
        });
    }
}

async fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut request = Vec::with_capacity(1024);
    while stream.read_buf(&mut request).await? > 0 {
        let missing = request.starts_with(b"GET /missing");
        let status = if missing { "404 Not Found" } else { "200 OK" };
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\n");
        stream.write_all(format!("{head}ok").as_bytes()).await?;
        request.clear();
    }
    Ok(())
}

/// What is open once nothing is, or after thirty looks.
async fn still_open() -> usize {
    for _ in 0..30 {
        if OPEN_NOW.load(SeqCst) == 0 {
            break;
        }
        sleep(Duration::from_millis(10)).await;
    }
    OPEN_NOW.load(SeqCst)
}

async fn refresh_for_ever(_client: Client) {
    pending::<()>().await;
}

// ANCHOR: bad
async fn bad_example(
    url: &str,
    tasks: &mut JoinSet<()>,
) -> reqwest::Result<String> {
    let client = Client::new();
    tasks.spawn(refresh_for_ever(client.clone()));
    let response = client.get(url).send().await?;
    response.text().await
}

// ANCHOR_END: bad
// ANCHOR: good
async fn good_example(url: &str) -> reqwest::Result<String> {
    let client = Client::new();
    let response = client.get(url).send().await?;
    response.text().await
}

// ANCHOR_END: good
// ANCHOR: closed-last
async fn closed_last(url: &str) -> reqwest::Result<String> {
    let client = Client::new();
    let response = client.get(url).send().await?;
    let data = response.error_for_status()?.text().await?;
    drop(client);
    Ok(data)
}

// ANCHOR_END: closed-last
// ANCHOR: shared
async fn shared(url: &str) -> reqwest::Result<String> {
    let client = Client::new();
    let theirs = client.clone();
    drop(client);
    theirs.get(url).send().await?.text().await
}

// ANCHOR_END: shared
// ANCHOR: goodbye
async fn say_bye(near: TcpStream) -> io::Result<()> {
    let mut writer = BufWriter::new(near);
    writer.write_all(b"bye").await?;
    writer.shutdown().await
}

// ANCHOR_END: goodbye
// ANCHOR: dropped
async fn say_bye_and_drop(near: TcpStream) -> io::Result<()> {
    let mut writer = BufWriter::new(near);
    writer.write_all(b"bye").await
}

// ANCHOR_END: dropped
async fn connection() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let near = TcpStream::connect(listener.local_addr()?).await?;
    Ok((near, listener.accept().await?.0))
}

// ANCHOR: pool
async fn end_pool(pool: &SqlitePool) -> sqlx::Result<String> {
    let mut lent = pool.acquire().await?;
    let waits = timeout(PATIENCE, pool.close()).await.is_err();
    let select = sqlx::query_scalar("SELECT 'still works'");
    let used: String = select.fetch_one(&mut *lent).await?;
    drop(lent);
    pool.close().await;
    let refused = pool.acquire().await.err().map(|error| error.to_string());
    let new = refused.unwrap_or_default();
    Ok(format!("waits: {}, lent: {used}, new: {new}", yes(waits)))
}

// ANCHOR_END: pool
async fn observe(
    mut example: impl AsyncFnMut(&str) -> reqwest::Result<String>,
    urls: &[&str],
) -> String {
    let mut answers = Vec::new();
    for url in urls {
        answers.push(match example(url).await {
            Ok(answer) => answer,
            Err(error) => error.status().unwrap_or_default().to_string(),
        });
    }
    format!("{}, open: {}", answers.join(" "), still_open().await)
}

fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let (url, missing) = (url.as_str(), format!("{url}missing"));
    tokio::spawn(upstream(listener));

    let mut tasks = JoinSet::new();
    let bad = async |url: &str| bad_example(url, &mut tasks).await;
    println!("bad: {}", observe(bad, &[url; 3]).await);
    // ANCHOR: collected
    tasks.shutdown().await;
    // ANCHOR_END: collected
    println!("tasks ended: open: {}", still_open().await);
    println!("good: {}", observe(good_example, &[url; 3]).await);
    println!("closed last: {}", observe(closed_last, &[url]).await);
    println!("closed last: {}", observe(closed_last, &[&missing]).await);
    println!("shared: {}", observe(shared, &[url]).await);

    let (near, mut far) = connection().await?;
    say_bye(near).await?;
    let mut heard = String::new();
    far.read_to_string(&mut heard).await?;
    println!("goodbye: {heard}");
    let (near, mut far) = connection().await?;
    say_bye_and_drop(near).await?;
    let length = far.read_to_string(&mut String::new()).await?;
    println!("dropped with its buffer: {length} bytes");

    let pool = SqlitePool::connect("sqlite::memory:").await?;
    println!("pool: {}", end_pool(&pool).await?);
    Ok(())
}
