//! A call without `.await`: the statement makes a future and drops it.

async fn send_email(to: &str) {
    println!("mail to {to}");
}

#[tokio::main]
async fn main() {
    send_email("ann@example.com"); //~ unused_must_use
}
