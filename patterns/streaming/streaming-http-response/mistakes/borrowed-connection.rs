//! A body outlives the handler, so it cannot borrow the handler's connection.

use axum::body::Body;
use axum::extract::State;
use futures::TryStreamExt;
use sqlx::SqlitePool;

async fn stream_items(State(pool): State<SqlitePool>) -> sqlx::Result<Body> {
    let mut db = pool.acquire().await?;
    let rows = sqlx::query_scalar("SELECT name FROM items").fetch(&mut *db); //~ E0597
    Ok(Body::from_stream(rows.map_ok(|name: String| name + "\n")))
}

#[tokio::main]
async fn main() -> sqlx::Result<()> {
    let pool = SqlitePool::connect("sqlite::memory:").await?;
    stream_items(State(pool)).await?;
    Ok(())
}
