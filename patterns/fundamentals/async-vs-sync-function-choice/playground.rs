//! Where a handler's code runs, and what it does to health checks meanwhile.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::task::spawn_blocking;

const PATIENCE: Duration = Duration::from_millis(700);

/// A slow service: it answers once our health check has, or when its
/// patience ends.
#[derive(Clone)]
struct UserService {
    asked: Arc<Notify>,
    health_answered: Sender<()>,
    address: SocketAddr,
}

impl UserService {
    fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let asked = Arc::new(Notify::new());
        let (health_answered, alive) = mpsc::channel();
        let notify = asked.clone();
        thread::spawn(move || answer_calls(&listener, &notify, &alive));
        Ok(Self {
            asked,
            health_answered,
            address,
        })
    }

    fn fetch(&self, user_id: u32) -> io::Result<String> {
        let mut connection = TcpStream::connect(self.address)?;
        writeln!(connection, "{user_id}")?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer)
    }

    async fn fetch_async(&self, user_id: u32) -> io::Result<String> {
        let connect = tokio::net::TcpStream::connect(self.address);
        let mut connection = connect.await?;
        let request = format!("{user_id}\n");
        connection.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await?;
        Ok(answer)
    }
}

fn answer_calls(
    listener: &TcpListener,
    asked: &Notify,
    health: &Receiver<()>,
) -> io::Result<()> {
    loop {
        let (caller, _) = listener.accept()?;
        let mut user_id = String::new();
        BufReader::new(&caller).read_line(&mut user_id)?;
        while health.try_recv().is_ok() {} // of the call before
        asked.notify_one();
        let alive = health.recv_timeout(PATIENCE).is_ok();
        let alive = if alive { "yes" } else { "no" };
        let user_id = user_id.trim();
        write!(&caller, "user {user_id}, health answered: {alive}")?;
    }
}

/// Waits, and lets the thread run other tasks.
async fn get_user(service: UserService, user_id: u32) -> io::Result<String> {
    service.fetch_async(user_id).await
}

/// Keeps the thread until the answer is there.
async fn get_user_blocking(
    service: UserService,
    user_id: u32,
) -> io::Result<String> {
    service.fetch(user_id)
}

/// Keeps a thread of the pool for blocking work.
async fn get_user_in_thread(
    service: UserService,
    user_id: u32,
) -> io::Result<String> {
    spawn_blocking(move || service.fetch(user_id)).await?
}

/// Starts a handler, and answers a health check once the service is asked.
async fn beside_health<F>(
    service: &UserService,
    handler: impl FnOnce(UserService, u32) -> F,
) -> io::Result<String>
where
    F: Future<Output = io::Result<String>> + Send + 'static,
{
    let user = tokio::spawn(handler(service.clone(), 7));
    service.asked.notified().await;
    service.health_answered.send(()).ok();
    user.await?
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let service = UserService::start()?;
    let user = beside_health(&service, get_user).await?;
    println!("await: {user}");
    let user = beside_health(&service, get_user_blocking).await?;
    println!("block: {user}");
    let user = beside_health(&service, get_user_in_thread).await?;
    println!("thread: {user}");
    Ok(())
}
