//! Take what comes first, stop the rest, and starve nobody in a loop.

use std::sync::{Arc, Mutex};

use tokio::join;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinError;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, event: String) {
        self.0.lock().unwrap().push(event);
    }

    fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap()).join(", ")
    }
}

struct Mirror {
    name: &'static str,
    ready: Notify,
    answered: Notify,
}

impl Mirror {
    fn new(name: &'static str) -> Arc<Self> {
        let (ready, answered) = (Notify::new(), Notify::new());
        Arc::new(Self {
            name,
            ready,
            answered,
        })
    }

    async fn fetch(self: Arc<Self>, log: Log) -> &'static str {
        let mut call = Call {
            name: self.name,
            log,
            answered: false,
        };
        self.ready.notified().await;
        call.log.note(format!("{} answered", self.name));
        call.answered = true;
        self.answered.notify_one();
        self.name
    }
}

struct Call {
    name: &'static str,
    log: Log,
    answered: bool,
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.answered {
            self.log.note(format!("{} stopped", self.name));
        }
    }
}

// ANCHOR: core
async fn first_answer(
    log: &Log,
    near: &Arc<Mirror>,
    far: &Arc<Mirror>,
) -> &'static str {
    tokio::select! {
        answer = Arc::clone(near).fetch(log.clone()) => answer,
        answer = Arc::clone(far).fetch(log.clone()) => answer,
    }
}

// ANCHOR_END: core
// ANCHOR: loser
async fn winner_only(
    log: &Log,
    near: &Arc<Mirror>,
    far: &Arc<Mirror>,
) -> Result<&'static str, JoinError> {
    let near = tokio::spawn(Arc::clone(near).fetch(log.clone()));
    let far = tokio::spawn(Arc::clone(far).fetch(log.clone()));
    tokio::select! {
        answer = near => answer,
        answer = far => answer,
    }
}

// ANCHOR_END: loser
struct Inbox {
    orders: mpsc::UnboundedReceiver<&'static str>,
    signals: mpsc::UnboundedReceiver<&'static str>,
}

// ANCHOR: every-branch
async fn every_branch(inbox: &mut Inbox) -> Option<&'static str> {
    tokio::select! {
        order = inbox.orders.recv() => order,
        signal = inbox.signals.recv() => signal,
    }
}

// ANCHOR_END: every-branch
// ANCHOR: busy-first
async fn busy_first(inbox: &mut Inbox) -> Option<&'static str> {
    tokio::select! {
        biased;
        order = inbox.orders.recv() => order,
        signal = inbox.signals.recv() => signal,
    }
}

// ANCHOR_END: busy-first
// ANCHOR: rare-first
async fn rare_first(inbox: &mut Inbox) -> Option<&'static str> {
    tokio::select! {
        biased;
        signal = inbox.signals.recv() => signal,
        order = inbox.orders.recv() => order,
    }
}

// ANCHOR_END: rare-first
async fn take(
    step: impl AsyncFn(&mut Inbox) -> Option<&'static str>,
) -> String {
    let (order, orders) = mpsc::unbounded_channel();
    let (signal, signals) = mpsc::unbounded_channel();
    (0..2000).for_each(|_| order.send("orders").unwrap());
    (0..200).for_each(|_| signal.send("signals").unwrap());
    let mut inbox = Inbox { orders, signals };
    let mut taken = Vec::new();
    while taken.len() < 1000 {
        taken.extend(step(&mut inbox).await);
    }
    let count = |name| taken.iter().filter(|each| **each == name).count();
    format!("orders {}, signals {}", count("orders"), count("signals"))
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<(), JoinError> {
    let log = Log::default();
    let (near, far) = (Mirror::new("near"), Mirror::new("far"));
    let begun = async { near.ready.notify_one() };
    let (winner, ()) = join!(first_answer(&log, &near, &far), begun);
    log.note(format!("caller has {winner}"));
    println!("first answer: {}", log.take());

    near.ready.notify_one();
    let winner = winner_only(&log, &near, &far).await?;
    log.note(format!("caller has {winner}"));
    far.ready.notify_one();
    far.answered.notified().await;
    println!("winner only: {}", log.take());

    println!("every branch: {}", take(every_branch).await);
    println!("busy first: {}", take(busy_first).await);
    println!("rare first: {}", take(rare_first).await);
    Ok(())
}
