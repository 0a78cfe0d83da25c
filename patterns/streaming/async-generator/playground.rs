//! An async stream makes values on demand, and dropping it closes it.

use std::cell::RefCell;
use std::pin::pin;
use std::slice::Iter;
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::yield_now;
use tokio::time::timeout;

const NAMES: [&str; 3] = ["tea", "coffee", "cocoa"];

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

/// Three products, one connection, and a log.
struct Db {
    connection: Semaphore,
    log: Log,
}

/// A query at work: it holds the connection until it is dropped.
struct Rows<'a> {
    names: Iter<'a, &'static str>,
    log: &'a Log,
    _connection: SemaphorePermit<'a>,
}

impl Db {
    async fn query(&self) -> Option<Rows<'_>> {
        let limit = Duration::from_millis(300);
        let connection = timeout(limit, self.connection.acquire()).await;
        Some(Rows {
            names: NAMES.iter(),
            log: &self.log,
            _connection: connection.ok()?.ok()?,
        })
    }
}

impl Drop for Rows<'_> {
    fn drop(&mut self) {
        self.log.append("closed");
    }
}

type Next<'a> = Option<(&'static str, Option<Rows<'a>>)>;

/// One step: the first begins the query, and the last drops it.
async fn next_product<'a>(db: &'a Db, rows: Option<Rows<'a>>) -> Next<'a> {
    let mut rows = match rows {
        Some(rows) => rows,
        None => db.query().await?,
    };
    yield_now().await;
    let name = rows.names.next()?;
    db.log.append(format!("made {name}"));
    Some((name, Some(rows)))
}

fn stream_all_products(db: &Db) -> impl Stream<Item = &'static str> {
    stream::unfold(None, |rows| next_product(db, rows))
}

async fn process_all(db: &Db) {
    let mut products = pin!(stream_all_products(db));
    db.log.append("called");
    while let Some(product) = products.next().await {
        db.log.append(format!("processed {product}"));
    }
}

async fn leave_early(db: &Db) {
    {
        let mut products = pin!(stream_all_products(db));
        if let Some(product) = products.next().await {
            db.log.append(format!("got {product}"));
        }
    }
    db.log.append("after the block");
}

async fn first_and_next(db: &Db) -> String {
    let mut products = pin!(stream_all_products(db));
    let first = products.next().await.unwrap_or("nothing");
    format!("{first}, then {}", next_query(db).await)
}

async fn first_closed_and_next(db: &Db) -> String {
    let first = {
        let mut products = pin!(stream_all_products(db));
        products.next().await.unwrap_or("nothing")
    };
    format!("{first}, then {}", next_query(db).await)
}

async fn next_query(db: &Db) -> &'static str {
    match db.query().await {
        Some(_) => "an answer",
        None => "no connection",
    }
}

// Virtual time: a timeout ends when nothing else can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (connection, log) = (Semaphore::new(1), Log::default());
    let db = Db { connection, log };
    process_all(&db).await;
    println!("{}", db.log.take());
    leave_early(&db).await;
    println!("left early: {}", db.log.take());
    println!("left open: {}", first_and_next(&db).await);
    println!("closed: {}", first_closed_and_next(&db).await);
}
