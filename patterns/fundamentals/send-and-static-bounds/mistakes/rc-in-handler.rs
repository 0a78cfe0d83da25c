//! A handler runs in a task, so what it keeps across an await must be `Send`.

use std::rc::Rc;

use axum::{Router, routing::get};
use tokio::task::yield_now;

async fn show() -> String {
    let name = Rc::new(String::from("ann"));
    yield_now().await;
    format!("hello {name}")
}

fn main() {
    let _app: Router = Router::new().route("/", get(show)); //~ E0277
}
