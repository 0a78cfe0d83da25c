//! Sending to workers that are gone fails, and the failure is a value.

use tokio::sync::mpsc::{self, Sender};

async fn place(sender: &Sender<u32>, order: u32) {
    sender.send(order).await; //~ unused_must_use
}

#[tokio::main]
async fn main() {
    let (sender, _queue) = mpsc::channel(2);
    place(&sender, 1).await;
}
