//! A list of outcomes is no list of items.

use futures::future::join_all;

struct Item;
struct FetchError;

async fn fetch_data(url: &str) -> Result<Item, FetchError> {
    println!("fetching {url}");
    Ok(Item)
}

async fn process_urls(urls: &[&str]) -> Vec<Item> {
    join_all(urls.iter().map(|url| fetch_data(url))).await //~ E0308
}

#[tokio::main]
async fn main() {
    println!("{} items", process_urls(&["a", "b"]).await.len());
}
