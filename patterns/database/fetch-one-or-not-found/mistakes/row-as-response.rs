//! A row type without `Serialize` cannot become a response.

use axum::Json;
use axum::response::IntoResponse;

struct User {
    id: i64,
    name: String,
    secret: String,
}

fn answer(user: User) -> impl IntoResponse { //~ E0277
    Json(user)
}

fn main() {
    let user = User {
        id: 1,
        name: "ada".to_string(),
        secret: "s3cret".to_string(),
    };
    answer(user).into_response();
}
