//! The guard of the value that was seen, kept while waiting for the next.

use tokio::sync::watch;

async fn wait_for_done(mut status: watch::Receiver<&str>) {
    let mut current = status.borrow();
    while *current != "done" {
        if status.changed().await.is_err() { //~ E0502
            return;
        }
        current = status.borrow();
    }
}

#[tokio::main]
async fn main() {
    let (_status, receiver) = watch::channel("queued");
    wait_for_done(receiver).await;
}
