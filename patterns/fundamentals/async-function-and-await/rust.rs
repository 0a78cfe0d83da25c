//! An async function runs when it is awaited, and its future only once.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Result;
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use tokio::time::sleep;

#[derive(sqlx::FromRow)]
struct User {
    name: String,
}

struct UserProfile {
    name: String,
}

impl UserProfile {
    fn from_user(user: User) -> Self {
        Self { name: user.name }
    }
}

#[derive(Clone)]
struct Store {
    pool: SqlitePool,
    asked: Arc<Mutex<Vec<u32>>>,
}

impl Store {
    fn new(pool: &SqlitePool) -> Self {
        let (pool, asked) = (pool.clone(), Arc::default());
        Self { pool, asked }
    }

    fn note(&self, user_id: u32) {
        self.asked.lock().expect("not poisoned").push(user_id);
    }

    fn asked(&self) -> usize {
        self.asked.lock().expect("not poisoned").len()
    }
}

// ANCHOR: core
async fn get_user(store: &Store, user_id: u32) -> Result<Option<User>> {
    store.note(user_id);
    let query = sqlx::query_as("SELECT name FROM users WHERE id = ?");
    Ok(query.bind(user_id).fetch_optional(&store.pool).await?)
}

async fn get_user_profile(
    store: &Store,
    user_id: u32,
) -> Result<Option<UserProfile>> {
    let user = get_user(store, user_id).await?;
    Ok(user.map(UserProfile::from_user))
}

// ANCHOR_END: core
// ANCHOR: lazy
async fn call_then_await(store: Store) -> Result<String> {
    let future = get_user(&store, 1);
    let called = store.asked();
    future.await?;
    Ok(format!(
        "called: {called} run, awaited: {} run",
        store.asked()
    ))
}

// ANCHOR_END: lazy
// ANCHOR: started
async fn start_then_await(store: Store) -> Result<String> {
    let theirs = store.clone();
    let task = tokio::spawn(async move { get_user(&theirs, 1).await });
    sleep(Duration::from_millis(10)).await; // waits for something else
    let started = store.asked();
    task.await??;
    Ok(format!(
        "started: {started} run, awaited: {} run",
        store.asked()
    ))
}

// ANCHOR_END: started
fn name_of(profile: Option<UserProfile>) -> String {
    profile.map_or("nobody".to_owned(), |profile| profile.name)
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<()> {
    let options = SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect("sqlite::memory:").await?;
    sqlx::raw_sql(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         INSERT INTO users VALUES (1, 'ada');",
    )
    .execute(&pool)
    .await?;

    let store = Store::new(&pool);
    println!("known id: {}", name_of(get_user_profile(&store, 1).await?));
    println!(
        "unknown id: {}",
        name_of(get_user_profile(&store, 2).await?)
    );
    println!("{}", call_then_await(Store::new(&pool)).await?);
    println!("{}", start_then_await(Store::new(&pool)).await?);
    pool.close().await;
    Ok(())
}
