//! Async file calls run on threads: how many jobs, and what a write proves.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use tokio::fs::{self, File};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tokio_util::io::InspectReader;

// A device of Linux on which there is never room.
const FULL: &str = "/dev/full";

// ANCHOR: core
async fn process_file(file_path: PathBuf) -> io::Result<usize> {
    let contents = fs::read_to_string(file_path).await?;
    Ok(contents.chars().count())
}

// ANCHOR_END: core
// ANCHOR: busy
async fn finishes_beside_a_busy_pool(file_path: &Path) -> io::Result<bool> {
    let (release, held) = mpsc::channel::<()>();
    let holder = spawn_blocking(move || held.recv());
    let reading = tokio::spawn(process_file(file_path.to_owned()));
    sleep(Duration::from_millis(100)).await;
    let finished = reading.is_finished();
    drop(release);
    holder.await?.ok();
    reading.await??;
    Ok(finished)
}

// ANCHOR_END: busy
// ANCHOR: lines
async fn count_lines(file_path: &Path) -> io::Result<(usize, usize)> {
    let (mut count, mut reads) = (0, 0);
    let file = File::open(file_path).await?;
    let file = InspectReader::new(file, |_bytes| reads += 1);
    let mut lines = BufReader::new(file).lines();
    while let Some(_line) = lines.next_line().await? {
        count += 1;
    }
    drop(lines);
    Ok((count, reads))
}

// ANCHOR_END: lines
// ANCHOR: one-job
fn count_lines_blocking(file_path: &Path) -> io::Result<usize> {
    let file = std::fs::File::open(file_path)?;
    let lines = io::BufRead::lines(io::BufReader::new(file));
    lines.map(|line| line.map(|_| 1)).sum()
}

async fn count_lines_in_one_job(file_path: PathBuf) -> io::Result<usize> {
    spawn_blocking(move || count_lines_blocking(&file_path)).await?
}

// ANCHOR_END: one-job
// ANCHOR: late
async fn sizes_around_flush(file_path: &Path) -> io::Result<[u64; 2]> {
    let mut file = File::create(file_path).await?;
    let (release, held) = mpsc::channel::<()>();
    spawn_blocking(move || held.recv()); // so that the write has to queue
    file.write_all(b"hello").await?;
    let before = std::fs::metadata(file_path)?.len();
    drop(release);
    file.flush().await?;
    let after = std::fs::metadata(file_path)?.len();
    Ok([before, after])
}

// ANCHOR_END: late
// ANCHOR: bad
async fn save_and_drop(file_path: &str) -> io::Result<()> {
    let mut file = File::create(file_path).await?;
    file.write_all(b"hello").await
}

// ANCHOR_END: bad
// ANCHOR: good
async fn save(file_path: &str) -> io::Result<()> {
    let mut file = File::create(file_path).await?;
    file.write_all(b"hello").await?;
    file.flush().await
}

// ANCHOR_END: good
async fn outcome(save: impl Future<Output = io::Result<()>>) -> String {
    match save.await {
        Ok(()) => String::from("saved"),
        Err(error) => error.to_string(),
    }
}

async fn run(folder: &Path) -> io::Result<()> {
    let path = folder.join("lines.txt");
    std::fs::write(&path, format!("{}\n", "x".repeat(63)).repeat(1000))?;
    let length = process_file(path.clone()).await?;
    println!("process_file: {length} characters");
    let finished = finishes_beside_a_busy_pool(&path).await?;
    println!("finishes while the pool is busy: {}", yes(finished));

    let (lines, reads) = count_lines(&path).await?;
    println!("count_lines: {lines} lines, reads: {reads}");
    let lines = count_lines_in_one_job(path).await?;
    println!("count_lines_in_one_job: {lines} lines");

    let [before, after] = sizes_around_flush(&folder.join("hello.txt")).await?;
    println!("before flush: {before} bytes, after: {after} bytes");

    println!("full disk, dropped: {}", outcome(save_and_drop(FULL)).await);
    println!("full disk, finished: {}", outcome(save(FULL)).await);
    Ok(())
}

fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

pub fn main() -> io::Result<()> {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().max_blocking_threads(1).build()?;
    let folder = format!("async-file-io-{}", std::process::id());
    let folder = std::env::temp_dir().join(folder);
    std::fs::create_dir_all(&folder)?;
    let result = runtime.block_on(run(&folder));
    std::fs::remove_dir_all(&folder)?;
    result
}
