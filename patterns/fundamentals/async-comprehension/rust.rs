//! Collect, index and filter what an async stream yields.

use std::collections::HashMap;
use std::future::ready;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use async_stream::try_stream;
use futures::{Stream, StreamExt, TryStreamExt};
use tokio::task::yield_now;
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
        yield_now().await;
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
        sleep(Duration::from_millis(10)).await;
        self.now.fetch_sub(1, SeqCst);
        Ok(user.name)
    }
}

// ANCHOR: core
fn fetch_users(api: &Api) -> impl Stream<Item = Result<User>> {
    try_stream! {
        for number in [1, 2] {
            for user in api.page(number).await? {
                yield user;
            }
        }
    }
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
// ANCHOR_END: core

// ANCHOR: one-by-one
async fn names_in_turn(api: &Api) -> Result<Vec<&'static str>> {
    let names = fetch_users(api).and_then(|user| api.load_name(user));
    names.try_collect().await
}

async fn names_together(api: &Api) -> Result<Vec<&'static str>> {
    let loads = fetch_users(api).map_ok(|user| api.load_name(user));
    loads.try_buffered(10).try_collect().await
}
// ANCHOR_END: one-by-one

// ANCHOR: broken-page
async fn names_or_error(api: &Api) -> Vec<String> {
    let names = fetch_users(api).map_ok(|user| user.name.to_owned());
    let names: Result<Vec<String>> = names.try_collect().await;
    names.unwrap_or_else(|error| vec![error.to_string()])
}

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
// ANCHOR_END: broken-page

// ANCHOR: list-source
async fn fetch_user_list(api: &Api) -> Result<Vec<User>> {
    api.page(1).await
}

async fn active_names(api: &Api) -> Result<Vec<&'static str>> {
    let users = fetch_user_list(api).await?.into_iter();
    Ok(users.filter(|u| u.is_active).map(|u| u.name).collect())
}
// ANCHOR_END: list-source

// Virtual time: a sleep ends when nothing else can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
pub async fn main() -> anyhow::Result<()> {
    let api = Api::default();
    println!("core: {}", describe_users(&api).await?);

    let names = names_in_turn(&api).await?.join(", ");
    let peak = api.peak.load(SeqCst);
    println!("in turn: {names}, {peak} at a time");
    let names = names_together(&api).await?.join(", ");
    let peak = api.peak.load(SeqCst);
    println!("together: {names}, {peak} at a time");

    let broken = Api {
        broken_page: Some(2),
        ..Api::default()
    };
    println!(
        "page 2 broken: {}",
        names_or_error(&broken).await.join(", ")
    );
    println!(
        "in a loop: {}",
        names_before_error(&broken).await.join(", ")
    );
    println!("from a list: {}", active_names(&api).await?.join(", "));
    Ok(())
}
