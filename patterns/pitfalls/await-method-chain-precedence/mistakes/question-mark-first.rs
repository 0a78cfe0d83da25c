//! The question mark asks for the result of a future that has none yet.

use sqlx::SqlitePool;

async fn count_items(db: &SqlitePool) -> sqlx::Result<i64> {
    let count = sqlx::query_scalar("SELECT count(*) FROM items");
    count.fetch_one(db)?.await //~ E0277
}

#[tokio::main]
async fn main() -> sqlx::Result<()> {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    println!("{}", count_items(&db).await?);
    Ok(())
}
