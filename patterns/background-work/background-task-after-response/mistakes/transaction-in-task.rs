//! A task cannot use the transaction that the handler still has to commit.

use sqlx::{Sqlite, SqlitePool, Transaction};
use tokio_util::task::TaskTracker;

async fn send_email(mut tx: Transaction<'static, Sqlite>) -> sqlx::Result<()> {
    sqlx::query("SELECT email FROM users")
        .execute(&mut *tx)
        .await?;
    Ok(())
}

async fn create_user(
    db: &SqlitePool,
    tracker: &TaskTracker,
) -> sqlx::Result<()> {
    let tx = db.begin().await?;
    tracker.spawn(send_email(tx));
    tx.commit().await //~ E0382
}

#[tokio::main]
async fn main() -> sqlx::Result<()> {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    create_user(&db, &TaskTracker::new()).await
}
