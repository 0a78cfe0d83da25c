//! Three workers deliver twelve orders from a queue with two places.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::Duration;

use futures::StreamExt;
use tokio::join;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, Receiver, error::SendError};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_stream::wrappers::ReceiverStream;

/// An order cannot be delivered: number 4, or all while it is down.
#[derive(Debug, thiserror::Error)]
#[error("no route for order {0}")]
struct NoRoute(u32);

/// Makes and delivers orders, and counts how many exist at once.
#[derive(Default)]
struct Hooks {
    down: bool,
    made: AtomicUsize,
    begun: AtomicUsize,
    ended: AtomicUsize,
    open: AtomicUsize,
    in_flight: AtomicUsize,
    delivered: StdMutex<Vec<u32>>,
    failed: StdMutex<Vec<String>>,
}

impl Hooks {
    fn orders(&self) -> impl Iterator<Item = u32> {
        (1..=12).inspect(|_| {
            let made = self.made.fetch_add(1, SeqCst) + 1;
            self.open.fetch_max(made - self.ended.load(SeqCst), SeqCst);
        })
    }

    async fn deliver(&self, order: u32) -> Result<(), NoRoute> {
        let begun = self.begun.fetch_add(1, SeqCst) + 1;
        let in_flight = begun - self.ended.load(SeqCst);
        self.in_flight.fetch_max(in_flight, SeqCst);
        sleep(Duration::from_millis(10)).await;
        self.ended.fetch_add(1, SeqCst);
        if self.down || order == 4 {
            return Err(NoRoute(order));
        }
        push(&self.delivered, order);
        Ok(())
    }

    fn counts(&self) -> String {
        let in_flight = self.in_flight.load(SeqCst);
        let open = self.open.load(SeqCst);
        format!("{in_flight} in flight, {open} open")
    }
}

fn push<T>(list: &StdMutex<Vec<T>>, value: T) {
    let list = list.lock();
    list.unwrap_or_else(PoisonError::into_inner).push(value);
}

fn join<T: Ord + ToString>(list: &StdMutex<Vec<T>>) -> String {
    let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
    list.sort_unstable();
    let list: Vec<_> = list.iter().map(T::to_string).collect();
    if list.is_empty() {
        "none".to_owned()
    } else {
        list.join(" ")
    }
}

type Queue = Arc<Mutex<Receiver<u32>>>;

// ANCHOR: worker
async fn handle(hooks: &Hooks, order: u32) {
    if let Err(error) = hooks.deliver(order).await {
        push(&hooks.failed, error.to_string());
    }
}

async fn next(queue: &Mutex<Receiver<u32>>) -> Option<u32> {
    queue.lock().await.recv().await
}

async fn worker(hooks: Arc<Hooks>, queue: Queue) {
    while let Some(order) = next(&queue).await {
        handle(&hooks, order).await;
    }
}
// ANCHOR_END: worker

// ANCHOR: core
async fn run_pool<W: Future<Output: Send> + Send + 'static>(
    hooks: &Arc<Hooks>,
    places: usize,
    worker: impl Fn(Arc<Hooks>, Queue) -> W,
) -> Result<Vec<W::Output>, SendError<u32>> {
    let (sender, queue) = mpsc::channel(places);
    let queue = Arc::new(Mutex::new(queue));
    let mut workers = JoinSet::new();
    for _ in 0..3 {
        workers.spawn(worker(Arc::clone(hooks), Arc::clone(&queue)));
    }
    drop(queue); // only the workers hold it now

    for order in hooks.orders() {
        sender.send(order).await?; // waits while the queue is full
    }

    drop(sender); // the workers end when the queue is empty
    Ok(workers.join_all().await)
}
// ANCHOR_END: core

// ANCHOR: fragile
async fn fragile_worker(
    hooks: Arc<Hooks>,
    queue: Queue,
) -> Result<(), NoRoute> {
    while let Some(order) = next(&queue).await {
        hooks.deliver(order).await?;
    }
    Ok(())
}
// ANCHOR_END: fragile

// ANCHOR: lock-held
async fn greedy_worker(hooks: Arc<Hooks>, queue: Queue) {
    while let Some(order) = queue.lock().await.recv().await {
        handle(&hooks, order).await;
    }
}
// ANCHOR_END: lock-held

// ANCHOR: without-tasks
async fn run_without_tasks(hooks: &Hooks) -> Result<(), SendError<u32>> {
    let (sender, queue) = mpsc::channel(2);
    let produce = async move {
        for order in hooks.orders() {
            sender.send(order).await?;
        }
        Ok(())
    };
    let consume = ReceiverStream::new(queue)
        .for_each_concurrent(3, |order| handle(hooks, order));
    join!(produce, consume).0
}
// ANCHOR_END: without-tasks

// Virtual time: a sleep ends when no task can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
pub async fn main() -> anyhow::Result<()> {
    for places in [2, 100] {
        let hooks = Arc::new(Hooks::default());
        run_pool(&hooks, places, worker).await?;
        println!("queue of {places}: {}", hooks.counts());
        println!("  delivered: {}", join(&hooks.delivered));
        println!("  failed: {}", join(&hooks.failed));
    }

    let hooks = Hooks::default();
    run_without_tasks(&hooks).await?;
    println!("without tasks: {}", hooks.counts());
    let hooks = Arc::new(Hooks::default());
    run_pool(&hooks, 2, greedy_worker).await?;
    println!("lock held: {}", hooks.counts());

    for (name, down) in [("one", false), ("every", true)] {
        let hooks = Hooks {
            down,
            ..Hooks::default()
        };
        let hooks = Arc::new(hooks);
        let ended = run_pool(&hooks, 2, fragile_worker).await;
        println!("fragile, {name} order fails:");
        println!("  delivered: {}", join(&hooks.delivered));
        println!("  pool ended: {}", describe(ended));
    }
    Ok(())
}

fn describe(ended: Result<Vec<Result<(), NoRoute>>, SendError<u32>>) -> String {
    match ended.map(|workers| workers.into_iter().collect()) {
        Ok(Ok(())) => "all delivered".to_owned(),
        Ok(Err(NoRoute(order))) => format!("no route for order {order}"),
        Err(error) => error.to_string(),
    }
}
