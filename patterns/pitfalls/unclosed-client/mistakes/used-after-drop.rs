//! A client that was dropped is gone, and the compiler knows it.

use reqwest::Client;

#[tokio::main]
async fn main() -> reqwest::Result<()> {
    let client = Client::new();
    drop(client);
    client.get("http://localhost").send().await?; //~ E0382
    Ok(())
}
