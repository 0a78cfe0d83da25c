//! The second handler has the name of the first.

use axum::{Router, routing::get};

async fn get_users() -> &'static str {
    "blocking"
}

async fn get_users() -> &'static str { //~ E0428
    "async"
}

fn main() {
    let _app: Router = Router::new().route("/users", get(get_users));
}
