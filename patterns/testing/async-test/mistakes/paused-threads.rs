//! Paused time on several threads.

use std::time::Duration;

use tokio::time::sleep;

#[tokio::test(flavor = "multi_thread", start_paused = true)] //~ error: requires the `current_thread` runtime flavor
async fn test_gives_up() {
    sleep(Duration::from_secs(500)).await;
}
