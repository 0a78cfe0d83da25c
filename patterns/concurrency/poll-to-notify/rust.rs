//! A waiter asks again and again, or is woken when something has changed.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::{Notify, watch};
use tokio::task::JoinError;
use tokio::time::{sleep, timeout};

const STEP: Duration = Duration::from_millis(5);
const LIMIT: Duration = Duration::from_millis(50);

#[derive(Default)]
struct Job {
    done: AtomicBool,
    changed: Notify,
}

impl Job {
    // ANCHOR: bad
    async fn wait_by_polling(self: Arc<Self>) {
        while !self.done.load(Ordering::Acquire) {
            sleep(STEP).await;
        }
    }

    // ANCHOR_END: bad
    // ANCHOR: good
    async fn wait(self: Arc<Self>) {
        loop {
            let changed = self.changed.notified();
            if self.done.load(Ordering::Acquire) {
                return;
            }
            changed.await;
        }
    }

    fn finish(&self) {
        self.done.store(true, Ordering::Release);
        self.changed.notify_waiters();
    }
    // ANCHOR_END: good
}

// ANCHOR: count
async fn count_wake_ups(waiting: impl Future<Output = ()>) -> u32 {
    let mut waiting = pin!(waiting);
    let mut turns = 0;
    poll_fn(|context| {
        turns += 1;
        waiting.as_mut().poll(context)
    })
    .await;
    turns - 1
}

async fn observe(
    job: &Job,
    waiting: impl Future<Output = ()> + Send + 'static,
) -> Result<u32, JoinError> {
    let waiter = tokio::spawn(count_wake_ups(waiting));
    for _ in 0..20 {
        sleep(STEP).await;
    }
    job.finish();
    waiter.await
}

// ANCHOR_END: count
// ANCHOR: late
async fn wait_for_done(mut status: watch::Receiver<&str>) {
    let done = status.wait_for(|status| *status == "done").await;
    assert!(done.is_ok(), "nobody can set the status any more");
}

async fn early_and_late() -> Result<[u32; 2], JoinError> {
    let (status, receiver) = watch::channel("queued");
    let early = tokio::spawn(count_wake_ups(wait_for_done(receiver.clone())));
    for next in ["running", "done"] {
        sleep(STEP).await;
        status.send_replace(next);
    }
    let late = tokio::spawn(count_wake_ups(wait_for_done(receiver)));
    Ok([early.await?, late.await?])
}

// ANCHOR_END: late
async fn go_on(waiters: impl IntoIterator<Item: Future>) -> usize {
    let waiters = waiters.into_iter();
    let outcomes = join_all(waiters.map(|waiter| timeout(LIMIT, waiter))).await;
    outcomes.iter().filter(|outcome| outcome.is_ok()).count()
}

// ANCHOR: lost
async fn lost() -> usize {
    let changed = Notify::new();
    changed.notify_waiters();
    go_on([(); 3].map(|()| changed.notified())).await
}

// ANCHOR_END: lost
// ANCHOR: kept
async fn kept() -> usize {
    let changed = Notify::new();
    for _ in 0..3 {
        changed.notify_one();
    }
    go_on([(); 3].map(|()| changed.notified())).await
}

// ANCHOR_END: kept
// ANCHOR: registered
async fn told_two(register: bool) -> usize {
    let added = Notify::new();
    let mut waiters = [(); 2].map(|()| Box::pin(added.notified()));
    for waiter in &mut waiters {
        if register {
            waiter.as_mut().enable();
        }
    }
    added.notify_one();
    added.notify_one();
    go_on(waiters).await
}

// ANCHOR_END: registered
fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
pub async fn main() -> Result<(), JoinError> {
    let job = Arc::new(Job::default());
    let wake_ups = observe(&job, Arc::clone(&job).wait_by_polling()).await?;
    println!("bad: more than 10 wake-ups: {}", yes(wake_ups > 10));
    let job = Arc::new(Job::default());
    let wake_ups = observe(&job, Arc::clone(&job).wait()).await?;
    println!("good: {wake_ups} wake-up");
    let [early, late] = early_and_late().await?;
    println!("two changes: {early} wake-ups, {late} for a late waiter");
    println!("told all before anyone waits: {} of 3 go on", lost().await);
    println!(
        "told three times before anyone waits: {} of 3 go on",
        kept().await
    );
    for register in [false, true] {
        let count = told_two(register).await;
        println!("told two, registered: {}: {count} go on", yes(register));
    }
    Ok(())
}
