//! A stream that nobody polls fetches nothing.

use futures::{Stream, stream};

fn fetch_users() -> impl Stream<Item = &'static str> {
    stream::iter(["ada", "bob"])
}

#[tokio::main]
async fn main() {
    fetch_users(); //~ unused_must_use
    println!("warmed up");
}
