//! Fetch five thousand items, and count what exists while they are fetched.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;

/// Reads ids and answers them, and counts the most of each at once.
#[derive(Default)]
struct Catalog {
    read: AtomicUsize,
    begun: AtomicUsize,
    answered: AtomicUsize,
    in_flight: AtomicUsize,
    held: AtomicUsize,
    tasks: AtomicUsize,
}

impl Catalog {
    fn ids(&self) -> impl Iterator<Item = u32> {
        (1..=5000).inspect(|_| {
            self.read.fetch_add(1, SeqCst);
        })
    }

    async fn get_item(&self, item_id: u32) -> String {
        let begun = self.begun.fetch_add(1, SeqCst) + 1;
        let answered = self.answered.load(SeqCst);
        let held = self.read.load(SeqCst) - answered;
        let tasks = Handle::current().metrics().num_alive_tasks();
        self.in_flight.fetch_max(begun - answered, SeqCst);
        self.held.fetch_max(held, SeqCst);
        self.tasks.fetch_max(tasks, SeqCst);
        sleep(Duration::from_millis(1)).await;
        self.answered.fetch_add(1, SeqCst);
        format!("item {item_id}")
    }

    fn report(&self, name: &str, mut items: Vec<String>) {
        let mut expected: Vec<_> = (1..=5000)
            .map(|item_id| format!("item {item_id}"))
            .collect();
        expected.sort();
        items.sort();
        let complete = if items == expected { "yes" } else { "no" };
        println!("{name}, complete: {complete}");
        println!("  in flight: {}", self.in_flight.load(SeqCst));
        println!("  ids held: {}", self.held.load(SeqCst));
        println!("  tasks: {}", self.tasks.load(SeqCst));
    }
}

// ANCHOR: bad
async fn bad_example(
    catalog: &Catalog,
    ids: impl Iterator<Item = u32>,
) -> Vec<String> {
    join_all(ids.map(|item_id| catalog.get_item(item_id))).await
}
// ANCHOR_END: bad

// ANCHOR: limited
async fn limited_example(
    catalog: &Arc<Catalog>,
    ids: impl Iterator<Item = u32>,
) -> Vec<String> {
    let semaphore = Arc::new(Semaphore::new(50));
    let mut tasks = JoinSet::new();
    for item_id in ids {
        let semaphore = Arc::clone(&semaphore);
        let catalog = Arc::clone(catalog);
        tasks.spawn(async move {
            let _permit = semaphore.acquire().await;
            catalog.get_item(item_id).await
        });
    }
    tasks.join_all().await
}
// ANCHOR_END: limited

// ANCHOR: good
async fn good_example(
    catalog: &Catalog,
    ids: impl Iterator<Item = u32>,
) -> Vec<String> {
    stream::iter(ids)
        .map(|item_id| catalog.get_item(item_id))
        .buffer_unordered(50)
        .collect()
        .await
}
// ANCHOR_END: good

// ANCHOR: tasks
async fn good_example_with_tasks(
    catalog: &Arc<Catalog>,
    mut ids: impl Iterator<Item = u32>,
) -> Result<Vec<String>, JoinError> {
    let mut items = Vec::new();
    let mut tasks = JoinSet::new();
    loop {
        while tasks.len() < 50
            && let Some(item_id) = ids.next()
        {
            let catalog = Arc::clone(catalog);
            tasks.spawn(async move { catalog.get_item(item_id).await });
        }
        match tasks.join_next().await {
            Some(item) => items.push(item?),
            None => return Ok(items),
        }
    }
}
// ANCHOR_END: tasks

// Virtual time: a sleep ends when no task can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
pub async fn main() -> Result<(), JoinError> {
    let catalog = Catalog::default();
    let items = bad_example(&catalog, catalog.ids()).await;
    catalog.report("join_all", items);

    let catalog = Arc::new(Catalog::default());
    let items = limited_example(&catalog, catalog.ids()).await;
    catalog.report("semaphore", items);

    let catalog = Catalog::default();
    let items = good_example(&catalog, catalog.ids()).await;
    catalog.report("buffer_unordered", items);

    let catalog = Arc::new(Catalog::default());
    let items = good_example_with_tasks(&catalog, catalog.ids()).await?;
    catalog.report("bounded set", items);
    Ok(())
}
