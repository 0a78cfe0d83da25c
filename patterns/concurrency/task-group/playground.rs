//! Run one task per user in a group: all finish, or all stop.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;

#[derive(Debug, thiserror::Error)]
enum UsersError {
    #[error("no user {0}")]
    NoUser(u32),
    #[error("a task failed: {0}")]
    Crashed(#[from] JoinError),
}

fn delay(uid: u32) -> Duration {
    Duration::from_millis(match uid {
        1 => 60,
        2 => 20,
        3 => 40,
        7 => 5000,
        _ => 0,
    })
}

#[derive(Default)]
struct Accounts {
    log: Mutex<Vec<String>>,
}

impl Accounts {
    async fn get_user(&self, uid: u32) -> Result<String, UsersError> {
        self.note(format!("asked {uid}"));
        let _leave = Leave(self, uid);
        sleep(delay(uid)).await;
        if uid >= 400 {
            return Err(UsersError::NoUser(uid));
        }
        Ok(format!("user {uid}"))
    }

    fn note(&self, event: impl Into<String>) {
        let log = self.log.lock();
        let mut log = log.unwrap_or_else(PoisonError::into_inner);
        log.push(event.into());
    }

    fn log(&self) -> String {
        let log = self.log.lock();
        log.unwrap_or_else(PoisonError::into_inner).join(", ")
    }
}

/// Notes that a call is over, whether it came to its end or was stopped.
struct Leave<'a>(&'a Accounts, u32);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.note(format!("left {}", self.1));
    }
}

async fn get_multiple_users(
    accounts: &Arc<Accounts>,
    user_ids: &[u32],
) -> Result<Vec<String>, UsersError> {
    let mut tasks = JoinSet::new();
    for (place, &uid) in user_ids.iter().enumerate() {
        let accounts = Arc::clone(accounts);
        tasks.spawn(async move { (place, accounts.get_user(uid).await) });
    }
    let mut users = vec![String::new(); user_ids.len()];
    while let Some(done) = tasks.join_next().await {
        match done? {
            (place, Ok(user)) => users[place] = user,
            (_, Err(error)) => {
                tasks.shutdown().await;
                return Err(error);
            }
        }
    }
    Ok(users)
}

async fn get_users_as_they_come(
    accounts: &Arc<Accounts>,
    user_ids: &[u32],
) -> Result<Vec<String>, UsersError> {
    let mut tasks = JoinSet::new();
    for &uid in user_ids {
        let accounts = Arc::clone(accounts);
        tasks.spawn(async move { accounts.get_user(uid).await });
    }
    let mut users = Vec::new();
    while let Some(done) = tasks.join_next().await {
        users.push(done??); // an error drops `tasks`, which aborts the rest
    }
    Ok(users)
}

// Virtual time: a sleep ends when nothing else can run.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), UsersError> {
    let accounts = Arc::new(Accounts::default());
    let users = get_multiple_users(&accounts, &[1, 2, 3]).await?;
    println!("log: {}", accounts.log());
    println!("returned: {}", users.join(", "));
    let users = get_users_as_they_come(&accounts, &[1, 2, 3]).await?;
    println!("returned as they come: {}", users.join(", "));

    let accounts = Arc::new(Accounts::default());
    if let Err(error) = get_multiple_users(&accounts, &[7, 404]).await {
        accounts.note("error arrived");
        println!("arrived as: {error:?}");
    }
    println!("log: {}", accounts.log());

    let accounts = Arc::new(Accounts::default());
    if get_users_as_they_come(&accounts, &[7, 404]).await.is_err() {
        accounts.note("error arrived");
    }
    sleep(Duration::from_millis(10)).await;
    println!("log when dropped: {}", accounts.log());
    Ok(())
}
