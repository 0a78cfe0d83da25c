//! A future used as if it were its result: it has none of the result's fields.

struct User {
    name: String,
}

async fn get_user(user_id: u32) -> User {
    User {
        name: format!("user {user_id}"),
    }
}

#[tokio::main]
async fn main() {
    let user = get_user(7);
    println!("{}", user.name); //~ E0609
}
