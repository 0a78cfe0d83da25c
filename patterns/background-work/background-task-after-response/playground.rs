//! Work that a request starts and that goes on after its response.

use std::sync::{Arc, Mutex};

use anyhow::ensure;
use http::StatusCode;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

#[derive(Clone)]
struct App {
    tracker: TaskTracker,
    mail_server: Arc<Semaphore>,
    log: Arc<Mutex<Vec<String>>>,
}

impl App {
    fn log(&self, event: impl Into<String>) {
        self.log.lock().expect("not poisoned").push(event.into());
    }

    fn take_log(&self) -> String {
        let mut log = self.log.lock().expect("not poisoned");
        std::mem::take(&mut *log).join(", ")
    }

    /// Waits until the mail server takes one more message.
    async fn mail_server(&self) -> anyhow::Result<()> {
        self.mail_server.acquire().await?.forget();
        Ok(())
    }

    /// Calls a handler, notes its response, and only then lets the mail
    /// server take messages.
    async fn request(&self, handler: impl Future<Output = StatusCode>) {
        self.log(handler.await.as_str());
        self.mail_server.add_permits(2);
    }

    /// Waits for the work that was started so far.
    async fn finish(&self) {
        self.tracker.close();
        self.tracker.wait().await;
        self.tracker.reopen();
        self.mail_server.forget_permits(2);
    }
}

async fn create_user(app: &App, email: &str) -> StatusCode {
    app.log(format!("stored {email}"));
    app.tracker.spawn(send_email(app.clone(), email.to_owned()));
    StatusCode::CREATED
}

async fn send_email(app: App, to: String) -> anyhow::Result<()> {
    app.mail_server().await?;
    ensure!(to.contains('@'), "bad address: {to}");
    app.log(format!("e-mail to {to}"));
    Ok(())
}

/// Starts work that nobody hears of when it fails.
async fn create_order(app: &App, email: &str) -> StatusCode {
    app.tracker.spawn(send_email(app.clone(), email.to_owned()));
    StatusCode::CREATED
}

/// Starts the same work, and reports its failure.
async fn create_order_safely(app: &App, email: &str) -> StatusCode {
    let work = send_email(app.clone(), email.to_owned());
    app.tracker.spawn(attempt(app.clone(), work));
    StatusCode::CREATED
}

async fn attempt(app: App, work: impl Future<Output = anyhow::Result<()>>) {
    if let Err(error) = work.await {
        app.log(format!("failed, {error}"));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App {
        tracker: TaskTracker::new(),
        mail_server: Arc::new(Semaphore::new(0)),
        log: Arc::default(),
    };
    app.request(create_user(&app, "ann@example.com")).await;
    app.finish().await;
    println!("user: {}", app.take_log());

    app.request(create_order(&app, "nowhere")).await;
    app.finish().await;
    println!("order: {}", app.take_log());
    app.request(create_order_safely(&app, "nowhere")).await;
    app.finish().await;
    println!("order, safely: {}", app.take_log());

    app.request(create_user(&app, "cy@example.com")).await;
    app.log("server stopped");
    app.finish().await; // without it, the runtime would drop the task
    app.log("tracker empty");
    println!("shutdown: {}", app.take_log());
}
