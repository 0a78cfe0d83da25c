//! A future is moved into its await: there is nothing left to await again.

async fn get_user(user_id: u32) -> String {
    format!("user {user_id}")
}

#[tokio::main]
async fn main() {
    let future = get_user(1);
    println!("{}", future.await);
    println!("{}", future.await); //~ E0382
}
