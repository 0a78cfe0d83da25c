//! `let _ =` silences rustc, and Clippy asks whether the await is missing.

async fn send_email(to: &str) {
    println!("mail to {to}");
}

#[tokio::main]
async fn main() {
    let _ = send_email("ann@example.com"); //~ clippy::let_underscore_future
}
