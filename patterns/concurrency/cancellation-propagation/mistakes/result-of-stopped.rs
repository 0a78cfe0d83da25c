//! Work that can be stopped may have no result, and its type says so.

use tokio_util::sync::CancellationToken;

async fn process(item: u32) -> String {
    format!("result {item}")
}

async fn process_until(stop: &CancellationToken, item: u32) -> String {
    stop.run_until_cancelled(process(item)).await //~ E0308
}

#[tokio::main]
async fn main() {
    let stop = CancellationToken::new();
    println!("{}", process_until(&stop, 1).await);
}
