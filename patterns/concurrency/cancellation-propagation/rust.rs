//! Cancel a batch from outside, and see what its items do on the way out.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::SetOnce;
use tokio::task::JoinError;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Hands out claims, and holds all work until the gate opens.
#[derive(Clone, Default)]
struct Items {
    log: Arc<Mutex<Vec<String>>>,
    gate: Arc<SetOnce<()>>,
}

impl Items {
    fn note(&self, event: String) {
        let log = self.log.lock();
        log.unwrap_or_else(PoisonError::into_inner).push(event);
    }

    fn events(&self, item: u32) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let end = format!(" {item}");
        let mut events = log.clone();
        events.retain(|event| event.ends_with(&end) || event.contains("ended"));
        events.join(", ")
    }

    fn claim(&self, item: u32) -> Claim<'_> {
        self.note(format!("claimed {item}"));
        Claim(self, item)
    }

    async fn process(&self, item: u32) -> String {
        self.gate.wait().await;
        self.note(format!("processed {item}"));
        format!("result {item}")
    }

    async fn release(&self, item: u32) {
        self.note(format!("releasing {item}"));
        sleep(Duration::from_millis(20)).await;
        self.note(format!("released {item}"));
    }

    async fn save(&self, item: u32) {
        self.note(format!("saving {item}"));
        self.gate.wait().await;
        self.note(format!("saved {item}"));
    }
}

struct Claim<'a>(&'a Items, u32);

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.0.note(format!("dropped {}", self.1));
    }
}

// ANCHOR: core
async fn process_item(items: &Items, item: u32) -> String {
    let _claim = items.claim(item);
    let result = items.process(item).await;
    items.release(item).await;
    result
}

async fn process_batch(items: Items, batch: Vec<u32>) -> Vec<String> {
    let process = |&item| process_item(&items, item);
    join_all(batch.iter().map(process)).await
}
// ANCHOR_END: core

// ANCHOR: stop
async fn stop_batch(items: &Items) -> bool {
    let task = tokio::spawn(process_batch(items.clone(), vec![1, 2]));
    sleep(Duration::from_millis(10)).await; // both are being processed

    task.abort();
    let ended = task.await;
    items.note("batch ended".to_owned());
    ended.is_err_and(|error| error.is_cancelled())
}
// ANCHOR_END: stop

// ANCHOR: token
async fn process_until(
    stop: CancellationToken,
    items: Items,
    item: u32,
) -> Option<String> {
    let _claim = items.claim(item);
    let result = stop.run_until_cancelled(items.process(item)).await;
    items.release(item).await;
    result
}
// ANCHOR_END: token

// ANCHOR: twice
async fn stop_item_twice(items: &Items) -> Result<(), JoinError> {
    let stop = CancellationToken::new();
    let task = tokio::spawn(process_until(stop.clone(), items.clone(), 3));
    sleep(Duration::from_millis(10)).await;

    stop.cancel();
    sleep(Duration::from_millis(10)).await; // it is being released
    stop.cancel();
    let result = task.await?;
    items.note(format!("item ended with {result:?}"));
    Ok(())
}
// ANCHOR_END: twice

// ANCHOR: shield
async fn save_item(items: Items, saves: TaskTracker) {
    let saving = saves.spawn(async move { items.save(5).await });
    saving.await.ok();
}

async fn stop_saving(items: &Items) {
    let saves = TaskTracker::new();
    let task = tokio::spawn(save_item(items.clone(), saves.clone()));
    sleep(Duration::from_millis(10)).await;

    task.abort();
    task.await.ok();
    items.note("caller ended".to_owned());
    items.gate.set(()).ok();
    saves.close();
    saves.wait().await;
}
// ANCHOR_END: shield

// Virtual time: a sleep ends when no task can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
pub async fn main() -> anyhow::Result<()> {
    let items = Items::default();
    items.gate.set(())?;
    let results = process_batch(items.clone(), vec![1]).await;
    println!("returned: {}", results.join(", "));
    println!("item 1: {}", items.events(1));

    let items = Items::default();
    println!("batch cancelled: {}", yes(stop_batch(&items).await));
    println!("item 1: {}", items.events(1));
    println!("item 2: {}", items.events(2));

    let items = Items::default();
    stop_item_twice(&items).await?;
    println!("item 3: {}", items.events(3));

    let items = Items::default();
    stop_saving(&items).await;
    println!("item 5: {}", items.events(5));
    Ok(())
}

fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}
