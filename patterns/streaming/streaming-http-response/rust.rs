//! A response body that is sent item by item while it is still being made.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::ensure;
use async_stream::try_stream;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::{Stream, TryStreamExt};
use reqwest::{Client, Response};
use serde::{Deserialize, Serialize};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{FromRow, Sqlite, SqlitePool, query_as};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};
use tokio::time::timeout;

const NDJSON: [(HeaderName, &str); 1] =
    [(CONTENT_TYPE, "application/x-ndjson")];
const SCHEMA: &str = "
    CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO items (name) VALUES ('tea'), ('coffee'), ('cocoa');
";

type Line = anyhow::Result<String>;

#[derive(Clone)]
struct App {
    pool: SqlitePool,
    log: Arc<Mutex<Vec<String>>>,
    received: Arc<Semaphore>,
    db_closed: Arc<Notify>,
}

impl App {
    fn log(&self, event: impl Into<String>) {
        let log = self.log.lock();
        log.unwrap_or_else(PoisonError::into_inner)
            .push(event.into());
    }

    fn take_log(&self) -> String {
        let log = self.log.lock();
        let mut log = log.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *log).join(", ")
    }
}

#[derive(Deserialize, FromRow, Serialize)]
struct Item {
    id: u32,
    name: String,
}

// ANCHOR: resource
struct Db {
    conn: PoolConnection<Sqlite>,
    app: App,
}

async fn open_db(app: App) -> sqlx::Result<Db> {
    let conn = app.pool.acquire().await?;
    Ok(Db { conn, app })
}

impl Drop for Db {
    fn drop(&mut self) {
        self.app.log("db closed");
        self.app.db_closed.notify_one();
    }
}
// ANCHOR_END: resource

// ANCHOR: core
const ITEMS: &str = "SELECT id, name FROM items ORDER BY id";

fn generate(app: App) -> impl Stream<Item = Line> {
    try_stream! {
        let mut db = open_db(app.clone()).await?;
        let mut rows = query_as::<_, Item>(ITEMS).fetch(&mut *db.conn);
        while let Some(item) = rows.try_next().await? {
            app.log(format!("made {}", item.id));
            yield serde_json::to_string(&item)? + "\n";
            // Until the client has this item.
            app.received.acquire().await?.forget();
        }
    }
}

async fn stream_items(State(app): State<App>) -> impl IntoResponse {
    (NDJSON, Body::from_stream(generate(app)))
}
// ANCHOR_END: core

// ANCHOR: error
fn generate_and_fail(app: App) -> impl Stream<Item = Line> {
    generate(app).and_then(|line| async {
        ensure!(!line.contains("coffee"), "no coffee left");
        Ok(line)
    })
}

async fn stream_broken_items(State(app): State<App>) -> impl IntoResponse {
    (NDJSON, Body::from_stream(generate_and_fail(app)))
}
// ANCHOR_END: error

// ANCHOR: client
async fn read(
    mut body: Response,
    leave: bool,
    app: &App,
) -> anyhow::Result<()> {
    // The server waits after each line, so here a chunk is a line.
    while let Some(line) = body.chunk().await? {
        let item: Item = serde_json::from_slice(&line)?;
        app.log(format!("got {}", item.id));
        if leave {
            return Ok(());
        }
        app.received.add_permits(1);
    }
    app.log("end");
    Ok(())
}
// ANCHOR_END: client

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let memory = SqlitePoolOptions::new().max_connections(1);
    let app = App {
        pool: memory.connect("sqlite::memory:").await?,
        log: Arc::default(),
        received: Arc::new(Semaphore::new(0)),
        db_closed: Arc::default(),
    };
    sqlx::raw_sql(SCHEMA).execute(&app.pool).await?;
    let router = Router::new()
        .route("/items/stream", get(stream_items))
        .route("/items/broken", get(stream_broken_items))
        .with_state(app.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/items/", listener.local_addr()?);
    tokio::spawn(async { axum::serve(listener, router).await });
    let client = Client::new();

    for (path, leave) in
        [("stream", false), ("broken", false), ("stream", true)]
    {
        let response = client.get(format!("{url}{path}")).send().await?;
        let status = response.status().as_u16();
        if let Err(error) = read(response, leave, &app).await {
            let error: reqwest::Error = error.downcast()?;
            app.log(error.without_url().to_string());
        }
        timeout(Duration::from_secs(5), app.db_closed.notified()).await?;
        println!("{path}: {status}, {}", app.take_log());
    }
    Ok(())
}
