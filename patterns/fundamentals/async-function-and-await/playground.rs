//! An async function runs when it is awaited, or when a task does so for you.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::{self, JoinError};
use tokio::time::sleep;

struct User {
    name: &'static str,
}

struct UserProfile {
    name: String,
}

impl UserProfile {
    fn from_user(user: User) -> Self {
        let name = user.name.to_owned();
        Self { name }
    }
}

/// Knows one user, and notes the ids that it was asked for.
#[derive(Default)]
struct Store {
    asked: Mutex<Vec<u32>>,
}

impl Store {
    fn note(&self, user_id: u32) {
        self.asked.lock().expect("not poisoned").push(user_id);
    }

    fn asked(&self) -> usize {
        self.asked.lock().expect("not poisoned").len()
    }
}

async fn get_user(store: &Store, user_id: u32) -> Option<User> {
    store.note(user_id);
    task::yield_now().await;
    (user_id == 1).then_some(User { name: "ada" })
}

async fn get_user_profile(store: &Store, user_id: u32) -> Option<UserProfile> {
    let user = get_user(store, user_id).await;
    user.map(UserProfile::from_user)
}

async fn call_then_await(store: &Store) -> String {
    let future = get_user(store, 1);
    let called = store.asked();
    future.await;
    format!("called: {called} run, awaited: {} run", store.asked())
}

async fn start_then_await(store: &Arc<Store>) -> Result<String, JoinError> {
    let theirs = Arc::clone(store);
    let task = tokio::spawn(async move { get_user(&theirs, 1).await });
    sleep(Duration::from_millis(10)).await; // waits for something else
    let started = store.asked();
    task.await?;
    let awaited = store.asked();
    Ok(format!("started: {started} run, awaited: {awaited} run"))
}

fn name_of(profile: Option<UserProfile>) -> String {
    profile.map_or("nobody".to_owned(), |profile| profile.name)
}

// Virtual time: a sleep ends when nothing else can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    let store = Store::default();
    let profile = get_user_profile(&store, 1).await;
    println!("known id: {}", name_of(profile));
    let profile = get_user_profile(&store, 2).await;
    println!("unknown id: {}", name_of(profile));

    println!("{}", call_then_await(&Store::default()).await);
    println!("{}", start_then_await(&Arc::default()).await?);
    Ok(())
}
