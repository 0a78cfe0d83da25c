//! A lock that blocks its thread must not be held across an await.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use futures::future::join_all;
use tokio::runtime::Builder;
use tokio::sync::Mutex as AsyncMutex;
use tokio::task;
use tokio::time::sleep;

type Token = Option<String>;

#[derive(Default)]
struct Auth {
    logins: AtomicU32,
}

impl Auth {
    async fn login(&self) -> String {
        let number = self.logins.fetch_add(1, Ordering::Relaxed) + 1;
        sleep(Duration::from_millis(10)).await;
        format!("token {number}")
    }
}

// ANCHOR: race
async fn check_then_login(auth: &Auth, cache: &Mutex<Token>) -> String {
    if let Some(token) = &*cache.lock().unwrap() {
        return token.clone();
    }
    let token = auth.login().await;
    *cache.lock().unwrap() = Some(token.clone());
    token
}

// ANCHOR_END: race
// ANCHOR: bad
#[expect(clippy::await_holding_lock, reason = "the mistake shown here")]
async fn login_under_thread_lock(auth: &Auth, cache: &Mutex<Token>) -> String {
    let mut cached = cache.lock().unwrap();
    if let Some(token) = &*cached {
        return token.clone();
    }
    let token = auth.login().await;
    *cached = Some(token.clone());
    token
}

// ANCHOR_END: bad
// ANCHOR: good
async fn login_under_async_lock(
    auth: &Auth,
    cache: &AsyncMutex<Token>,
) -> String {
    let mut cached = cache.lock().await;
    if let Some(token) = &*cached {
        return token.clone();
    }
    let token = auth.login().await;
    *cached = Some(token.clone());
    token
}

// ANCHOR_END: good
// ANCHOR: short
fn next_request(requests: &Mutex<u32>) -> u32 {
    let mut count = requests.lock().unwrap();
    *count += 1;
    *count
}

// ANCHOR_END: short
fn finishes<W>(work: impl FnOnce() -> W + Send + 'static) -> bool
where
    W: Future<Output = ()>,
{
    let (done, finished) = mpsc::channel();
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_time().build();
        runtime.unwrap().block_on(work());
        done.send(())
    });
    finished.recv_timeout(Duration::from_secs(1)).is_ok()
}

async fn in_turn() {
    let (auth, cache) = (Auth::default(), Mutex::default());
    login_under_thread_lock(&auth, &cache).await;
    login_under_thread_lock(&auth, &cache).await;
}

async fn at_once() {
    let (auth, cache) = (Auth::default(), Mutex::default());
    tokio::join!(
        login_under_thread_lock(&auth, &cache),
        login_under_thread_lock(&auth, &cache),
    );
}

fn yes(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

#[tokio::main]
pub async fn main() -> Result<(), task::JoinError> {
    let (auth, cache) = (Auth::default(), Mutex::default());
    let tokens = join_all((0..3).map(|_| check_then_login(&auth, &cache)));
    println!("race: three callers got {}", tokens.await.join(", "));
    let kept = check_then_login(&auth, &cache).await;
    let logins = auth.logins.load(Ordering::Relaxed);
    println!("race: a later caller got {kept}, logins: {logins}");

    let finished = task::spawn_blocking(|| finishes(in_turn)).await?;
    println!("bad: two callers in turn finished: {}", yes(finished));
    let finished = task::spawn_blocking(|| finishes(at_once)).await?;
    println!("bad: two callers at once finished: {}", yes(finished));

    let shared = Arc::new((Auth::default(), AsyncMutex::default()));
    let callers = (0..3).map(|_| {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            login_under_async_lock(&shared.0, &shared.1).await
        })
    });
    let tokens = join_all(callers).await;
    let tokens = tokens.into_iter().collect::<Result<Vec<_>, _>>()?;
    println!("good: three callers got {}", tokens.join(", "));

    let requests = Arc::new(Mutex::default());
    let callers = (0..100).map(|_| {
        let requests = Arc::clone(&requests);
        task::spawn_blocking(move || next_request(&requests))
    });
    let numbers = join_all(callers).await;
    let numbers = numbers.into_iter().collect::<Result<HashSet<_>, _>>()?;
    println!("short: different numbers: {} of 100", numbers.len());
    Ok(())
}
