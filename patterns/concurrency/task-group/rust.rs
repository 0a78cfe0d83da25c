//! Run one task per user in a group: all finish, or all stop.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::post};
use futures::future::try_join_all;
use http_body_util::BodyExt;
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;
use tower::ServiceExt;

#[derive(Debug, thiserror::Error)]
enum UsersError {
    #[error("no user {0}")]
    NoUser(u32),
    #[error("a task failed: {0}")]
    Crashed(#[from] JoinError),
}

fn delay(uid: u32) -> Duration {
    Duration::from_millis(match uid {
        1 => 60,
        2 => 20,
        3 => 40,
        7 => 5000,
        _ => 0,
    })
}

// ANCHOR: member
#[derive(Default)]
struct Accounts {
    log: Mutex<Vec<String>>,
}

impl Accounts {
    async fn get_user(&self, uid: u32) -> Result<String, UsersError> {
        self.note(format!("asked {uid}"));
        let _leave = Leave(self, uid);
        sleep(delay(uid)).await;
        if uid >= 400 {
            return Err(UsersError::NoUser(uid));
        }
        Ok(format!("user {uid}"))
    }
}

struct Leave<'a>(&'a Accounts, u32);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.note(format!("left {}", self.1));
    }
}
// ANCHOR_END: member

impl Accounts {
    fn note(&self, event: String) {
        let log = self.log.lock();
        log.unwrap_or_else(PoisonError::into_inner).push(event);
    }

    fn log(&self) -> String {
        let log = self.log.lock();
        log.unwrap_or_else(PoisonError::into_inner).join(", ")
    }
}

// ANCHOR: core
async fn get_multiple_users(
    accounts: &Arc<Accounts>,
    user_ids: &[u32],
) -> Result<Vec<String>, UsersError> {
    let mut tasks = JoinSet::new();
    for (place, &uid) in user_ids.iter().enumerate() {
        let accounts = Arc::clone(accounts);
        tasks.spawn(async move { (place, accounts.get_user(uid).await) });
    }
    let mut users = vec![String::new(); user_ids.len()];
    while let Some(done) = tasks.join_next().await {
        match done? {
            (place, Ok(user)) => users[place] = user,
            (_, Err(error)) => {
                tasks.shutdown().await;
                return Err(error);
            }
        }
    }
    Ok(users)
}
// ANCHOR_END: core

// ANCHOR: as-they-come
async fn get_users_as_they_come(
    accounts: &Arc<Accounts>,
    user_ids: &[u32],
) -> Result<Vec<String>, UsersError> {
    let mut tasks = JoinSet::new();
    for &uid in user_ids {
        let accounts = Arc::clone(accounts);
        tasks.spawn(async move { accounts.get_user(uid).await });
    }
    let mut users = Vec::new();
    while let Some(done) = tasks.join_next().await {
        users.push(done??); // an error drops `tasks`, which aborts the rest
    }
    Ok(users)
}
// ANCHOR_END: as-they-come

// ANCHOR: without-tasks
async fn get_users_without_tasks(
    accounts: &Accounts,
    user_ids: &[u32],
) -> Result<Vec<String>, UsersError> {
    try_join_all(user_ids.iter().map(|&uid| accounts.get_user(uid))).await
}
// ANCHOR_END: without-tasks

impl IntoResponse for UsersError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NoUser(_) => StatusCode::NOT_FOUND,
            Self::Crashed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, self.to_string()).into_response()
    }
}

// ANCHOR: endpoint
async fn read_users(
    Json(user_ids): Json<Vec<u32>>,
) -> Result<Json<Vec<String>>, UsersError> {
    let accounts = Arc::new(Accounts::default());
    let users = get_multiple_users(&accounts, &user_ids).await?;
    Ok(Json(users))
}
// ANCHOR_END: endpoint

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let accounts = Arc::new(Accounts::default());
    let users = get_multiple_users(&accounts, &[1, 2, 3]).await?;
    println!("log: {}", accounts.log());
    println!("returned: {}", users.join(", "));
    let users = get_users_as_they_come(&accounts, &[1, 2, 3]).await?;
    println!("returned as they come: {}", users.join(", "));

    let accounts = Arc::new(Accounts::default());
    if let Err(error) = get_multiple_users(&accounts, &[7, 404]).await {
        accounts.note("error arrived".to_owned());
        println!("arrived as: {error:?}");
    }
    println!("log: {}", accounts.log());

    let accounts = Arc::new(Accounts::default());
    if get_users_as_they_come(&accounts, &[7, 404]).await.is_err() {
        accounts.note("error arrived".to_owned());
    }
    sleep(Duration::from_millis(10)).await;
    println!("log when dropped: {}", accounts.log());

    let accounts = Accounts::default();
    if get_users_without_tasks(&accounts, &[7, 404]).await.is_err() {
        accounts.note("error arrived".to_owned());
    }
    println!("log without tasks: {}", accounts.log());

    let app = Router::new().route("/users", post(read_users));
    for user_ids in [&[2, 3][..], &[7, 404, 405]] {
        let request = Request::post("/users")
            .header("content-type", "application/json")
            .body(Body::from(serde_json::to_vec(user_ids)?))?;
        let response = app.clone().oneshot(request).await?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes();
        println!("/users: {status} {}", String::from_utf8_lossy(&body));
    }
    Ok(())
}
