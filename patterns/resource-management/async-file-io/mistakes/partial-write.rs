//! `write` may take a part of the bytes, and says how many.

use tokio::fs::File;
use tokio::io::AsyncWriteExt;

async fn save(file_path: &str, contents: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(file_path).await?;
    file.write(contents).await?; //~ clippy::unused_io_amount
    file.flush().await
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    save("hello.txt", b"hello").await
}
