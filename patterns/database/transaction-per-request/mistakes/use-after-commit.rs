//! A committed transaction is gone: nothing can be added to it.

use sqlx::PgPool;

async fn create_user(db: &PgPool, email: &str) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("INSERT INTO users (email) VALUES ($1)")
        .bind(email)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    sqlx::query("INSERT INTO welcome (email) VALUES ($1)")
        .bind(email)
        .execute(&mut *tx) //~ E0382
        .await?;
    Ok(())
}

#[tokio::main]
async fn main() -> sqlx::Result<()> {
    let db = PgPool::connect("postgresql://localhost/app").await?;
    create_user(&db, "ada").await
}
