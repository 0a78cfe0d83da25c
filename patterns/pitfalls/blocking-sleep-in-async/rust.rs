//! A blocking sleep stops every task of its thread; an async sleep only one.

use std::io;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::mpsc;
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, sleep};

const PAUSE: Duration = Duration::from_millis(100);

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn append(&self, event: impl Into<String>) {
        self.0.lock().expect("not poisoned").push(event.into());
    }

    fn events(&self) -> Vec<String> {
        self.0.lock().expect("not poisoned").clone()
    }
}

// ANCHOR: bad
async fn bad_example(user_id: u32, log: Log) {
    log.append(format!("start {user_id}"));
    thread::sleep(PAUSE);
    log.append(format!("end {user_id}"));
}

// ANCHOR_END: bad
// ANCHOR: good
async fn good_example(user_id: u32, log: Log) {
    log.append(format!("start {user_id}"));
    sleep(PAUSE).await;
    log.append(format!("end {user_id}"));
}

// ANCHOR_END: good
// ANCHOR: heartbeat
async fn heartbeat(log: Log) {
    loop {
        sleep(PAUSE / 20).await;
        log.append("beat");
    }
}

async fn observe(example: impl AsyncFn(u32, Log)) -> String {
    let log = Log::default();
    let heart = tokio::spawn(heartbeat(log.clone()));
    yield_now().await;
    tokio::join!(example(1, log.clone()), example(2, log.clone()));
    heart.abort();
    let events = log.events();
    let at = |name: &str| events.iter().position(|event| event == name);
    let overlap = yes(at("start 2") < at("end 1"));
    let beats = events
        .iter()
        .skip_while(|event| *event != "start 1")
        .take_while(|event| *event != "end 2")
        .any(|event| event == "beat");
    format!("users overlap: {overlap}, heart beats: {}", yes(beats))
}

// ANCHOR_END: heartbeat
// ANCHOR: workers
fn beats_with_two_workers(asleep: usize) -> io::Result<bool> {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_time().build()?;
    Ok(runtime.block_on(async {
        let log = Log::default();
        let (started, mut ready) = mpsc::unbounded_channel();
        let mut sleepers = JoinSet::new();
        for _ in 0..asleep {
            let (log, started) = (log.clone(), started.clone());
            sleepers.spawn(async move {
                started.send(()).ok();
                thread::sleep(PAUSE * 2);
                log.events().len() // beats while this worker slept
            });
        }
        for _ in 0..asleep {
            ready.recv().await;
        }
        tokio::spawn(heartbeat(log));
        sleepers.join_all().await.iter().all(|beats| *beats > 0)
    }))
}

// ANCHOR_END: workers
fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

async fn current_thread() {
    println!("bad: {}", observe(bad_example).await);
    println!("good: {}", observe(good_example).await);

    tokio::time::pause(); // virtual time, so that the result is exact
    // ANCHOR: created-early
    let began = Instant::now();
    let (first, second) = (sleep(PAUSE), sleep(PAUSE));
    first.await;
    second.await;
    let took = began.elapsed();
    // ANCHOR_END: created-early
    println!("pauses made together add up: {}", yes(took > PAUSE * 3 / 2));
}

pub fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(current_thread());
    let beats = beats_with_two_workers(1)?;
    println!("one of two workers asleep: heart beats: {}", yes(beats));
    let beats = beats_with_two_workers(2)?;
    println!("both workers asleep: heart beats: {}", yes(beats));
    Ok(())
}
