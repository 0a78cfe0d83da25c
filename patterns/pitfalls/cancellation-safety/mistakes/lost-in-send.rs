//! A `send` that is cut off drops the message that it was given.

use std::time::Duration;

use tokio::sync::mpsc::Sender;
use tokio::time::timeout;

async fn publish(sender: &Sender<String>, frame: String) {
    let sent = timeout(Duration::from_millis(50), sender.send(frame)).await;
    if sent.is_err() {
        println!("{frame} has to wait"); //~ E0382
    }
}

#[tokio::main]
async fn main() {
    let (sender, _receiver) = tokio::sync::mpsc::channel(1);
    publish(&sender, String::from("hello")).await;
}
