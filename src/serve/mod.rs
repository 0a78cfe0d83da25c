//! A server for one reader: pages from memory, rebuilt and reloaded when a file changes.
//!
//! A build that fails changes nothing: the last good pages stay up, and the open page shows what
//! is wrong until it is mended.

mod http;
mod watch;

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anstream::{eprintln, stdout};
use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::watch::{self as channel, Sender};

use crate::site::Pages;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// On 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Open a browser.
    pub open: bool,
    /// Files and folders whose changes cause a new build.
    pub watched: Vec<PathBuf>,
}

/// What a build gave.
#[derive(Debug)]
pub enum Built {
    /// The site.
    Pages(Pages),
    /// The catalog has errors, as text.
    Refused(String),
}

/// What the server shows now.
#[derive(Clone, Debug, Default)]
struct Shown {
    /// Grows with every good build, so that an open page knows that it is old.
    version: u64,
    /// The last good pages; none when there was no good build yet.
    pages: Option<Arc<Pages>>,
    /// What is wrong with the files as they are now.
    problems: Option<Arc<str>>,
}

/// Builds, serves until Ctrl-C, and builds again whenever something watched changes.
///
/// # Errors
/// When the port is taken, or the first build cannot run.
pub fn serve(
    options: &Options,
    build: impl Fn() -> anyhow::Result<Built> + Send + Sync + 'static,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server")?;
    runtime.block_on(run(options, Arc::new(build)))
}

async fn run(
    options: &Options,
    build: Arc<impl Fn() -> anyhow::Result<Built> + Send + Sync + 'static>,
) -> anyhow::Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let listener = TcpListener::bind(address).await.map_err(|error| port_error(error, address))?;
    let (shown, _) = channel::channel(Shown::default());
    // Watch before the first build, so that no change falls between the two.
    let mut changes = watch::watch(&options.watched)
        .inspect_err(|error| eprintln!("warning: changes will not be noticed: {error}"))
        .ok();
    rebuild(&shown, &build).await?;
    let url = format!("http://{}/", listener.local_addr().context("cannot tell the port")?);
    writeln!(stdout(), "serving {url} until Ctrl-C")?;
    if options.open
        && let Err(error) = open::that(&url)
    {
        eprintln!("warning: cannot open a browser: {error}");
    }
    let server = axum::serve(listener, http::router(shown.clone()));
    let follow = async {
        match &mut changes {
            Some(changes) => {
                while changes.next().await {
                    if let Err(error) = rebuild(&shown, &build).await {
                        refuse(&shown, &format!("{error:#}"));
                        eprintln!("error: {error:#}");
                    }
                }
            }
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        result = server => result.context("the server stopped"),
        () = follow => Ok(()),
        result = stop() => result.context("cannot wait for Ctrl-C"),
    }
}

async fn rebuild(
    shown: &Sender<Shown>,
    build: &Arc<impl Fn() -> anyhow::Result<Built> + Send + Sync + 'static>,
) -> anyhow::Result<()> {
    let build = Arc::clone(build);
    match tokio::task::spawn_blocking(move || build()).await.context("the build crashed")?? {
        Built::Pages(pages) => shown.send_modify(|shown| {
            *shown =
                Shown { version: shown.version + 1, pages: Some(Arc::new(pages)), problems: None };
        }),
        Built::Refused(problems) => refuse(shown, &problems),
    }
    Ok(())
}

fn refuse(shown: &Sender<Shown>, problems: &str) {
    shown.send_modify(|shown| shown.problems = Some(problems.into()));
}

fn port_error(error: io::Error, address: SocketAddr) -> anyhow::Error {
    let taken = error.kind() == io::ErrorKind::AddrInUse;
    let error = anyhow::Error::new(error);
    if taken {
        let port = address.port();
        error.context(format!("port {port} is in use: choose another one with `--port`"))
    } else {
        error.context(format!("cannot listen on {address}"))
    }
}

/// Ends when the process is asked to.
async fn stop() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
