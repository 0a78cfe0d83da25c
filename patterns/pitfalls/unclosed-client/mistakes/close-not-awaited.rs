//! Closing a pool takes time, so it is a future, and somebody has to await it.

use sqlx::SqlitePool;

#[tokio::main]
async fn main() -> sqlx::Result<()> {
    let pool = SqlitePool::connect("sqlite::memory:").await?;
    pool.close(); //~ unused_must_use
    Ok(())
}
