//! A task may move to another thread at each await, and an `Rc` must not.

use std::rc::Rc;

async fn greet(name: &str) {
    println!("hello {name}");
}

#[tokio::main]
async fn main() {
    tokio::spawn(async { //~ error: future cannot be sent between threads safely
        let name = Rc::new(String::from("ann"));
        greet(&name).await;
    });
}
