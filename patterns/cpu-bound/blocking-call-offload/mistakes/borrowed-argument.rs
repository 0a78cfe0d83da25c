//! A borrowed argument cannot go to the thread: the caller still owns it.

use tokio::task::{JoinError, spawn_blocking};

async fn total(data: &[i32]) -> Result<i32, JoinError> {
    spawn_blocking(move || data.iter().sum()).await //~ E0521
}

#[tokio::main]
async fn main() {
    println!("{:?}", total(&[1, 2, 3]).await);
}
