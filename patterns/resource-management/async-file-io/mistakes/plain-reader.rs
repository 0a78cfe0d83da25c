//! An async file given to a library that reads by itself.

use serde_json::Value;
use tokio::fs::File;

async fn load_settings(file_path: &str) -> anyhow::Result<Value> {
    let file = File::open(file_path).await?;
    Ok(serde_json::from_reader(file)?) //~ E0277
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("{}", load_settings("settings.json").await?);
    Ok(())
}
