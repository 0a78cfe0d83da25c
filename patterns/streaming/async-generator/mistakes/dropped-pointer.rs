//! `pin!` keeps the stream in a hidden variable; dropping the name drops a pointer.

use std::pin::pin;

use async_stream::stream;
use futures::{Stream, StreamExt};

fn count() -> impl Stream<Item = u32> {
    stream! {
        for number in [1, 2, 3] {
            yield number;
        }
    }
}

#[tokio::main]
async fn main() {
    let mut numbers = pin!(count());
    println!("{:?}", numbers.next().await);
    drop(numbers); //~ clippy::drop_non_drop
    println!("the stream is still open");
}
