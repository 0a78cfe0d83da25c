//! As a statement the check finds the error and forgets it.

use reqwest::Response;
use serde_json::Value;

async fn read(response: Response) -> reqwest::Result<Value> {
    response.error_for_status_ref(); //~ unused_must_use
    response.json().await
}

#[tokio::main]
async fn main() -> reqwest::Result<()> {
    let response = reqwest::get("http://127.0.0.1:9").await?;
    println!("{}", read(response).await?);
    Ok(())
}
