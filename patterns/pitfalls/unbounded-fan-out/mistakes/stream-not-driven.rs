//! A stream that nobody drives fetches nothing.

use futures::stream::{self, StreamExt};

async fn get_item(item_id: u32) {
    println!("item {item_id}");
}

#[tokio::main]
async fn main() {
    stream::iter(1..=5000) //~ unused_must_use
        .map(get_item)
        .buffer_unordered(50);
}
