//! A row type without `Serialize` cannot become a response.

use axum::Json;
use axum::response::{IntoResponse, Response};

struct User {
    id: i64,
    name: String,
    secret: String,
}

fn answer(user: User) -> Response {
    IntoResponse::into_response(Json(user)) //~ E0277
}

fn main() {
    let user = User {
        id: 1,
        name: "ada".to_string(),
        secret: "s3cret".to_string(),
    };
    let response = answer(user);
    println!("{}", response.status());
}
