//! The list is the output of the future, and not the future.

async fn fetch_users() -> Vec<&'static str> {
    vec!["ada", "bob"]
}

#[tokio::main]
async fn main() {
    for user in fetch_users() { //~ E0277
        println!("{user}");
    }
}
