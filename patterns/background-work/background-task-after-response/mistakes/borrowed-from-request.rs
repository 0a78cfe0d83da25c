//! A task that outlives the request cannot borrow from it.

use tokio_util::task::TaskTracker;

async fn send_email(to: &str) {
    println!("e-mail to {to}");
}

async fn create_user(tracker: &TaskTracker, email: String) {
    tracker.spawn(send_email(&email)); //~ E0597
}

#[tokio::main]
async fn main() {
    create_user(&TaskTracker::new(), "ann@example.com".to_owned()).await;
}
