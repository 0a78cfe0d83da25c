//! Work that a request starts and that goes on after its response.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::{Json, Router, routing::post};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::json;
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const REQUESTS: [(&str, &str); 5] = [
    ("/users", "ann@example.com"),
    ("/conflict", "ann@example.com"),
    ("/orders", "ann@example.com"),
    ("/orders", "nowhere"),
    ("/orders-safely", "nowhere"),
];

#[derive(Clone)]
struct App {
    db: SqlitePool,
    tracker: TaskTracker,
    mail_server: Arc<Semaphore>,
    log: Arc<Mutex<Vec<String>>>,
}

impl App {
    fn log(&self, event: impl Into<String>) {
        let log = self.log.lock();
        log.unwrap_or_else(PoisonError::into_inner)
            .push(event.into());
    }

    fn take_log(&self) -> String {
        let log = self.log.lock();
        let mut log = log.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *log).join(", ")
    }

    /// Waits until the mail server takes one more message.
    async fn mail_server(&self) -> anyhow::Result<()> {
        self.mail_server.acquire().await?.forget();
        Ok(())
    }
}

#[derive(Deserialize)]
struct Message {
    email: String,
}

// ANCHOR: core
async fn create_user(
    State(app): State<App>,
    Json(user_in): Json<Message>,
) -> Result<StatusCode, StatusCode> {
    let mut tx = app.db.begin().await.map_err(internal)?;
    let user = sqlx::query("INSERT INTO users (email) VALUES (?)")
        .bind(user_in.email)
        .execute(&mut *tx)
        .await
        .map_err(internal)?;
    tx.commit().await.map_err(internal)?;
    let task = send_email(app.clone(), user.last_insert_rowid());
    app.tracker.spawn(task);
    Ok(StatusCode::CREATED)
}

async fn send_email(app: App, user_id: i64) -> anyhow::Result<()> {
    let email: String =
        sqlx::query_scalar("SELECT email FROM users WHERE id = ?")
            .bind(user_id)
            .fetch_one(&app.db)
            .await?;
    app.mail_server().await?;
    app.log(format!("e-mail to {email}"));
    Ok(())
}
// ANCHOR_END: core

// ANCHOR: handler-fails
async fn create_user_twice(State(app): State<App>) -> StatusCode {
    app.tracker.spawn(send_email(app.clone(), 1));
    StatusCode::CONFLICT
}
// ANCHOR_END: handler-fails

// ANCHOR: failure
async fn send_confirmation(app: App, to: String) -> anyhow::Result<()> {
    app.log("confirmation starts");
    app.mail_server().await?;
    anyhow::ensure!(to.contains('@'), "bad address: {to}");
    app.log("confirmation sent");
    Ok(())
}

async fn send_notification(app: App, _to: String) -> anyhow::Result<()> {
    app.log("notification starts");
    app.mail_server().await?;
    app.log("notification sent");
    Ok(())
}

async fn create_order(
    State(app): State<App>,
    Json(order): Json<Message>,
) -> StatusCode {
    let to = order.email;
    app.tracker
        .spawn(send_confirmation(app.clone(), to.clone()));
    app.tracker.spawn(send_notification(app.clone(), to));
    StatusCode::CREATED
}
// ANCHOR_END: failure

// ANCHOR: attempt
async fn attempt(app: App, task: impl Future<Output = anyhow::Result<()>>) {
    if let Err(error) = task.await {
        app.log(format!("failed, {error}"));
    }
}

async fn create_order_safely(
    State(app): State<App>,
    Json(order): Json<Message>,
) -> StatusCode {
    let confirmation = send_confirmation(app.clone(), order.email.clone());
    let notification = send_notification(app.clone(), order.email);
    app.tracker.spawn(attempt(app.clone(), confirmation));
    app.tracker.spawn(attempt(app.clone(), notification));
    StatusCode::CREATED
}
// ANCHOR_END: attempt

fn internal(_: sqlx::Error) -> StatusCode {
    StatusCode::INTERNAL_SERVER_ERROR
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let memory = SqlitePoolOptions::new().max_connections(1);
    let app = App {
        db: memory.connect("sqlite::memory:").await?,
        tracker: TaskTracker::new(),
        mail_server: Arc::new(Semaphore::new(0)),
        log: Arc::default(),
    };
    sqlx::query("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT)")
        .execute(&app.db)
        .await?;
    let router = Router::new()
        .route("/users", post(create_user))
        .route("/conflict", post(create_user_twice))
        .route("/orders", post(create_order))
        .route("/orders-safely", post(create_order_safely))
        .with_state(app.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let stop = CancellationToken::new();
    let server = axum::serve(listener, router)
        .with_graceful_shutdown(stop.clone().cancelled_owned());
    let serving = tokio::spawn(server.into_future());
    let client = Client::new();
    let post = async |path: &str, email: &str| {
        app.mail_server.forget_permits(2);
        let request = client.post(format!("{url}{path}"));
        let response = request.json(&json!({ "email": email })).send().await?;
        app.log(response.status().as_str());
        response.bytes().await
    };

    for (path, email) in REQUESTS {
        post(path, email).await?;
        app.mail_server.add_permits(2);
        app.tracker.close();
        app.tracker.wait().await;
        app.tracker.reopen();
        println!("{path} for {email}: {}", app.take_log());
    }

    post("/users", "cy@example.com").await?;
    // ANCHOR: shutdown
    stop.cancel();
    serving.await??;
    app.log("server stopped");
    app.mail_server.add_permits(2);
    app.tracker.close();
    app.tracker.wait().await;
    app.log("tracker empty");
    // ANCHOR_END: shutdown
    println!("shutdown: {}", app.take_log());
    Ok(())
}
