//! The thread may outlive the function, so it cannot borrow its locals.

use tokio::task::spawn_blocking;

#[tokio::main]
async fn main() {
    let data = vec![1, 2, 3];
    let total = spawn_blocking(|| data.iter().sum::<i32>()); //~ E0373
    println!("{:?}", total.await);
}
