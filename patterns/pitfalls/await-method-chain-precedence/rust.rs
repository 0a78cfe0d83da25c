//! Await takes what stands on its left, so a chain runs in reading order.

use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Executor, Row, SqlitePool};

const OLDEST_FIRST: &str = "SELECT name FROM items ORDER BY created_at";
const NEWEST_FIRST: &str = "SELECT name FROM items ORDER BY created_at DESC \
                            LIMIT $1 OFFSET $2";

// ANCHOR: good
async fn list_items(
    db: &SqlitePool,
    skip: u32,
    limit: u32,
) -> sqlx::Result<Vec<String>> {
    let statement = sqlx::query_scalar(NEWEST_FIRST);
    statement.bind(limit).bind(skip).fetch_all(db).await
}

// ANCHOR_END: good
// ANCHOR: both-await
async fn oldest_item(db: &SqlitePool) -> sqlx::Result<String> {
    let row = db.acquire().await?.fetch_one(OLDEST_FIRST).await?;
    row.try_get("name")
}

// ANCHOR_END: both-await
// ANCHOR: operators
async fn number() -> i32 {
    3
}

async fn numbers() -> [i32; 2] {
    [4, 5]
}

async fn operators() -> [i32; 4] {
    [
        numbers().await[1],
        number().await.pow(2),
        -number().await,
        number().await + number().await,
    ]
}

// ANCHOR_END: operators
struct Items {
    db: SqlitePool,
    queries: u32,
}

impl Items {
    async fn cached(&self, item_id: u32) -> Option<String> {
        (item_id == 1).then(|| "lamp".to_owned())
    }

    async fn stored(&mut self, item_id: u32) -> sqlx::Result<Option<String>> {
        self.queries += 1;
        sqlx::query_scalar("SELECT name FROM items WHERE id = $1")
            .bind(item_id)
            .fetch_optional(&self.db)
            .await
    }

    // ANCHOR: eager
    async fn get_item_eager(
        &mut self,
        item_id: u32,
    ) -> sqlx::Result<Option<String>> {
        let name = self.cached(item_id).await;
        Ok(name.or(self.stored(item_id).await?))
    }

    // ANCHOR_END: eager
    // ANCHOR: fallback
    async fn get_item(&mut self, item_id: u32) -> sqlx::Result<Option<String>> {
        match self.cached(item_id).await {
            Some(name) => Ok(Some(name)),
            None => self.stored(item_id).await,
        }
    }

    // ANCHOR_END: fallback
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> sqlx::Result<()> {
    let options = SqlitePoolOptions::new().max_connections(1);
    let db = options.connect("sqlite::memory:").await?;
    db.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name, created_at)")
        .await?;
    for (day, name) in (1..).zip(["lamp", "desk", "sofa"]) {
        sqlx::query("INSERT INTO items (name, created_at) VALUES ($1, $2)")
            .bind(name)
            .bind(format!("2026-01-{day:02}"))
            .execute(&db)
            .await?;
    }

    println!("good: {}", list_items(&db, 1, 2).await?.join(" "));
    println!("both await: {}", oldest_item(&db).await?);
    println!(
        "operators: {}",
        operators().await.map(|n| n.to_string()).join(" ")
    );

    for item_id in [1, 2] {
        let mut items = Items {
            db: db.clone(),
            queries: 0,
        };
        let name = items.get_item_eager(item_id).await?.unwrap_or_default();
        let queries = items.queries;
        println!("eager, item {item_id}: {name}, queries: {queries}");
        items.queries = 0;
        let name = items.get_item(item_id).await?.unwrap_or_default();
        println!("item {item_id}: {name}, queries: {}", items.queries);
    }
    db.close().await;
    Ok(())
}
