//! TODO: One sentence that says what this program shows.

// ANCHOR: core
async fn greet(name: &str) -> String {
    tokio::task::yield_now().await;
    format!("hello {name}")
}

async fn greet_both() -> (String, String) {
    tokio::join!(greet("ada"), greet("bob"))
}
// ANCHOR_END: core

#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let (first, second) = greet_both().await;
    println!("{first}\n{second}");
}
