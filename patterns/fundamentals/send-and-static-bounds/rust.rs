//! A spawned task owns what it uses, and what it keeps can change threads.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::routing::get;
use futures::future::join_all;
use http_body_util::BodyExt;
use tokio::sync::oneshot;
use tokio::task::{self, JoinError, LocalSet};
use tower::ServiceExt;

#[derive(Default)]
struct Desk {
    greeted: AtomicU32,
}

impl Desk {
    async fn greet(&self, name: &str) -> String {
        task::yield_now().await;
        self.greeted.fetch_add(1, Ordering::Relaxed);
        format!("hello {name}")
    }
}

// ANCHOR: owned
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

// ANCHOR_END: owned
// ANCHOR: borrowed
async fn greet_together(desk: &Desk, names: &[&str]) -> Vec<String> {
    join_all(names.iter().map(|name| desk.greet(name))).await
}

// ANCHOR_END: borrowed
// ANCHOR: local
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

// ANCHOR_END: local
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

// ANCHOR: handler
fn app(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/greet", get(show_greeting))
        .with_state(desk)
}

async fn show_greeting(State(desk): State<Arc<Desk>>) -> String {
    let name = {
        let card = Card::new("ann");
        card.name.to_string()
    };
    desk.greet(&name).await
}

// ANCHOR_END: handler
// ANCHOR: from-thread
async fn ask_a_thread() -> Result<String, oneshot::error::RecvError> {
    let (sender, answer) = oneshot::channel();
    thread::spawn(move || sender.send(String::from("hello from a thread")));
    answer.await
}

// ANCHOR_END: from-thread
#[tokio::main]
pub async fn main() -> anyhow::Result<()> {
    let desk = Arc::new(Desk::default());
    let names = ["ann", "bob", "eve"];
    let greetings = greet_in_tasks(&desk, &names).await?;
    println!("tasks: {}", greetings.join(", "));
    let greetings = greet_together(&desk, &names).await;
    println!("together: {}", greetings.join(", "));

    let request = Request::get("/greet").body(Body::empty())?;
    let response = app(Arc::clone(&desk)).oneshot(request).await?;
    let body = response.into_body().collect().await?.to_bytes();
    println!("handler: {}", String::from_utf8_lossy(&body));
    println!("one desk greeted: {}", desk.greeted.load(Ordering::Relaxed));

    println!("thread: {}", ask_a_thread().await?);
    println!(
        "this thread greeted: {}",
        greet_on_this_thread(&names).await
    );
    Ok(())
}
