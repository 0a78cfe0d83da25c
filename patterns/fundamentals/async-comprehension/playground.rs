//! Collect, index and filter what an async stream yields.

use std::collections::HashMap;
use std::future::ready;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use futures::{Stream, StreamExt, TryStreamExt, stream};
use tokio::time::sleep;

struct User {
    id: u32,
    name: &'static str,
    is_active: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("page {0} is broken")]
struct ApiError(u32);

type Result<T> = std::result::Result<T, ApiError>;

/// Two pages of users; counts the loads at work.
#[derive(Default)]
struct Api {
    broken_page: Option<u32>,
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Api {
    async fn page(&self, number: u32) -> Result<Vec<User>> {
        sleep(Duration::from_millis(10)).await;
        if self.broken_page == Some(number) {
            return Err(ApiError(number));
        }
        let user = |id, name, is_active| User {
            id,
            name,
            is_active,
        };
        if number == 1 {
            return Ok(vec![user(1, "ada", true), user(2, "bob", false)]);
        }
        Ok(vec![user(3, "cyd", true)])
    }

    async fn load_name(&self, user: User) -> Result<&'static str> {
        let now = self.now.fetch_add(1, SeqCst) + 1;
        self.peak.fetch_max(now, SeqCst);
        sleep(Duration::from_millis(50)).await;
        self.now.fetch_sub(1, SeqCst);
        Ok(user.name)
    }
}

/// Users one by one; a page is fetched when its first user is wanted.
fn fetch_users(api: &Api) -> impl Stream<Item = Result<User>> {
    stream::iter([1, 2])
        .then(|number| api.page(number))
        .map_ok(|users| stream::iter(users).map(Ok))
        .try_flatten()
}

async fn describe_users(api: &Api) -> Result<String> {
    let users: Vec<User> = fetch_users(api).try_collect().await?;
    let user_map: HashMap<u32, User> =
        fetch_users(api).map_ok(|u| (u.id, u)).try_collect().await?;
    let active_users: Vec<User> = fetch_users(api)
        .try_filter(|u| ready(u.is_active))
        .try_collect()
        .await?;

    let (all, active) = (users.len(), active_users.len());
    let last = user_map[&3].name;
    Ok(format!("{all} users, {active} active, 3 is {last}"))
}

async fn names_in_turn(api: &Api) -> Result<Vec<&'static str>> {
    let names = fetch_users(api).and_then(|user| api.load_name(user));
    names.try_collect().await
}

async fn names_together(api: &Api) -> Result<Vec<&'static str>> {
    let loads = fetch_users(api).map_ok(|user| api.load_name(user));
    loads.try_buffered(10).try_collect().await
}

/// A collection is all or nothing.
async fn names_or_error(api: &Api) -> Vec<String> {
    let names = fetch_users(api).map_ok(|user| user.name.to_owned());
    let names: Result<Vec<String>> = names.try_collect().await;
    names.unwrap_or_else(|error| vec![error.to_string()])
}

/// A loop has what came before the error.
async fn names_before_error(api: &Api) -> Vec<String> {
    let mut names = Vec::new();
    let mut users = pin!(fetch_users(api));
    while let Some(user) = users.next().await {
        match user {
            Ok(user) => names.push(user.name.to_owned()),
            Err(error) => names.push(error.to_string()),
        }
    }
    names
}

// Virtual time: a sleep ends when nothing else can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<()> {
    let api = Api::default();
    println!("core: {}", describe_users(&api).await?);

    let names = names_in_turn(&api).await?.join(", ");
    println!("in turn: {names}, {} at a time", api.peak.load(SeqCst));
    let names = names_together(&api).await?.join(", ");
    println!("together: {names}, {} at a time", api.peak.load(SeqCst));

    let broken = Api {
        broken_page: Some(2),
        ..Api::default()
    };
    let names = names_or_error(&broken).await.join(", ");
    println!("page 2 broken: {names}");
    let names = names_before_error(&broken).await.join(", ");
    println!("in a loop: {names}");
    Ok(())
}
