//! Wait for every task, and tell values, errors, bugs and cancellation apart.

use std::panic;
use std::time::Duration;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Shared, join_all};
use tokio::join;
use tokio::task::{JoinError, JoinHandle};
use tokio::time::sleep;

/// A failure that has to be expected now and then.
#[derive(Debug, thiserror::Error)]
enum ServiceError {
    #[error("{0} is down")]
    Down(&'static str),
    #[error("the feed has stopped")]
    FeedStopped(#[from] oneshot::Canceled),
}

type Answers = Result<Vec<&'static str>, ServiceError>;

/// Answers three questions; some of them may have a fault.
#[derive(Clone)]
struct Shop {
    questions: &'static str,
    fault: &'static str,
    feed: Shared<oneshot::Receiver<()>>,
}

impl Shop {
    async fn answer(
        &self,
        question: &'static str,
        answers: &[&'static str],
    ) -> Result<&'static str, ServiceError> {
        let asked = self.questions.contains(question);
        let fault = if asked { self.fault } else { "" };
        if fault == "down" {
            return Err(ServiceError::Down(question));
        }
        if fault == "cut off" {
            self.feed.clone().await?;
        }
        sleep(Duration::from_millis(10)).await;
        Ok(answers[if fault == "bug" { 7 } else { 0 }])
    }

    async fn get_user(&self) -> Result<&'static str, ServiceError> {
        self.answer("user", &["ada"]).await
    }

    async fn get_recent_orders(&self) -> Answers {
        Ok(vec![self.answer("orders", &["tea"]).await?])
    }

    async fn get_notifications(&self) -> Answers {
        Ok(vec![self.answer("notifications", &["sent"]).await?])
    }
}

// ANCHOR: core
async fn collect_outcomes(tasks: Vec<JoinHandle<Answers>>) -> Vec<String> {
    let outcomes = join_all(tasks).await;
    outcomes.into_iter().map(describe).collect()
}

fn describe(outcome: Result<Answers, JoinError>) -> String {
    match outcome {
        Err(end) if end.is_cancelled() => "cancelled".to_owned(),
        Ok(Err(error)) => format!("error, {error}"),
        Err(end) => format!("bug, {}", panic_message(end)),
        Ok(Ok(orders)) => format!("value, {}", orders[0]),
    }
}
// ANCHOR_END: core

fn panic_message(end: JoinError) -> String {
    let message = end.into_panic().downcast::<String>();
    message.map_or("no message".to_owned(), |text| *text)
}

struct DashboardData {
    user: &'static str,
    orders: Vec<&'static str>,
    notifications: Vec<&'static str>,
}

impl DashboardData {
    fn show(&self) -> String {
        let Self { user, orders, .. } = self;
        format!("{user}, {orders:?}, {:?}", self.notifications)
    }
}

// ANCHOR: dashboard
async fn get_dashboard_data(
    shop: &Shop,
    log: &mut Vec<String>,
) -> Result<DashboardData, ServiceError> {
    let (user, orders, notifications) = join!(
        shop.get_user(),
        shop.get_recent_orders(),
        shop.get_notifications(),
    );
    Ok(DashboardData {
        user: user?,
        orders: or_none("orders", orders, log),
        notifications: or_none("notifications", notifications, log),
    })
}

fn or_none(
    part: &str,
    outcome: Answers,
    log: &mut Vec<String>,
) -> Vec<&'static str> {
    outcome.unwrap_or_else(|error| {
        log.push(format!("no {part}: {error}"));
        Vec::new()
    })
}
// ANCHOR_END: dashboard

// ANCHOR: one-task
async fn collect_on_one_task(shops: Vec<Shop>) -> Vec<Answers> {
    join_all(shops.iter().map(Shop::get_recent_orders)).await
}
// ANCHOR_END: one-task

#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    panic::set_hook(Box::new(|_| ())); // the default prints to stderr
    let (feed_owner, feed) = oneshot::channel();
    let feed = feed.shared();
    let shop = |questions, fault| Shop {
        questions,
        fault,
        feed: feed.clone(),
    };

    let shops = ["", "down", "cut off", "bug"].map(|f| shop("orders", f));
    let tasks = shops.map(|shop| {
        tokio::spawn(async move { shop.get_recent_orders().await })
    });
    tasks[2].abort();
    let outcomes = collect_outcomes(tasks.into()).await;
    for (number, outcome) in (1..).zip(outcomes) {
        println!("shop {number}: {outcome}");
    }

    for fault in ["down", "bug"] {
        let shops = vec![shop("orders", ""), shop("orders", fault)];
        match tokio::spawn(collect_on_one_task(shops)).await {
            Ok(outcomes) => println!("one task, {fault}: {outcomes:?}"),
            Err(end) => println!("one task, {fault}: {}", panic_message(end)),
        }
    }

    drop(feed_owner);
    let mut log = Vec::new();
    for (questions, fault) in [
        ("orders, notifications", "down"),
        ("notifications", "cut off"),
        ("user", "down"),
    ] {
        let shop = shop(questions, fault);
        let checked = match get_dashboard_data(&shop, &mut log).await {
            Ok(data) => data.show(),
            Err(error) => error.to_string(),
        };
        println!("{questions} {fault}: {checked}");
    }
    println!("logged: {}", log.join(", "));
}
