//! What stays open when nobody closes a client or a connection.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::Uri;
use hyper::body::Bytes;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufWriter};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

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
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            .await?;
        request.clear();
    }
    Ok(())
}

/// What is open once nothing is, or after fifty looks.
async fn still_open() -> usize {
    for _ in 0..50 {
        if OPEN_NOW.load(SeqCst) == 0 {
            break;
        }
        sleep(Duration::from_millis(10)).await;
    }
    OPEN_NOW.load(SeqCst)
}

/// It closes its connections when the last of its clones is dropped.
type Client = legacy::Client<HttpConnector, Empty<Bytes>>;

fn new_client() -> Client {
    legacy::Client::builder(TokioExecutor::new()).build_http()
}

async fn get(client: &Client, url: &Uri) -> anyhow::Result<String> {
    let response = client.get(url.clone()).await?;
    let body = response.into_body().collect().await?.to_bytes();
    Ok(String::from_utf8(body.to_vec())?)
}

async fn refresh_for_ever(_client: Client) {
    std::future::pending::<()>().await;
}

/// A task keeps a clone, so the connection stays.
async fn bad_example(
    url: &Uri,
    tasks: &mut JoinSet<()>,
) -> anyhow::Result<String> {
    let client = new_client();
    tasks.spawn(refresh_for_ever(client.clone()));
    get(&client, url).await
}

async fn good_example(url: &Uri) -> anyhow::Result<String> {
    let client = new_client();
    get(&client, url).await
}

async fn say_bye(near: TcpStream) -> io::Result<()> {
    let mut writer = BufWriter::new(near);
    writer.write_all(b"bye").await?;
    writer.shutdown().await
}

/// A drop cannot await, so it does not write what is in the buffer.
async fn say_bye_and_drop(near: TcpStream) -> io::Result<()> {
    let mut writer = BufWriter::new(near);
    writer.write_all(b"bye").await
}

async fn connection() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let near = TcpStream::connect(listener.local_addr()?).await?;
    Ok((near, listener.accept().await?.0))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?).parse()?;
    tokio::spawn(upstream(listener));

    let mut tasks = JoinSet::new();
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(bad_example(&url, &mut tasks).await?);
    }
    println!("bad: {}, open: {}", answers.join(" "), still_open().await);
    tasks.shutdown().await;
    println!("tasks ended: open: {}", still_open().await);
    answers.clear();
    for _ in 0..3 {
        answers.push(good_example(&url).await?);
    }
    println!("good: {}, open: {}", answers.join(" "), still_open().await);

    let (near, mut far) = connection().await?;
    say_bye(near).await?;
    let length = far.read_to_string(&mut String::new()).await?;
    println!("shut down: {length} bytes arrive");
    let (near, mut far) = connection().await?;
    say_bye_and_drop(near).await?;
    let length = far.read_to_string(&mut String::new()).await?;
    println!("dropped: {length} bytes arrive");
    Ok(())
}
