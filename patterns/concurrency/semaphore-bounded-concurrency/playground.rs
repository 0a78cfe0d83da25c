//! Keep at most ten calls in flight, whoever makes them.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use futures::future::{join_all, try_join_all};
use futures::stream::{self, StreamExt};
use tokio::sync::{AcquireError, Semaphore};
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

/// All calls through one of these share its limit.
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

/// Each call of this has a limit of its own.
async fn fetch_all_products(api: &Api, product_ids: &[u32]) -> Vec<String> {
    stream::iter(product_ids)
        .map(|&product_id| api.get_product(product_id))
        .buffered(10)
        .collect()
        .await
}

/// No limit: a permit without a name is dropped at once.
async fn fetch_without_limit(api: &Api, product_ids: &[u32]) -> AllFetched {
    let semaphore = &Semaphore::new(10);
    let fetches = product_ids.iter().map(|&product_id| async move {
        let _ = semaphore.acquire().await?; // dropped on this line
        Ok(api.get_product(product_id).await)
    });
    try_join_all(fetches).await
}

// Virtual time: a sleep ends when nothing else can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), AcquireError> {
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
    Ok(())
}
