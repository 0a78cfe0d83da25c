//! A queue with one receiver is no queue for three workers.

use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinSet;

async fn worker(mut queue: Receiver<u32>) {
    while let Some(order) = queue.recv().await {
        println!("order {order}");
    }
}

#[tokio::main]
async fn main() {
    let (_sender, queue) = mpsc::channel(2);
    let mut workers = JoinSet::new();
    for _ in 0..3 {
        workers.spawn(worker(queue)); //~ E0382
    }
    workers.join_all().await;
}
