//! A router whose handlers want a client that nobody gave them is not finished.

use axum::extract::State;
use axum::{Router, routing::get};
use reqwest::Client;

async fn fetch_shared(State(client): State<Client>) -> String {
    format!("{client:?}")
}

fn app() -> Router {
    let routes = Router::new().route("/shared", get(fetch_shared));
    routes //~ E0308
}

fn main() {
    app();
}
