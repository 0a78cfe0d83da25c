//! `match` keeps the guard of its scrutinee alive until its last arm ends.

use std::sync::Mutex;

async fn login() -> String {
    String::from("token 1")
}

async fn token(cache: &Mutex<Option<String>>) -> String {
    match cache.lock().unwrap().clone() { //~ clippy::await_holding_lock
        Some(token) => token,
        None => login().await,
    }
}

#[tokio::main]
async fn main() {
    println!("{}", token(&Mutex::default()).await);
}
