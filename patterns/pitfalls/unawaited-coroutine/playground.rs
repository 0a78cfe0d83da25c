//! A future that is made but never awaited does not run; the compiler warns.

use std::cell::RefCell;

use futures::future::join_all;

type Outbox = RefCell<Vec<String>>;

async fn send_email(outbox: &Outbox, to: &str) {
    outbox.borrow_mut().push(to.to_owned());
}

#[expect(unused_must_use, reason = "remove this to read the warning")]
async fn bad_example(outbox: &Outbox, to: &str) -> &'static str {
    send_email(outbox, to);
    "user created"
}

async fn good_example(outbox: &Outbox, to: &str) -> &'static str {
    send_email(outbox, to).await;
    "user created"
}

/// The compiler is silent here: the futures are used, but nobody runs them.
async fn held_example(outbox: &Outbox, recipients: &[&str]) -> String {
    let mails = recipients.iter().map(|to| send_email(outbox, to));
    let pending: Vec<_> = mails.collect();
    format!("{} mails queued", pending.len())
}

async fn awaited_example(outbox: &Outbox, recipients: &[&str]) -> String {
    let mails = recipients.iter().map(|to| send_email(outbox, to));
    let sent = join_all(mails).await;
    format!("{} mails awaited", sent.len())
}

/// How many mails are in the outbox now; empties it.
fn sent(outbox: &Outbox) -> usize {
    outbox.take().len()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let outbox = Outbox::default();
    let (one, two) = ("ann@example.com", "bob@example.com");

    let answer = bad_example(&outbox, one).await;
    println!("bad: {answer}, mails sent: {}", sent(&outbox));
    let answer = good_example(&outbox, one).await;
    println!("good: {answer}, mails sent: {}", sent(&outbox));
    let answer = held_example(&outbox, &[one, two]).await;
    println!("held: {answer}, mails sent: {}", sent(&outbox));
    let answer = awaited_example(&outbox, &[one, two]).await;
    println!("awaited: {answer}, mails sent: {}", sent(&outbox));
}
