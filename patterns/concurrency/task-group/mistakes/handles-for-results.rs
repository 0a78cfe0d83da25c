//! Returning the handles of the tasks where their results are promised.

use tokio::task::JoinHandle;

async fn get_user(uid: u32) -> String {
    format!("user {uid}")
}

async fn get_multiple_users(user_ids: &[u32]) -> Vec<String> {
    let tasks: Vec<JoinHandle<String>> = user_ids
        .iter()
        .map(|&uid| tokio::spawn(get_user(uid)))
        .collect();
    tasks //~ E0308
}

#[tokio::main]
async fn main() {
    println!("{:?}", get_multiple_users(&[1, 2]).await);
}
