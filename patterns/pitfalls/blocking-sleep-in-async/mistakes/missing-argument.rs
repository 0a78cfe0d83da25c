//! The call that the guide prints: its `get_user` also takes the session.

struct Db;

async fn get_user(_db: &Db, user_id: u32) -> String {
    format!("user {user_id}")
}

#[tokio::main]
async fn main() {
    let user = get_user(7).await; //~ E0061
    println!("{user}");
}
