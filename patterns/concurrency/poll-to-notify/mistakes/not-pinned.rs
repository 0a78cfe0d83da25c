//! A future that is registered before it is awaited has to stay where it is.

use tokio::sync::Notify;

async fn wait(added: &Notify, is_empty: impl Fn() -> bool) {
    let mut waiting = added.notified();
    waiting.enable(); //~ E0599
    if is_empty() {
        waiting.await;
    }
}

#[tokio::main]
async fn main() {
    wait(&Notify::new(), || false).await;
}
