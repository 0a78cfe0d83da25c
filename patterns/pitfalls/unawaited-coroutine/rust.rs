//! A future that is made but never awaited does not run; the compiler warns.

use std::cell::RefCell;

use sqlx::{Connection, SqliteConnection};

const NAMES: &str = "SELECT 'ann' UNION ALL SELECT 'bob'";

type Outbox = RefCell<Vec<String>>;

async fn send_email(outbox: &Outbox, to: &str) {
    outbox.borrow_mut().push(to.to_owned());
}

// ANCHOR: bad
#[expect(unused_must_use, reason = "the mistake this entry is about")]
async fn bad_example(outbox: &Outbox, to: &str) -> &'static str {
    send_email(outbox, to);
    "user created"
}

// ANCHOR_END: bad
// ANCHOR: good
async fn good_example(outbox: &Outbox, to: &str) -> &'static str {
    send_email(outbox, to).await;
    "user created"
}

// ANCHOR_END: good
// ANCHOR: held
async fn held_example(outbox: &Outbox, recipients: &[&str]) -> String {
    let mails = recipients.iter().map(|to| send_email(outbox, to));
    let pending: Vec<_> = mails.collect();
    format!("{} mails queued", pending.len())
}

// ANCHOR_END: held
// ANCHOR: value
async fn get_users(db: &mut SqliteConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(NAMES).fetch_all(db).await
}

// ANCHOR_END: value
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> sqlx::Result<()> {
    let outbox = Outbox::default();

    let answer = bad_example(&outbox, "ann@example.com").await;
    println!("bad: {answer}, mails sent: {}", outbox.borrow().len());
    let answer = held_example(&outbox, &["ann@example.com"]).await;
    println!("held: {answer}, mails sent: {}", outbox.borrow().len());
    let answer = good_example(&outbox, "ann@example.com").await;
    println!("good: {answer}, mails sent: {}", outbox.borrow().len());

    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    let users = get_users(&mut db).await?;
    println!("get_users: {}", users.join(" "));
    db.close().await
}
