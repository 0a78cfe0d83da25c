//! A task may move to another thread, and the guard of a std lock must not.

use std::sync::{Arc, Mutex};

async fn login() -> String {
    String::from("token 1")
}

#[tokio::main]
async fn main() {
    let cache = Arc::new(Mutex::new(String::new()));
    tokio::spawn(async move { //~ error: future cannot be sent between threads safely
        let mut cached = cache.lock().unwrap();
        *cached = login().await;
    });
}
