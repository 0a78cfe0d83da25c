//! The fallback is a future, and the value that it stands in for is a name.

async fn cached(item_id: u32) -> Option<String> {
    (item_id == 1).then(|| "lamp".to_owned())
}

async fn stored(item_id: u32) -> Option<String> {
    Some(format!("item {item_id}"))
}

#[tokio::main]
async fn main() {
    let name = cached(2).await.or(stored(2)); //~ E0308
    println!("{name:?}");
}
