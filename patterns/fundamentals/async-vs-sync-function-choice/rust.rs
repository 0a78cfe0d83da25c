//! Where a handler's code runs, and what it does to /health while it waits.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::task::spawn_blocking;

const PATIENCE: Duration = Duration::from_millis(700);

/// A slow service: it answers once /health has, or when patience ends.
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
        let alive = yes(health.recv_timeout(PATIENCE).is_ok());
        let user_id = user_id.trim();
        write!(&caller, "user {user_id}, health answered: {alive}")?;
    }
}

struct Failure(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::BAD_GATEWAY, self.0.to_string()).into_response()
    }
}

async fn health(State(service): State<UserService>) -> &'static str {
    service.health_answered.send(()).ok();
    "ok"
}

// ANCHOR: core
async fn get_user(
    State(service): State<UserService>,
    Path(user_id): Path<u32>,
) -> Result<String, Failure> {
    Ok(service.fetch_async(user_id).await?)
}

// ANCHOR_END: core
// ANCHOR: bad
async fn get_user_blocking(
    State(service): State<UserService>,
    Path(user_id): Path<u32>,
) -> Result<String, Failure> {
    Ok(service.fetch(user_id)?)
}

// ANCHOR_END: bad
// ANCHOR: thread
async fn get_user_in_thread(
    State(service): State<UserService>,
    Path(user_id): Path<u32>,
) -> Result<String, Failure> {
    Ok(spawn_blocking(move || service.fetch(user_id)).await??)
}

// ANCHOR_END: thread
#[tokio::main(flavor = "current_thread")]
async fn serve(listener: TcpListener, service: UserService) -> io::Result<()> {
    let app = Router::new()
        .route("/health", get(health))
        .route("/await/users/{user_id}", get(get_user))
        .route("/block/users/{user_id}", get(get_user_blocking))
        .route("/thread/users/{user_id}", get(get_user_in_thread))
        .with_state(service);
    listener.set_nonblocking(true)?;
    axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
}

async fn beside_health(
    service: &UserService,
    url: &str,
    path: &str,
) -> Result<String> {
    let user = tokio::spawn(reqwest::get(format!("{url}{path}")));
    service.asked.notified().await;
    reqwest::get(format!("{url}/health")).await?;
    Ok(user.await??.text().await?)
}

fn yes(condition: bool) -> &'static str {
    if condition { "yes" } else { "no" }
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<()> {
    let service = UserService::start()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let theirs = service.clone();
    thread::spawn(move || serve(listener, theirs));
    for kind in ["await", "block", "thread"] {
        let path = format!("/{kind}/users/7");
        let user = beside_health(&service, &url, &path).await?;
        println!("{kind}: {user}");
    }
    Ok(())
}
