//! One deadline covers several awaits; some work does not obey it.

use std::cell::RefCell;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::{error::Elapsed, sleep, timeout};

const STEP: Duration = Duration::from_millis(400);
const LIMIT: Duration = Duration::from_millis(700);
const SHORT: Duration = Duration::from_millis(30);

type Log = RefCell<Vec<&'static str>>;

async fn fetch_user(log: &Log) -> String {
    sleep(STEP).await;
    log.borrow_mut().push("user");
    "ann".to_owned()
}

async fn fetch_orders(log: &Log, user: &str) -> String {
    sleep(STEP).await;
    log.borrow_mut().push("orders");
    format!("{user} has 3 orders")
}

// ANCHOR: core
async fn fetch_with_timeout(
    limit: Duration, // for both steps together
    log: &Log,
) -> Result<String, Elapsed> {
    timeout(limit, async {
        let user = fetch_user(log).await;
        fetch_orders(log, &user).await
    })
    .await
}

async fn safe_fetch(limit: Duration, log: &Log) -> Option<String> {
    fetch_with_timeout(limit, log).await.ok()
}

// ANCHOR_END: core
async fn timed_out(body: impl Future) -> bool {
    timeout(SHORT, body).await.is_err()
}

// ANCHOR: blocking
async fn blocking_body() {
    thread::sleep(SHORT * 2);
}

// ANCHOR_END: blocking
// ANCHOR: thread
async fn in_thread() -> (bool, bool) {
    let (release, released) = mpsc::channel::<()>();
    let (finished, done) = oneshot::channel();
    let work = spawn_blocking(move || {
        released.recv().ok();
        finished.send(()).ok();
    });
    let late = timeout(SHORT, work).await.is_err();
    release.send(()).ok();
    (late, done.await.is_ok())
}

// ANCHOR_END: thread
// ANCHOR: task
async fn in_task() -> (bool, bool) {
    let (release, released) = oneshot::channel::<()>();
    let (finished, done) = oneshot::channel();
    let task = tokio::spawn(async move {
        released.await.ok();
        finished.send(()).ok();
    });
    let late = timeout(SHORT, task).await.is_err();
    release.send(()).ok();
    (late, done.await.is_ok())
}

// ANCHOR_END: task
// ANCHOR: cleanup
struct Cleanup<'a>(&'a Log);

impl Drop for Cleanup<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().push("dropped");
    }
}

async fn with_cleanup(log: &Log) {
    let _cleanup = Cleanup(log);
    loop {
        sleep(STEP).await;
    }
}

// ANCHOR_END: cleanup
fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    for limit in [LIMIT, LIMIT * 3] {
        let log = Log::default();
        let answer = safe_fetch(limit, &log).await;
        let answer = answer.as_deref().unwrap_or("none");
        println!("answer: {answer}, finished: {}", log.borrow().join(", "));
    }

    let late = timed_out(blocking_body()).await;
    println!("blocking body: timed out: {}", yes(late));
    let (late, finished) = in_thread().await;
    println!(
        "thread: timed out: {}, finished: {}",
        yes(late),
        yes(finished)
    );
    let (late, finished) = in_task().await;
    println!(
        "task: timed out: {}, finished: {}",
        yes(late),
        yes(finished)
    );

    let log = Log::default();
    let late = timed_out(with_cleanup(&log)).await;
    println!(
        "cleanup: {}, timed out: {}",
        log.borrow().join(", "),
        yes(late)
    );
}
