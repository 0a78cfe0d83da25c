//! A known id answers 200 with the user, an unknown id answers 404.

use anyhow::Result;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{FromRow, SqlitePool};
use tower::ServiceExt;

// ANCHOR: types
#[derive(FromRow, Serialize)]
struct User {
    id: i64,
    name: String,
    secret: String,
}

#[derive(FromRow, Serialize)]
struct UserProfile {
    id: i64,
    name: String,
}
// ANCHOR_END: types

// ANCHOR: error-response
#[derive(Debug, thiserror::Error)]
enum AppError {
    #[error("user not found")]
    NotFound,
    #[error("internal server error")]
    Database(#[from] sqlx::Error),
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = match self {
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let body = Json(json!({ "detail": self.to_string() }));
        (status, body).into_response()
    }
}
// ANCHOR_END: error-response

// ANCHOR: core
async fn get_user(
    State(db): State<SqlitePool>,
    Path(user_id): Path<i64>,
) -> Result<Json<UserProfile>, AppError> {
    let user = sqlx::query_as("SELECT id, name FROM users WHERE id = $1")
        .bind(user_id)
        .fetch_optional(&db)
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(Json(user))
}
// ANCHOR_END: core

// ANCHOR: raw-row
async fn get_user_raw(
    State(db): State<SqlitePool>,
    Path(user_id): Path<i64>,
) -> Result<Json<Option<User>>, AppError> {
    let user = sqlx::query_as("SELECT * FROM users WHERE id = $1")
        .bind(user_id)
        .fetch_optional(&db)
        .await?;
    Ok(Json(user))
}
// ANCHOR_END: raw-row

// ANCHOR: await-order
async fn find_by_name(db: &SqlitePool, name: &str) -> Result<Option<User>> {
    let user = sqlx::query_as("SELECT * FROM users WHERE name = $1")
        .bind(name)
        .fetch_optional(db)
        .await?;
    Ok(user)
}
// ANCHOR_END: await-order

async fn get_and_print(app: &Router, label: &str, path: &str) -> Result<()> {
    let request = Request::get(path).body(Body::empty())?;
    let response = app.clone().oneshot(request).await?;
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await?;
    println!("{label}: {status} {}", String::from_utf8_lossy(&body));
    Ok(())
}

#[tokio::main]
pub async fn main() -> Result<()> {
    let db = SqlitePoolOptions::new()
        .max_connections(1)
        .connect("sqlite::memory:")
        .await?;
    sqlx::query(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, secret TEXT)",
    )
    .execute(&db)
    .await?;
    sqlx::query("INSERT INTO users VALUES (1, 'ada', 's3cret')")
        .execute(&db)
        .await?;

    let app = Router::new()
        .route("/users/{user_id}", get(get_user))
        .route("/raw/users/{user_id}", get(get_user_raw))
        .with_state(db.clone());
    get_and_print(&app, "known id", "/users/1").await?;
    get_and_print(&app, "unknown id", "/users/2").await?;
    get_and_print(&app, "not an id", "/users/ada").await?;
    get_and_print(&app, "raw row, known id", "/raw/users/1").await?;
    get_and_print(&app, "raw row, unknown id", "/raw/users/2").await?;

    for name in ["ada", "bob"] {
        let user = find_by_name(&db, name).await?;
        let found = user.map_or("nobody".to_string(), |user| user.name);
        println!("by name, {name}: {found}");
    }

    sqlx::query("DROP TABLE users").execute(&db).await?;
    get_and_print(&app, "table dropped", "/users/1").await?;
    Ok(())
}
