//! What comes out of a timeout is not the answer: there may be none.

use std::time::Duration;
use tokio::time::timeout;

async fn fetch_user() -> String {
    "ann".to_owned()
}

#[tokio::main]
async fn main() {
    let limit = Duration::from_millis(10);
    let user: String = timeout(limit, fetch_user()).await; //~ E0308
    println!("{user}");
}
