//! Start tasks early, await them later, and see what an early error leaves.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::runtime::Handle;
use tokio::sync::{Notify, SetOnce};
use tokio::time::sleep;
use tokio::try_join;
use tokio_util::task::AbortOnDropHandle;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn push(&self, event: impl Into<String>) {
        let log = self.0.lock();
        log.unwrap_or_else(PoisonError::into_inner)
            .push(event.into());
    }

    fn join(&self) -> String {
        let log = self.0.lock();
        log.unwrap_or_else(PoisonError::into_inner).join(", ")
    }
}

/// Counts rows when its reply comes, or fails if it is down.
#[derive(Clone)]
struct CountService {
    log: Log,
    name: &'static str,
    rows: u32,
    down: bool,
    reply: Arc<SetOnce<()>>,
}

impl CountService {
    async fn count(self) -> Result<u32> {
        self.log.push(format!("{} asked", self.name));
        self.reply.wait().await;
        if self.down {
            self.log.push(format!("{} failed", self.name));
            bail!("{} is down", self.name);
        }
        self.log.push(format!("{} counted", self.name));
        Ok(self.rows)
    }
}

/// A log and three services: users replies at once, the others later.
struct Site {
    log: Log,
    user_service: CountService,
    post_service: CountService,
    comment_service: CountService,
}

impl Site {
    fn new(down: &[&str]) -> Self {
        let log = Log::default();
        let service = |name, rows, reply| CountService {
            log: log.clone(),
            name,
            rows,
            down: down.contains(&name),
            reply: Arc::new(SetOnce::new_with(reply)),
        };
        Self {
            user_service: service("users", 3, Some(())),
            post_service: service("posts", 12, None),
            comment_service: service("comments", 40, None),
            log,
        }
    }

    fn let_reply(&self) -> Result<()> {
        self.post_service.reply.set(())?;
        self.comment_service.reply.set(())?;
        Ok(())
    }

    async fn get_title(&self) -> Result<&'static str> {
        sleep(Duration::from_millis(10)).await;
        self.log.push("title ready");
        self.let_reply()?;
        Ok("home")
    }
}

// ANCHOR: core
async fn get_dashboard(site: &Site) -> Result<String> {
    let users_task = tokio::spawn(site.user_service.clone().count());
    let posts_task = tokio::spawn(site.post_service.clone().count());
    let comments_task = tokio::spawn(site.comment_service.clone().count());

    let title = site.get_title().await?; // the tasks run meanwhile

    let users_count = users_task.await??;
    let posts_count = posts_task.await??;
    let comments_count = comments_task.await??;
    Ok(format!(
        "{title}: {users_count}, {posts_count}, {comments_count}"
    ))
}
// ANCHOR_END: core

// ANCHOR: without-tasks
async fn get_dashboard_without_tasks(site: &Site) -> Result<String> {
    let users = site.user_service.clone().count();
    let posts = site.post_service.clone().count();
    let comments = site.comment_service.clone().count();

    let title = site.get_title().await?; // nothing else runs

    let counts = (users.await?, posts.await?, comments.await?);
    Ok(format!("{title}: {}, {}, {}", counts.0, counts.1, counts.2))
}
// ANCHOR_END: without-tasks

// ANCHOR: failure
async fn dashboard_or_error(site: &Site) -> String {
    get_dashboard(site).await.unwrap_or_else(|error| {
        site.log.push("error arrived");
        format!("error: {error}")
    })
}
// ANCHOR_END: failure

// ANCHOR: owned
async fn start_count(service: &CountService) -> Result<u32> {
    let task = tokio::spawn(service.clone().count());
    AbortOnDropHandle::new(task).await?
}

async fn get_dashboard_owned(site: &Site) -> Result<String> {
    let (users_count, posts_count, comments_count, title) = try_join!(
        start_count(&site.user_service),
        start_count(&site.post_service),
        start_count(&site.comment_service),
        site.get_title(),
    )?;
    Ok(format!(
        "{title}: {users_count}, {posts_count}, {comments_count}"
    ))
}
// ANCHOR_END: owned

async fn owned_or_error(site: &Site) -> String {
    get_dashboard_owned(site).await.unwrap_or_else(|error| {
        site.log.push("error arrived");
        format!("error: {error}")
    })
}

// ANCHOR: forgotten
async fn start_and_forget() {
    tokio::spawn(async { Notify::new().notified().await });
    tokio::task::yield_now().await;
}
// ANCHOR_END: forgotten

// Virtual time: a sleep ends when no task can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
pub async fn main() -> Result<()> {
    let site = Site::new(&[]);
    println!("tasks: {}", get_dashboard(&site).await?);
    println!("log: {}", site.log.join());
    let site = Site::new(&[]);
    println!("no tasks: {}", get_dashboard_without_tasks(&site).await?);
    println!("log: {}", site.log.join());

    let site = Site::new(&["users", "posts"]);
    println!("in turn: {}", dashboard_or_error(&site).await);
    sleep(Duration::from_millis(10)).await;
    println!("log: {}", site.log.join());

    let site = Site::new(&[]);
    println!("owned: {}", get_dashboard_owned(&site).await?);
    let site = Site::new(&["users", "posts"]);
    println!("owned: {}", owned_or_error(&site).await);
    site.let_reply()?;
    sleep(Duration::from_millis(10)).await;
    println!("log: {}", site.log.join());

    start_and_forget().await;
    sleep(Duration::from_millis(10)).await;
    let alive = Handle::current().metrics().num_alive_tasks();
    println!("forgotten, still alive: {alive}");
    Ok(())
}
