//! A spawned task owns what it uses, and what it keeps can change threads.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use futures::future::join_all;
use tokio::task::{self, JoinError, LocalSet};

#[derive(Default)]
struct Desk {
    greeted: AtomicU32,
}

impl Desk {
    async fn greet(&self, name: &str) -> String {
        task::yield_now().await;
        self.greeted.fetch_add(1, Relaxed);
        format!("hello {name}")
    }
}

/// Each task may outlive this function, so it has its own `Arc`.
async fn greet_in_tasks(
    desk: &Arc<Desk>,
    names: &[&'static str],
) -> Result<Vec<String>, JoinError> {
    let tasks = names.iter().copied().map(|name| {
        let desk = Arc::clone(desk);
        tokio::spawn(async move { desk.greet(name).await })
    });
    join_all(tasks).await.into_iter().collect()
}

/// Futures that are awaited here may borrow.
async fn greet_together(desk: &Desk, names: &[&str]) -> Vec<String> {
    join_all(names.iter().map(|name| desk.greet(name))).await
}

/// Tasks that stay on this thread may keep an `Rc`.
async fn greet_on_this_thread(names: &[&'static str]) -> u32 {
    let greeted = Rc::new(Cell::new(0));
    let tasks = LocalSet::new();
    for name in names.iter().copied() {
        let greeted = Rc::clone(&greeted);
        tasks.spawn_local(async move {
            Desk::default().greet(name).await;
            greeted.set(greeted.get() + 1);
        });
    }
    tasks.await;
    greeted.get()
}

struct Card {
    name: Rc<str>,
}

impl Card {
    fn new(text: &str) -> Self {
        let (first, rest) = text.split_at(1);
        let name = Rc::from(first.to_uppercase() + rest);
        Self { name }
    }
}

/// The card is gone before the await, so a task may run this. Without the
/// block it would be kept across the await, and `spawn` would refuse it.
async fn show_greeting(desk: Arc<Desk>) -> String {
    let name = {
        let card = Card::new("ann");
        card.name.to_string()
    };
    desk.greet(&name).await
}

#[tokio::main]
async fn main() -> Result<(), JoinError> {
    let desk = Arc::new(Desk::default());
    let names = ["ann", "bob", "eve"];
    let greetings = greet_in_tasks(&desk, &names).await?;
    println!("tasks: {}", greetings.join(", "));
    let greetings = greet_together(&desk, &names).await;
    println!("together: {}", greetings.join(", "));
    let greeting = tokio::spawn(show_greeting(Arc::clone(&desk))).await?;
    println!("card: {greeting}");
    println!("one desk greeted: {}", desk.greeted.load(Relaxed));
    let greeted = greet_on_this_thread(&names).await;
    println!("this thread greeted: {greeted}");
    Ok(())
}
