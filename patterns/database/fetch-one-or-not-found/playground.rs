//! A known id answers 200 with the user, an unknown id answers 404.

use std::collections::HashMap;

use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::json;
use tokio::task::yield_now;

#[derive(Clone, Serialize)]
struct User {
    id: u32,
    name: &'static str,
    secret: &'static str,
}

/// What a client may see of a user.
#[derive(Serialize)]
struct UserProfile {
    id: u32,
    name: &'static str,
}

impl From<User> for UserProfile {
    fn from(User { id, name, .. }: User) -> Self {
        Self { id, name }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no connection")]
struct StoreError;

/// Finds a user, or nobody, or cannot tell.
struct Store {
    users: HashMap<u32, User>,
    down: bool,
}

impl Store {
    fn new() -> Self {
        let (id, name, secret) = (1, "ada", "s3cret");
        let users = HashMap::from([(id, User { id, name, secret })]);
        Self { users, down: false }
    }

    async fn find(&self, user_id: u32) -> Result<Option<User>, StoreError> {
        yield_now().await;
        if self.down {
            return Err(StoreError);
        }
        Ok(self.users.get(&user_id).cloned())
    }
}

#[derive(Debug, thiserror::Error)]
enum AppError {
    #[error("user not found")]
    NotFound,
    #[error("internal server error")]
    Store(#[from] StoreError),
}

impl AppError {
    fn status(&self) -> StatusCode {
        match self {
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

async fn get_user(store: &Store, id: u32) -> Result<UserProfile, AppError> {
    let user = store.find(id).await?.ok_or(AppError::NotFound)?;
    Ok(user.into())
}

/// Shows all columns, and answers 200 to an unknown id.
async fn get_raw(store: &Store, id: u32) -> Result<Option<User>, AppError> {
    Ok(store.find(id).await?)
}

/// What a framework does with what a handler returns.
fn respond(result: Result<impl Serialize, AppError>) -> Response<String> {
    let (status, body) = match result {
        Ok(body) => (StatusCode::OK, json!(body)),
        Err(error) => (error.status(), json!({ "detail": error.to_string() })),
    };
    let mut response = Response::new(body.to_string());
    *response.status_mut() = status;
    response
}

fn print(label: &str, result: Result<impl Serialize, AppError>) {
    let response = respond(result);
    println!(
        "{label}: {} {}",
        response.status().as_u16(),
        response.body()
    );
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut store = Store::new();
    print("known id", get_user(&store, 1).await);
    print("unknown id", get_user(&store, 2).await);
    print("raw, known id", get_raw(&store, 1).await);
    print("raw, unknown id", get_raw(&store, 2).await);
    store.down = true;
    print("store down", get_user(&store, 1).await);
}
