//! A task may outlive the caller that lent the desk.

struct Desk;

impl Desk {
    async fn greet(&self, name: &str) {
        println!("hello {name}");
    }
}

async fn greet_later(desk: &Desk) {
    tokio::spawn(async move { desk.greet("ann").await }); //~ E0521
}

#[tokio::main]
async fn main() {
    greet_later(&Desk).await;
}
