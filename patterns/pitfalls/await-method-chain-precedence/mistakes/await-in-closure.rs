//! A closure is not async, so a combinator cannot wait for the fallback.

async fn cached(item_id: u32) -> Option<String> {
    (item_id == 1).then(|| "lamp".to_owned())
}

async fn stored(item_id: u32) -> Option<String> {
    Some(format!("item {item_id}"))
}

#[tokio::main]
async fn main() {
    let name = cached(2).await.or_else(|| stored(2).await); //~ E0728
    println!("{name:?}");
}
