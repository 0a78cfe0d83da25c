//! Keep at most ten calls in flight, and size a limit to its resource.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use futures::future::{join_all, try_join_all};
use futures::stream::{self, StreamExt};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Sqlite, SqlitePool};
use tokio::sync::{AcquireError, Semaphore, watch};
use tokio::time::sleep;

/// An external service that counts how many calls are in flight.
#[derive(Default)]
struct Api {
    in_flight: AtomicUsize,
    peak: AtomicUsize,
}

impl Api {
    async fn get_product(&self, product_id: u32) -> String {
        let in_flight = self.in_flight.fetch_add(1, SeqCst) + 1;
        self.peak.fetch_max(in_flight, SeqCst);
        let millis = if product_id % 2 == 1 { 5 } else { 15 };
        sleep(Duration::from_millis(millis)).await;
        self.in_flight.fetch_sub(1, SeqCst);
        format!("product {product_id}")
    }

    fn peak(&self) -> usize {
        self.peak.load(SeqCst)
    }
}

type Fetched = Result<String, AcquireError>;
type AllFetched = Result<Vec<String>, AcquireError>;

// ANCHOR: core
struct Products<'a> {
    api: &'a Api,
    semaphore: Semaphore,
}

impl<'a> Products<'a> {
    fn new(api: &'a Api) -> Self {
        let semaphore = Semaphore::new(10);
        Self { api, semaphore }
    }

    async fn fetch_with_limit(&self, product_id: u32) -> Fetched {
        let _permit = self.semaphore.acquire().await?;
        Ok(self.api.get_product(product_id).await)
    }

    async fn fetch_all_products(&self, product_ids: &[u32]) -> AllFetched {
        let ids = product_ids.iter();
        try_join_all(ids.map(|&id| self.fetch_with_limit(id))).await
    }
}
// ANCHOR_END: core

// ANCHOR: per-call
async fn fetch_all_products(api: &Api, product_ids: &[u32]) -> Vec<String> {
    stream::iter(product_ids)
        .map(|&product_id| api.get_product(product_id))
        .buffered(10)
        .collect()
        .await
}
// ANCHOR_END: per-call

// ANCHOR: dropped-permit
async fn fetch_without_limit(api: &Api, product_ids: &[u32]) -> AllFetched {
    let semaphore = &Semaphore::new(10);
    let fetches = product_ids.iter().map(|&product_id| async move {
        let _ = semaphore.acquire().await?; // dropped on this line
        Ok(api.get_product(product_id).await)
    });
    try_join_all(fetches).await
}
// ANCHOR_END: dropped-permit

/// A pool whose queries last until a rush of callers is settled.
struct Database {
    pool: SqlitePool,
    rush: usize,
    settled: watch::Sender<usize>,
}

impl Database {
    fn new(pool: SqlitePool) -> Self {
        let settled = watch::Sender::new(0);
        let rush = 0;
        Self {
            pool,
            rush,
            settled,
        }
    }

    async fn acquire(&self) -> sqlx::Result<PoolConnection<Sqlite>> {
        let connection = self.pool.acquire().await;
        self.settled.send_modify(|settled| *settled += 1);
        connection
    }

    async fn slow_select(
        &self,
        mut connection: PoolConnection<Sqlite>,
        item: i64,
    ) -> anyhow::Result<String> {
        let mut settled = self.settled.subscribe();
        settled.wait_for(|&settled| settled >= self.rush).await?;
        let query = sqlx::query_scalar("select 'item ' || ?").bind(item);
        Ok(query.fetch_one(&mut *connection).await?)
    }
}

// ANCHOR: pool
fn open_database(folder: &Path) -> Database {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("items.db"))
        .create_if_missing(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(15)
        .acquire_timeout(Duration::from_millis(1200))
        .connect_lazy_with(options);
    Database::new(pool)
}

async fn get_items(database: &Database, limit: usize) -> Vec<String> {
    let semaphore = Semaphore::new(limit);
    let limited_get = async |item_id| {
        let _permit = semaphore.acquire().await?;
        let connection = database.acquire().await?;
        database.slow_select(connection, item_id).await
    };
    let gets = (0..50).map(|item_id| outcome(limited_get(item_id)));
    join_all(gets).await
}
// ANCHOR_END: pool

async fn outcome(
    lookup: impl Future<Output = anyhow::Result<String>>,
) -> String {
    match lookup.await {
        Ok(_) => "found".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let product_ids: Vec<u32> = (1..=40).collect();
    let expected = product_ids.iter().map(|id| format!("product {id}"));

    let api = Api::default();
    let found = Products::new(&api).fetch_all_products(&product_ids).await?;
    let in_order = if expected.eq(found) { "yes" } else { "no" };
    println!("one call: {} in flight", api.peak());
    println!("results in order: {in_order}");

    let api = Api::default();
    join_all((0..3).map(|_| fetch_all_products(&api, &product_ids))).await;
    println!("three calls, a limit per call: {} in flight", api.peak());

    let api = Api::default();
    let products = Products::new(&api);
    try_join_all((0..3).map(|_| products.fetch_all_products(&product_ids)))
        .await?;
    println!("three calls, a shared limit: {} in flight", api.peak());

    let api = Api::default();
    fetch_without_limit(&api, &product_ids).await?;
    println!("one call, permit dropped: {} in flight", api.peak());

    let folder = std::env::temp_dir();
    let folder = folder.join(format!("semaphore-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    for limit in [50, 15] {
        let mut database = open_database(&folder);
        database.rush = limit;
        let mut outcomes = BTreeMap::<_, u32>::new();
        for name in get_items(&database, limit).await {
            *outcomes.entry(name).or_default() += 1;
        }
        println!("limit of {limit} over a pool of 15:");
        for (name, count) in outcomes {
            println!("  {count} x {name}");
        }
        database.pool.close().await;
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
