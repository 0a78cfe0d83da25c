//! Start a fixed set of fetches at once, and see what a failure leaves.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::sync::Notify;
use tokio::time::sleep;
use tokio::{join, try_join};

/// Counts how many are inside at the same moment.
#[derive(Default)]
struct Gauge {
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Gauge {
    fn enter(&self) {
        let now = self.now.fetch_add(1, SeqCst) + 1;
        self.peak.fetch_max(now, SeqCst);
    }

    fn leave(&self) {
        self.now.fetch_sub(1, SeqCst);
    }

    fn peak(&self) -> usize {
        self.peak.load(SeqCst)
    }
}

/// Answers late, and records who waits and who is done.
#[derive(Default)]
struct Network {
    waiting: Gauge,
    finished: RefCell<Vec<&'static str>>,
}

impl Network {
    async fn answer(&self, name: &'static str, millis: u64) {
        self.waiting.enter();
        sleep(Duration::from_millis(millis)).await;
        self.waiting.leave();
        self.finished.borrow_mut().push(name);
    }
}

/// A notification service whose reply the program holds back.
#[derive(Default)]
struct Inbox {
    reply: Notify,
    log: RefCell<Vec<&'static str>>,
}

impl Inbox {
    fn note(&self, event: &'static str) {
        self.log.borrow_mut().push(event);
    }
}

// ANCHOR: core
async fn fetch_users(net: &Network) -> Result<&'static str> {
    net.answer("users", 600).await;
    Ok("ada")
}

async fn fetch_posts(net: &Network) -> Result<&'static str> {
    net.answer("posts", 400).await;
    Ok("hello")
}

async fn fetch_comments(net: &Network) -> Result<&'static str> {
    net.answer("comments", 200).await;
    Ok("nice")
}

async fn get_combined_data(net: &Network) -> Result<String> {
    let (users, posts, comments) =
        try_join!(fetch_users(net), fetch_posts(net), fetch_comments(net))?;
    Ok(format!("users={users} posts={posts} comments={comments}"))
}
// ANCHOR_END: core

// ANCHOR: parallel
async fn build_report(at_work: &Gauge) {
    at_work.enter();
    let end = Instant::now() + Duration::from_millis(50);
    while Instant::now() < end {
        std::hint::spin_loop(); // work: there is nothing to await
    }
    at_work.leave();
}

async fn build_reports(at_work: &Gauge) {
    join!(
        build_report(at_work),
        build_report(at_work),
        build_report(at_work)
    );
}
// ANCHOR_END: parallel

// ANCHOR: spawned
async fn spawn_reports(at_work: Arc<Gauge>) {
    let mut reports = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let at_work = Arc::clone(&at_work);
        reports.spawn(async move { build_report(&at_work).await });
    }
    reports.join_all().await;
}
// ANCHOR_END: spawned

// ANCHOR: failure
async fn get_recent_orders(user_id: u32) -> Result<u32> {
    sleep(Duration::from_millis(10)).await;
    if user_id == 2 {
        bail!("orders service is down");
    }
    Ok(3)
}

async fn get_notifications(inbox: &Inbox) -> Result<u32> {
    inbox.note("asked");
    let _leave = Leave(inbox);
    inbox.reply.notified().await;
    inbox.note("marked as read");
    Ok(5)
}

async fn get_dashboard_data(user_id: u32, inbox: &Inbox) -> Result<String> {
    let (recent_orders, notifications) =
        try_join!(get_recent_orders(user_id), get_notifications(inbox))?;
    Ok(format!(
        "{recent_orders} orders, {notifications} notifications"
    ))
}
// ANCHOR_END: failure

// ANCHOR: leave
struct Leave<'a>(&'a Inbox);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.note("left");
    }
}
// ANCHOR_END: leave

#[tokio::main(flavor = "multi_thread", worker_threads = 3)]
pub async fn main() -> Result<()> {
    let net = Network::default();
    let start = Instant::now();
    let data = get_combined_data(&net).await?;
    let sooner = start.elapsed() < Duration::from_millis(1_100);
    println!("waiting at once: {}", net.waiting.peak());
    println!("finished: {}", net.finished.borrow().join(", "));
    println!("returned: {data}");
    println!("sooner than one by one: {}", yes(sooner));

    let at_work = Gauge::default();
    build_reports(&at_work).await;
    println!("working at once: {}", at_work.peak());
    let at_work = Arc::new(Gauge::default());
    spawn_reports(Arc::clone(&at_work)).await;
    println!("working at once when spawned: {}", several(at_work.peak()));

    let inbox = Inbox::default();
    inbox.reply.notify_one();
    println!("user 1: {}", get_dashboard_data(1, &inbox).await?);
    println!("user 1 log: {}", inbox.log.borrow().join(", "));

    let inbox = Inbox::default();
    if let Err(error) = get_dashboard_data(2, &inbox).await {
        inbox.note("error arrived");
        println!("user 2: {error}");
    }
    inbox.reply.notify_one();
    sleep(Duration::from_millis(10)).await;
    println!("user 2 log: {}", inbox.log.borrow().join(", "));
    Ok(())
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

fn several(count: usize) -> &'static str {
    if count > 1 { "several" } else { "one" }
}
