//! A permit that no variable holds.

use tokio::sync::{AcquireError, Semaphore};

async fn get_product(product_id: u32) -> String {
    format!("product {product_id}")
}

async fn fetch_with_limit(
    semaphore: &Semaphore,
    product_id: u32,
) -> Result<String, AcquireError> {
    semaphore.acquire().await?; //~ unused_must_use
    Ok(get_product(product_id).await)
}

#[tokio::main]
async fn main() {
    println!("{:?}", fetch_with_limit(&Semaphore::new(10), 1).await);
}
