//! The outcome of a timeout is a `Result`: dropping it hides that it expired.

use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::main]
async fn main() {
    let limit = Duration::from_millis(10);
    timeout(limit, sleep(limit * 2)).await; //~ unused_must_use
}
