//! A runtime runs many tasks in turn, and switches only where one has to wait.

use std::collections::HashSet;
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::{JoinSet, yield_now};
use tokio::time::sleep;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn append(&self, entry: impl Into<String>) {
        self.0.lock().expect("not poisoned").push(entry.into());
    }

    fn join(&self, separator: &str) -> String {
        self.0.lock().expect("not poisoned").join(separator)
    }
}

async fn run_both<T: Send + 'static>(
    first: impl Future<Output = T> + Send + 'static,
    second: impl Future<Output = T> + Send + 'static,
) -> Vec<T> {
    let mut group = JoinSet::new();
    group.spawn(first);
    group.spawn(second);
    group.join_all().await
}

// ANCHOR: core
async fn serve(name: &str, log: Log) {
    for step in 1..4 {
        log.append(format!("{name}{step}"));
        yield_now().await; // let the others run
    }
}

async fn two_requests(log: &Log) {
    run_both(serve("A", log.clone()), serve("B", log.clone())).await;
}

// ANCHOR_END: core
// ANCHOR: ready
async fn note(entry: String, log: &Log) {
    log.append(entry);
}

async fn serve_ready(name: &str, log: Log) {
    for step in 1..4 {
        note(format!("{name}{step}"), &log).await; // nothing to wait for
    }
}

// ANCHOR_END: ready
// ANCHOR: backlog
async fn drain(mut jobs: UnboundedReceiver<u32>, log: Log) {
    log.append("first job");
    while !jobs.is_empty() {
        jobs.recv().await;
    }
    log.append("last job");
}

async fn other(log: Log) {
    log.append("other task");
}

async fn thousand_jobs(log: &Log) {
    let (sender, jobs) = unbounded_channel();
    for job in 0..1000 {
        sender.send(job).ok();
    }
    run_both(drain(jobs, log.clone()), other(log.clone())).await;
}

// ANCHOR_END: backlog
// ANCHOR: threads
async fn thread_id(meeting: Arc<Barrier>) -> thread::ThreadId {
    meeting.wait(); // blocks until as many tasks are here
    thread::current().id()
}

fn threads_used(runtime: &Runtime, at_once: usize) -> usize {
    let meeting = Arc::new(Barrier::new(at_once));
    let (first, second) = (thread_id(meeting.clone()), thread_id(meeting));
    let threads = runtime.block_on(run_both(first, second));
    threads.into_iter().collect::<HashSet<_>>().len()
}

// ANCHOR_END: threads
// ANCHOR: file-read
async fn read_on_the_loop(path: String) -> io::Result<String> {
    std::fs::read_to_string(path)
}

// ANCHOR_END: file-read
// ANCHOR: file-thread
async fn read_in_a_thread(path: String) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}

// ANCHOR_END: file-thread
/// Writes after three heartbeats, or when none comes for a while.
fn write_late(mut pipe: impl Write, beats: Receiver<()>) -> io::Result<()> {
    let mut heard = 0;
    while heard < 3 && beats.recv_timeout(Duration::from_secs(1)).is_ok() {
        heard += 1;
    }
    write!(pipe, "hello after {heard} beats")
}

async fn heartbeat(beats: mpsc::Sender<()>) {
    loop {
        sleep(Duration::from_millis(5)).await;
        beats.send(()).ok();
    }
}

async fn slow_file(
    read: impl AsyncFn(String) -> io::Result<String>,
) -> io::Result<String> {
    let (reading, writing) = io::pipe()?;
    let (beat, beats) = mpsc::channel();
    let heart = tokio::spawn(heartbeat(beat));
    let writer = thread::spawn(move || write_late(writing, beats));
    let text = read(format!("/dev/fd/{}", reading.as_raw_fd())).await?;
    writer.join().expect("the writer does not panic")?;
    heart.abort();
    Ok(text)
}

pub fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_time().build()?;

    let log = Log::default();
    runtime.block_on(two_requests(&log));
    println!("giving way after each step: {}", log.join(" "));

    let log = Log::default();
    let (a, b) = (log.clone(), log.clone());
    runtime.block_on(run_both(serve_ready("A", a), serve_ready("B", b)));
    println!("await with nothing to wait for: {}", log.join(" "));

    let log = Log::default();
    runtime.block_on(thousand_jobs(&log));
    println!("full queue: {}", log.join(", "));

    println!("threads used by two tasks: {}", threads_used(&runtime, 1));
    let workers = Builder::new_multi_thread().worker_threads(2).build()?;
    println!("with two workers: {}", threads_used(&workers, 2));

    let text = runtime.block_on(slow_file(read_on_the_loop))?;
    println!("file read on the loop: {text}");
    let text = runtime.block_on(slow_file(read_in_a_thread))?;
    println!("file read in a thread: {text}");
    Ok(())
}
