//! A `yield` inside a block that a timeout watches.

use std::time::Duration;

use async_stream::stream;
use futures::{Stream, StreamExt};
use tokio::time::timeout;

fn count_in_time() -> impl Stream<Item = u32> {
    stream! {
        let limit = Duration::from_millis(50);
        let numbers = async {
            for number in [1, 2, 3] {
                yield number; //~ E0658 E0658 E0727
            }
        };
        timeout(limit, numbers).await.ok();
        yield 4;
    }
}

#[tokio::main]
async fn main() {
    println!("{}", count_in_time().count().await);
}
