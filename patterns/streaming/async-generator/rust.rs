//! An async stream makes values on demand, and dropping it closes it.

use std::cell::RefCell;
use std::pin::pin;
use std::time::Duration;

use async_stream::{stream, try_stream};
use futures::stream::{self, Stream, StreamExt, TryStreamExt};
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{FromRow, SqlitePool, query_as, query_scalar};
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

const NAMES: [&str; 3] = ["tea", "coffee", "cocoa"];
const SCHEMA: &str = "
    CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    INSERT INTO products (name) VALUES ('tea'), ('coffee'), ('cocoa');
";

#[derive(Default)]
struct Log(RefCell<Vec<String>>);

impl Log {
    fn append(&self, event: impl Into<String>) {
        self.0.borrow_mut().push(event.into());
    }

    fn take(&self) -> String {
        self.0.take().join(", ")
    }
}

#[derive(FromRow)]
struct Product {
    name: String,
}

/// Three products, one connection, and a log.
struct Db {
    pool: SqlitePool,
    log: Log,
}

// ANCHOR: core
const ALL: &str = "SELECT name FROM products ORDER BY id";

fn stream_all_products(db: &Db) -> impl Stream<Item = sqlx::Result<Product>> {
    try_stream! {
        let mut rows = query_as::<_, Product>(ALL).fetch(&db.pool);
        while let Some(product) = rows.try_next().await? {
            db.log.append(format!("made {}", product.name));
            yield product;
        }
    }
}

async fn process_all(db: &Db) -> sqlx::Result<()> {
    let mut products = pin!(stream_all_products(db));
    db.log.append("called");
    while let Some(product) = products.try_next().await? {
        db.log.append(format!("processed {}", product.name));
    }
    Ok(())
}

// ANCHOR_END: core
// ANCHOR: bad
async fn first_and_next(db: &Db) -> sqlx::Result<String> {
    let mut products = pin!(stream_all_products(db));
    let first = name(products.try_next().await?);
    Ok(format!("{first}, then {}", next_query(db).await?))
}

// ANCHOR_END: bad
// ANCHOR: good
async fn first_closed_and_next(db: &Db) -> sqlx::Result<String> {
    let first = {
        let mut products = pin!(stream_all_products(db));
        name(products.try_next().await?)
    };
    Ok(format!("{first}, then {}", next_query(db).await?))
}

// ANCHOR_END: good
fn name(product: Option<Product>) -> String {
    product.map_or_else(|| String::from("nothing"), |product| product.name)
}

async fn next_query(db: &Db) -> sqlx::Result<String> {
    match query_scalar("SELECT 'an answer'").fetch_one(&db.pool).await {
        Err(sqlx::Error::PoolTimedOut) => Ok(String::from("no connection")),
        answer => answer,
    }
}

// ANCHOR: collected
struct Closing<'a>(&'a Log);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.append("closed");
    }
}

fn count(log: &Log) -> impl Stream<Item = u32> {
    stream! {
        let _closing = Closing(log);
        for number in [1, 2, 3] {
            yield number;
        }
    }
}

async fn leave_early(log: &Log) {
    {
        let mut numbers = pin!(count(log));
        if let Some(number) = numbers.next().await {
            log.append(format!("got {number}"));
        }
    }
    log.append("after the loop");
}

// ANCHOR_END: collected
// ANCHOR: timeout
async fn wait_for_each(log: &Log) {
    let limit = Duration::from_millis(50);
    let mut numbers = pin!(count(log));
    while let Ok(Some(number)) = timeout(limit, numbers.next()).await {
        log.append(format!("got {number}"));
        sleep(limit * 2).await; // takes longer than any wait may
    }
}

// ANCHOR_END: timeout
async fn fetch_page(number: usize) -> Option<Vec<&'static str>> {
    yield_now().await;
    NAMES.chunks(2).nth(number - 1).map(<[&str]>::to_vec)
}

// ANCHOR: by-hand
fn pages() -> impl Stream<Item = Vec<&'static str>> {
    stream::unfold(1, |number| async move {
        let page = fetch_page(number).await?;
        Some((page, number + 1))
    })
}

// ANCHOR_END: by-hand
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_millis(300))
        .connect("sqlite::memory:")
        .await?;
    sqlx::raw_sql(SCHEMA).execute(&pool).await?;
    let log = Log::default();
    let db = Db { pool, log };

    process_all(&db).await?;
    println!("{}", db.log.take());
    println!("left open: {}", first_and_next(&db).await?);
    println!("closed: {}", first_closed_and_next(&db).await?);

    let log = Log::default();
    leave_early(&log).await;
    println!("left early: {}", log.take());
    wait_for_each(&log).await;
    println!("timeout outside: {}", log.take());
    let pages = pages().map(|page| page.join(" "));
    println!("pages: {}", pages.collect::<Vec<_>>().await.join(", "));
    Ok(())
}
