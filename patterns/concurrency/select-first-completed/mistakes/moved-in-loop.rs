//! `select!` takes the futures of its branches, and a loop comes back to them.

use std::time::Duration;

use tokio::time::{interval, sleep};

#[tokio::main]
async fn main() {
    let mut beats = interval(Duration::from_millis(10));
    let answer = sleep(Duration::from_millis(35));
    loop {
        tokio::select! {
            () = answer => break, //~ E0382
            _ = beats.tick() => println!("still waiting"),
        }
    }
}
