//! A read that is cancelled half way loses what it has taken, or does not.

use std::pin::pin;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(5);

async fn connection() -> Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let near = TcpStream::connect(listener.local_addr()?).await?;
    let (far, _) = listener.accept().await?;
    Ok((near, far))
}

// ANCHOR: in-time
async fn in_time(
    limit: Duration,
    read: impl Future<Output = Result<String>>,
) -> String {
    match timeout(limit, read).await {
        Ok(Ok(text)) => text,
        Err(_) => String::from("timed out"),
        Ok(Err(error)) => error.to_string(),
    }
}

// ANCHOR_END: in-time
// ANCHOR: exact
async fn read_six(stream: &mut TcpStream) -> Result<String> {
    let mut text = vec![0; 6];
    stream.read_exact(&mut text).await?;
    Ok(String::from_utf8(text)?)
}

async fn exact() -> Result<Vec<String>> {
    let (mut near, mut far) = connection().await?;
    far.write_all(b"abc").await?;
    let first = in_time(SHORT, read_six(&mut near)).await;
    far.write_all(b"defghi").await?;
    let second = in_time(LONG, read_six(&mut near)).await;
    Ok(vec![first, second])
}

// ANCHOR_END: exact
fn length(header: &[u8]) -> Result<usize> {
    let header = str::from_utf8(header)?;
    let length = header.parse();
    length.with_context(|| format!("{header} is not a length"))
}

// ANCHOR: bad
async fn read_frame(stream: &mut TcpStream) -> Result<String> {
    let mut header = [0; 2];
    stream.read_exact(&mut header).await?;
    let mut text = vec![0; length(&header)?];
    stream.read_exact(&mut text).await?;
    Ok(String::from_utf8(text)?)
}

async fn bad() -> Result<Vec<String>> {
    let (mut near, mut far) = connection().await?;
    far.write_all(b"05he").await?;
    let first = in_time(SHORT, read_frame(&mut near)).await;
    far.write_all(b"llo05world").await?;
    let second = in_time(LONG, read_frame(&mut near)).await;
    Ok(vec![first, second])
}

// ANCHOR_END: bad
// ANCHOR: good
struct Frames {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Frames {
    async fn read_frame(&mut self) -> Result<String> {
        loop {
            if let Some(text) = self.take_frame()? {
                return Ok(text);
            }
            let size = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(size > 0, "closed");
        }
    }

    fn take_frame(&mut self) -> Result<Option<String>> {
        let Some(header) = self.buffer.get(..2) else {
            return Ok(None);
        };
        let end = 2 + length(header)?;
        if self.buffer.len() < end {
            return Ok(None);
        }
        let text = self.buffer.drain(..end).skip(2).collect();
        Ok(Some(String::from_utf8(text)?))
    }
}

// ANCHOR_END: good
async fn good() -> Result<Vec<String>> {
    let (stream, mut far) = connection().await?;
    let buffer = Vec::new();
    let mut frames = Frames { stream, buffer };
    far.write_all(b"05he").await?;
    let first = in_time(SHORT, frames.read_frame()).await;
    far.write_all(b"llo05world").await?;
    drop(far);
    let second = in_time(LONG, frames.read_frame()).await;
    let third = in_time(LONG, frames.read_frame()).await;
    let fourth = in_time(LONG, frames.read_frame()).await;
    Ok(vec![first, second, third, fourth])
}

// ANCHOR: kept
async fn kept() -> Result<Vec<String>> {
    let (mut near, mut far) = connection().await?;
    far.write_all(b"05he").await?;
    let mut frame = pin!(read_frame(&mut near));
    let first = in_time(SHORT, frame.as_mut()).await;
    far.write_all(b"llo05world").await?;
    let second = in_time(LONG, frame).await;
    Ok(vec![first, second])
}

// ANCHOR_END: kept
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<()> {
    println!("exact: {}", exact().await?.join(", then "));
    println!("bad: {}", bad().await?.join(", then "));
    println!("good: {}", good().await?.join(", then "));
    println!("kept: {}", kept().await?.join(", then "));
    Ok(())
}
