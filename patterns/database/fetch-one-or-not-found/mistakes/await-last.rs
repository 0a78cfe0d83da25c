//! A method of the result cannot be called on the future.

use sqlx::SqlitePool;

async fn user_name(db: &SqlitePool, user_id: i64) -> sqlx::Result<String> {
    sqlx::query_scalar("SELECT name FROM users WHERE id = $1")
        .bind(user_id)
        .fetch_optional(db)
        .ok_or(sqlx::Error::RowNotFound) //~ E0599
        .await
}

#[tokio::main]
async fn main() -> sqlx::Result<()> {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    println!("{}", user_name(&db, 1).await?);
    Ok(())
}
