//! A child of the standard library that nobody waits for.

use std::process::Command;

async fn start(program: &str) -> u32 {
    let child = Command::new(program).spawn().expect("installed"); //~ clippy::zombie_processes
    child.id()
}

#[tokio::main]
async fn main() {
    println!("{:?}", start("true").await);
}
