//! A future that is to be polled again must stay where it is.

use futures::FutureExt;

async fn read_frame() -> String {
    tokio::task::yield_now().await;
    String::from("hello")
}

fn look_once(read: impl Future<Output = String>) -> Option<String> {
    read.now_or_never()
}

#[tokio::main]
async fn main() {
    let mut frame = read_frame();
    let text = match look_once(&mut frame) { //~ E0277
        Some(text) => text,
        None => frame.await,
    };
    println!("{text}");
}
