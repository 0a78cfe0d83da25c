//! `wait_with_output` takes the child, so nothing is left to kill.

use std::io;
use std::process::{Output, Stdio};
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

async fn convert(limit: Duration) -> io::Result<Output> {
    let mut child = Command::new("cat").stdout(Stdio::piped()).spawn()?;
    match timeout(limit, child.wait_with_output()).await {
        Ok(output) => output,
        Err(elapsed) => {
            child.kill().await?; //~ E0382
            Err(elapsed.into())
        }
    }
}

#[tokio::main]
async fn main() {
    println!("{:?}", convert(Duration::from_secs(1)).await);
}
