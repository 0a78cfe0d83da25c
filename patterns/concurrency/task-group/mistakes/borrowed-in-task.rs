//! A task that borrows from its caller.

use tokio::task::JoinSet;

struct Accounts;

impl Accounts {
    async fn get_user(&self, uid: u32) -> String {
        format!("user {uid}")
    }
}

async fn get_multiple_users(
    accounts: &Accounts,
    user_ids: &[u32],
) -> Vec<String> {
    let mut tasks = JoinSet::new();
    for &uid in user_ids {
        tasks.spawn(accounts.get_user(uid)); //~ E0521
    }
    tasks.join_all().await
}

#[tokio::main]
async fn main() {
    println!("{:?}", get_multiple_users(&Accounts, &[1, 2]).await);
}
