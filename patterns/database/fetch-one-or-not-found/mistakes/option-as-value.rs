//! A row that may be missing is not a user: it has no fields.

use sqlx::SqlitePool;

#[derive(sqlx::FromRow)]
struct UserProfile {
    name: String,
}

async fn user_name(db: &SqlitePool, user_id: i64) -> sqlx::Result<String> {
    let user: Option<UserProfile> =
        sqlx::query_as("SELECT name FROM users WHERE id = $1")
            .bind(user_id)
            .fetch_optional(db)
            .await?;
    Ok(user.name) //~ E0609
}

#[tokio::main]
async fn main() -> sqlx::Result<()> {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    println!("{}", user_name(&db, 1).await?);
    Ok(())
}
