//! A commit before the answer is one that the client can rely on.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::{FromRow, PgPool};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

#[derive(Deserialize)]
struct UserCreate {
    email: String,
}

#[derive(FromRow, Serialize)]
struct UserOut {
    id: i32,
}

#[derive(Clone)]
struct AppState {
    db: PgPool,
    background_tasks: TaskTracker,
    seen_by_task: Arc<Mutex<HashMap<i32, bool>>>,
}

// ANCHOR: table
const TABLE: &str = "
    CREATE TABLE users (
        id SERIAL PRIMARY KEY,
        email TEXT NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED
    )";
// ANCHOR_END: table

// ANCHOR: send-email
async fn send_email(state: AppState, user_id: i32) -> sqlx::Result<()> {
    let user = sqlx::query("SELECT email FROM users WHERE id = $1")
        .bind(user_id)
        .fetch_optional(&state.db)
        .await?;
    let mut seen_by_task = state.seen_by_task.lock().unwrap();
    seen_by_task.insert(user_id, user.is_some());
    Ok(())
}
// ANCHOR_END: send-email

// ANCHOR: core
async fn create_user(
    State(state): State<AppState>,
    Json(user_in): Json<UserCreate>,
) -> Result<(StatusCode, Json<UserOut>), AppError> {
    let mut tx = state.db.begin().await?;
    let insert = "INSERT INTO users (email) VALUES ($1) RETURNING id";
    let user: UserOut = sqlx::query_as(insert)
        .bind(&user_in.email)
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    let task = send_email(state.clone(), user.id);
    state.background_tasks.spawn(task);
    Ok((StatusCode::CREATED, Json(user)))
}
// ANCHOR_END: core

struct AppError(sqlx::Error);

// ANCHOR: email-taken
impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        AppError(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let error = self.0.as_database_error();
        let taken = error.filter(|error| error.is_unique_violation());
        let (status, detail) = taken.map_or(
            (StatusCode::INTERNAL_SERVER_ERROR, "database error"),
            |_| (StatusCode::CONFLICT, "email taken"),
        );
        (status, Json(json!({ "detail": detail }))).into_response()
    }
}
// ANCHOR_END: email-taken

// ANCHOR: no-commit
async fn create_user_no_commit(
    State(state): State<AppState>,
    Json(user_in): Json<UserCreate>,
) -> Result<(StatusCode, Json<UserOut>), AppError> {
    let mut tx = state.db.begin().await?;
    let insert = "INSERT INTO users (email) VALUES ($1) RETURNING id";
    let user: UserOut = sqlx::query_as(insert)
        .bind(&user_in.email)
        .fetch_one(&mut *tx)
        .await?;
    let task = send_email(state.clone(), user.id);
    state.background_tasks.spawn(task);
    Ok((StatusCode::CREATED, Json(user)))
}
// ANCHOR_END: no-commit

fn yes_no(fact: bool) -> &'static str {
    if fact { "yes" } else { "no" }
}

#[tokio::main]
pub async fn main() -> anyhow::Result<()> {
    let db = PgPool::connect(&std::env::var("POSTGRES_URL")?).await?;
    sqlx::query(TABLE).execute(&db).await?;

    let state = AppState {
        db: db.clone(),
        background_tasks: TaskTracker::new(),
        seen_by_task: Arc::default(),
    };
    let app = Router::new()
        .route("/users/", post(create_user))
        .route("/no-commit/users/", post(create_user_no_commit))
        .with_state(state.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        stopped.await.ok();
    });
    let serving = tokio::spawn(server.into_future());

    let client = reqwest::Client::new();
    let mut answers = Vec::new();
    for (label, path, email) in [
        ("commit, new email", "/users/", "ada"),
        ("commit, email taken", "/users/", "ada"),
        ("no commit, new email", "/no-commit/users/", "bob"),
    ] {
        let request = client.post(format!("{url}{path}"));
        let response = request.json(&json!({ "email": email })).send().await?;
        let status = response.status().as_u16();
        answers.push((label, status, response.text().await?));
    }
    drop(client);
    drop(stop);
    serving.await??;
    state.background_tasks.close();
    state.background_tasks.wait().await;

    let rows: Vec<(i32, String)> =
        sqlx::query_as("SELECT id, email FROM users ORDER BY id")
            .fetch_all(&db)
            .await?;
    let stored: HashSet<i32> = rows.iter().map(|(id, _)| *id).collect();
    let seen_by_task = state.seen_by_task.lock().unwrap().clone();
    for (label, status, text) in answers {
        print!("{label}: {status} {text}");
        if let Some(id) = serde_json::from_str::<Value>(&text)?["id"].as_i64() {
            let id = i32::try_from(id)?;
            print!(", stored: {}", yes_no(stored.contains(&id)));
            print!(", seen by task: {}", yes_no(seen_by_task[&id]));
        }
        println!();
    }
    let emails: Vec<String> =
        rows.into_iter().map(|(_, email)| email).collect();
    println!("emails stored: {}", emails.join(", "));
    db.close().await;
    Ok(())
}
