//! What rustc accepts and the `clippy.toml` of `counterpart lints` reports.

use std::io;
use std::process::Command;
use std::time::Duration;

async fn pause() {
    std::thread::sleep(Duration::from_millis(1)); //~ clippy::disallowed_methods
}

async fn load(path: &str) -> io::Result<Vec<u8>> {
    std::fs::read(path) //~ clippy::disallowed_methods
}

async fn save(path: &str, text: &str) -> io::Result<()> {
    std::fs::write(path, text) //~ clippy::disallowed_methods
}

async fn fetch(url: &str) -> reqwest::Result<String> {
    reqwest::blocking::get(url)?.text() //~ clippy::disallowed_methods
}

async fn convert() -> io::Result<bool> {
    Ok(Command::new("true").status()?.success()) //~ clippy::disallowed_methods
}

async fn answer() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?; //~ clippy::disallowed_methods
    Ok(line)
}

fn nested() {
    tokio::runtime::Handle::current().block_on(pause()); //~ clippy::disallowed_methods
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    pause().await;
    save("note", "hello").await?;
    println!("{:?}", load("note").await?);
    println!("{}", fetch("http://localhost/").await?);
    println!("{} {}", convert().await?, answer().await?);
    nested();
    Ok(())
}
