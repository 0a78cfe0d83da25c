//! `let _` drops the permit at once; a lint that is off by default says so.
#![warn(let_underscore_drop)]

use tokio::sync::{AcquireError, Semaphore};

async fn get_product(product_id: u32) -> String {
    format!("product {product_id}")
}

async fn fetch_with_limit(
    semaphore: &Semaphore,
    product_id: u32,
) -> Result<String, AcquireError> {
    let _ = semaphore.acquire().await?; //~ let_underscore_drop
    Ok(get_product(product_id).await)
}

#[tokio::main]
async fn main() {
    println!("{:?}", fetch_with_limit(&Semaphore::new(10), 1).await);
}
