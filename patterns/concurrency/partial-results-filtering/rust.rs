//! Use the lookups that succeeded, and report those that did not.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};

use futures::FutureExt;
use futures::future::join_all;
use tokio::task::yield_now;

#[derive(Debug, thiserror::Error)]
#[error("shard {0} is down")]
struct RepositoryError(u32);

#[derive(Debug, thiserror::Error)]
#[error("{0} lookups failed")]
struct TooManyFailed(usize);

struct Item {
    id: u32,
}

/// Items 1 to 5 on two shards: odd ids on shard 1, even ids on shard 0.
struct Repository {
    down: Option<u32>,
}

impl Repository {
    async fn get(&self, id: u32) -> Result<Option<Item>, RepositoryError> {
        assert!(id > 0, "ids start at 1");
        yield_now().await;
        let shard = id % 2;
        if self.down == Some(shard) {
            return Err(RepositoryError(shard));
        }
        Ok((id <= 5).then_some(Item { id }))
    }
}

// ANCHOR: core
#[derive(Default)]
struct Lookup {
    found: Vec<Item>,
    missing: Vec<u32>,
    failed: BTreeMap<u32, RepositoryError>,
}

async fn get_multiple_items(repository: &Repository, ids: &[u32]) -> Lookup {
    let gets = ids.iter().map(|&id| repository.get(id));
    let results = join_all(gets).await;
    let mut lookup = Lookup::default();
    for (&id, result) in ids.iter().zip(results) {
        match result {
            Ok(Some(item)) => lookup.found.push(item),
            Ok(None) => lookup.missing.push(id),
            Err(error) => {
                lookup.failed.insert(id, error);
            }
        }
    }
    lookup
}
// ANCHOR_END: core

// ANCHOR: threshold
fn require(lookup: &Lookup, may_fail: usize) -> Result<&[Item], TooManyFailed> {
    if lookup.failed.len() > may_fail {
        return Err(TooManyFailed(lookup.failed.len()));
    }
    Ok(&lookup.found)
}
// ANCHOR_END: threshold

// ANCHOR: filter
async fn get_items_filtered(repository: &Repository, ids: &[u32]) -> Vec<Item> {
    let gets = ids.iter().map(|&id| repository.get(id));
    let results = join_all(gets).await;
    results.into_iter().flatten().flatten().collect()
}
// ANCHOR_END: filter

impl Lookup {
    fn show(&self) -> String {
        format!(
            "found {}, missing {}, failed {}",
            listed(self.found.iter().map(|item| item.id)),
            listed(self.missing.iter().copied()),
            listed(self.failed.keys().copied()),
        )
    }
}

fn listed(ids: impl Iterator<Item = u32>) -> String {
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    if ids.is_empty() {
        "none".to_owned()
    } else {
        ids.join(" ")
    }
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    panic::set_hook(Box::new(|_| ())); // the default prints to stderr
    let ids = [1, 2, 3, 4, 5];
    let all_up = Repository { down: None };
    println!("all up: {}", get_multiple_items(&all_up, &ids).await.show());
    let shard_1_down = Repository { down: Some(1) };
    let lookup = get_multiple_items(&shard_1_down, &ids).await;
    println!("shard 1 down: {}", lookup.show());
    for may_fail in [3, 2] {
        let answer = match require(&lookup, may_fail) {
            Ok(items) => listed(items.iter().map(|item| item.id)),
            Err(error) => error.to_string(),
        };
        println!("{may_fail} may fail: {answer}");
    }

    let shard_0_down = Repository { down: Some(0) };
    for (label, repository, asked) in [
        ("unknown ids", &all_up, [6, 8]),
        ("shard 0 down", &shard_0_down, [2, 4]),
    ] {
        let items = get_items_filtered(repository, &asked).await;
        let ids = listed(items.iter().map(|item| item.id));
        println!("{label}, filtered: {ids}");
        let lookup = get_multiple_items(repository, &asked).await;
        println!("{label}: {}", lookup.show());
    }

    let lookup = AssertUnwindSafe(get_multiple_items(&all_up, &[0, 4]));
    if let Err(bug) = lookup.catch_unwind().await {
        println!("bug: {}", bug.downcast_ref().unwrap_or(&"unknown"));
    }
}
