//! A blocking call moves to a thread, so that the runtime's thread goes on.

use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tokio::task::{JoinError, spawn_blocking, yield_now};
use tokio::time::sleep;

type Beats = Receiver<()>;
const SILENCE: Duration = Duration::from_millis(600);

/// Holds its thread until three heartbeats came, or none for a while.
fn blocking_read(beats: &Beats) -> usize {
    for heard in 0..3 {
        if beats.recv_timeout(SILENCE).is_err() {
            return heard;
        }
    }
    3
}

// ANCHOR: core
async fn get_items(beats: Beats) -> Result<usize, JoinError> {
    spawn_blocking(move || blocking_read(&beats)).await
}

// ANCHOR_END: core
// ANCHOR: bad
async fn get_items_blocking(beats: Beats) -> usize {
    blocking_read(&beats)
}

// ANCHOR_END: bad
// ANCHOR: background
async fn heavy_computation(beats: Beats) -> Result<usize, JoinError> {
    let task = tokio::spawn(async move { blocking_read(&beats) });
    task.await
}

// ANCHOR_END: background
// ANCHOR: context
tokio::task_local! {
    static REQUEST_ID: &'static str;
}

async fn seen_by_threads() -> Result<[&'static str; 2], JoinError> {
    let lost = spawn_blocking(|| REQUEST_ID.try_get().unwrap_or("none"));
    let id = REQUEST_ID.get();
    let moved = spawn_blocking(move || id);
    Ok([lost.await?, moved.await?])
}

// ANCHOR_END: context
async fn beside_heartbeat<T>(call: impl AsyncFnOnce(Beats) -> T) -> T {
    let (heart, beats) = mpsc::channel();
    let heart = tokio::spawn(async move {
        loop {
            sleep(Duration::from_millis(5)).await;
            heart.send(()).ok();
        }
    });
    yield_now().await;
    let result = call(beats).await;
    heart.abort();
    result
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<(), JoinError> {
    let heard = beside_heartbeat(get_items).await?;
    println!("in a thread: {heard} beats");
    let heard = beside_heartbeat(get_items_blocking).await;
    println!("on the loop: {heard} beats");

    let heard = beside_heartbeat(heavy_computation).await?;
    println!("spawned task: {heard} beats");

    let [lost, moved] = REQUEST_ID.scope("r-7", seen_by_threads()).await?;
    println!("request id: task_local {lost}, moved in {moved}");
    Ok(())
}
