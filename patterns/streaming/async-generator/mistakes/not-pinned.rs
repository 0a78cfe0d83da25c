//! A stream may have to stay in its place while it is read.

use futures::stream::{self, Stream, StreamExt};

async fn first(mut numbers: impl Stream<Item = u32>) -> Option<u32> {
    numbers.next().await //~ E0277 E0277
}

#[tokio::main]
async fn main() {
    println!("{:?}", first(stream::iter([1, 2, 3])).await);
}
