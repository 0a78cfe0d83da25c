//! A response body that is sent item by item while it is still being made.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use anyhow::{Result, bail};
use futures::{Stream, TryStreamExt, stream};
use http_body_util::{BodyExt, Empty, StreamBody};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

const ITEMS: [&str; 3] = ["tea\n", "coffee\n", "cocoa\n"];

#[derive(Clone)]
struct App {
    log: Arc<Mutex<Vec<String>>>,
    received: Arc<Semaphore>,
    db_closed: Arc<Notify>,
}

impl App {
    fn log(&self, event: impl Into<String>) {
        self.log.lock().expect("not poisoned").push(event.into());
    }

    fn take_log(&self) -> String {
        let mut log = self.log.lock().expect("not poisoned");
        std::mem::take(&mut *log).join(", ")
    }
}

/// A query at work; it is closed when it is dropped.
struct Db {
    made: usize,
    breaks: bool,
    app: App,
}

impl Drop for Db {
    fn drop(&mut self) {
        self.app.log("db closed");
        self.app.db_closed.notify_one();
    }
}

impl Db {
    async fn next(mut self) -> Result<Option<(&'static str, Self)>> {
        if self.made > 0 {
            // Until the client has the item before.
            self.app.received.acquire().await?.forget();
        }
        let Some(item) = ITEMS.get(self.made) else {
            return Ok(None);
        };
        self.made += 1;
        self.app.log(format!("made {}", self.made));
        if self.breaks && self.made == 2 {
            bail!("no coffee left");
        }
        Ok(Some((*item, self)))
    }
}

fn generate(db: Db) -> impl Stream<Item = Result<&'static str>> {
    stream::try_unfold(db, Db::next)
}

async fn stream_items(
    app: App,
    request: Request<Incoming>,
) -> Result<Response<impl Body<Data = Bytes, Error = anyhow::Error>>, Infallible>
{
    let (made, breaks) = (0, request.uri().path() == "/broken");
    let items = generate(Db { made, breaks, app });
    let frames = items.map_ok(|item| Frame::data(Bytes::from(item)));
    Ok(Response::new(StreamBody::new(frames)))
}

async fn serve(listener: TcpListener, app: App) -> Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let app = app.clone();
        let service = service_fn(move |it| stream_items(app.clone(), it));
        let stream = TokioIo::new(stream);
        let connection = http1::Builder::new();
        tokio::spawn(async move {
            // It ends with an error when a body breaks off.
            connection.serve_connection(stream, service).await.ok();
        });
    }
}

async fn read(body: &mut Incoming, leave: bool, app: &App) -> Result<()> {
    while let Some(frame) = body.frame().await {
        if let Some(item) = frame?.data_ref() {
            app.log(format!("got {}", str::from_utf8(item)?.trim_end()));
        }
        if leave {
            return Ok(());
        }
        app.received.add_permits(1);
    }
    app.log("end");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let app = App {
        log: Arc::default(),
        received: Arc::new(Semaphore::new(0)),
        db_closed: Arc::default(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(serve(listener, app.clone()));
    let client = Client::builder(TokioExecutor::new()).build_http();

    for (path, leave) in [("items", false), ("broken", false), ("items", true)]
    {
        let request = Request::get(format!("{url}{path}"));
        let request = request.body(Empty::<Bytes>::new())?;
        let mut response = client.request(request).await?;
        let status = response.status().as_u16();
        if let Err(error) = read(response.body_mut(), leave, &app).await {
            app.log(error.to_string());
        }
        drop(response);
        app.db_closed.notified().await;
        println!("{path}: {status}, {}", app.take_log());
    }
    Ok(())
}
