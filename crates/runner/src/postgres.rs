//! A private `PostgreSQL` server: free port, temporary data, an empty database for each program.

use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A server that stops when this is dropped.
#[derive(Debug)]
pub struct Postgres {
    address: Arc<Address>,
    server: Child,
    databases: AtomicU32,
}

#[derive(Debug)]
struct Address {
    programs: PathBuf,
    port: u16,
}

/// The server does not work.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// A file or a process could not be made.
    #[error("cannot {what}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// One of its programs failed.
    #[error("`{program}` failed: {said}")]
    Program {
        /// Its name.
        program: &'static str,
        /// What it printed.
        said: String,
    },
}

fn failed(what: &'static str) -> impl FnOnce(io::Error) -> PostgresError {
    move |source| PostgresError::Io { what, source }
}

impl Postgres {
    /// The folder of the server's programs, if it is installed: on PATH, or where Debian,
    /// Red Hat and Homebrew put it; the newest version first.
    #[must_use]
    pub fn programs() -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = std::env::split_paths(&path)
            .filter_map(|folder| fs::canonicalize(folder.join("postgres")).ok())
            .filter_map(|file| Some(file.parent()?.to_owned()));
        let mut elsewhere = Vec::new();
        for (parent, prefix) in [
            ("/usr/lib/postgresql", ""),
            ("/usr", "pgsql-"),
            ("/opt/homebrew/opt", "postgresql"),
            ("/usr/local/opt", "postgresql"),
        ] {
            for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let Some(version) = name.strip_prefix(prefix) else { continue };
                let version: u32 = version.trim_start_matches('@').parse().unwrap_or(0);
                elsewhere.push((version, entry.path().join("bin")));
            }
        }
        elsewhere.sort_by(|a, b| b.cmp(a));
        let needed = ["postgres", "initdb", "pg_isready", "createdb", "dropdb"];
        on_path
            .chain(elsewhere.into_iter().map(|(_, folder)| folder))
            .find(|folder| needed.iter().all(|program| folder.join(program).is_file()))
    }

    /// Starts a server from the programs in `programs`, with its data below `folder`.
    ///
    /// # Errors
    /// When it does not come up; with what it said.
    pub fn start(programs: &Path, folder: &Path) -> Result<Self, PostgresError> {
        let folder = folder.join("postgres");
        fs::create_dir(&folder).map_err(failed("make a temporary folder"))?;
        give_to_postgres(&folder)?;
        let data = folder.join("data");
        let mut initdb = as_postgres(programs, "initdb");
        initdb.arg("--pgdata").arg(&data).args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        run("initdb", &mut initdb)?;
        // A port that was free can be taken before the server has it: then take another.
        let mut last = None;
        for _ in 0..3 {
            match start_server(programs, &folder) {
                Ok((server, port)) => {
                    let address = Arc::new(Address { programs: programs.to_owned(), port });
                    let databases = AtomicU32::new(0);
                    return Ok(Self { address, server, databases });
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| unreachable!("there was at least one attempt")))
    }

    /// Makes an empty database.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) fn database(&self) -> Result<Database, PostgresError> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let database =
            Database { name: format!("program_{number}"), address: self.address.clone() };
        run("createdb", self.address.client("createdb").arg(&database.name))?;
        Ok(database)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        stop(&mut self.server);
    }
}

impl Address {
    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(["--host=127.0.0.1", "--username=postgres", "--port"]);
        command.arg(self.port.to_string());
        command
    }
}

/// An empty database that goes away when this is dropped.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
    address: Arc<Address>,
}

impl Database {
    pub(crate) fn url(&self) -> String {
        format!("postgresql://postgres@127.0.0.1:{}/{}", self.address.port, self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // All databases go away with the server: this only keeps the disk free meanwhile.
        let _ = self.address.client("dropdb").args(["--force", &self.name]).output();
    }
}

fn start_server(programs: &Path, folder: &Path) -> Result<(Child, u16), PostgresError> {
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(failed("find a free port"))?
        .port();
    let log_path = folder.join("log");
    let log = fs::File::create(&log_path).map_err(failed("write to a temporary folder"))?;
    let mut server = as_postgres(programs, "postgres");
    server.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
    for setting in [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=off",
        "full_page_writes=off",
        "log_min_messages=error",
    ] {
        server.args(["-c", setting]);
    }
    let mut server = server
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .map_err(failed("start `postgres`"))?;
    let address = Address { programs: programs.to_owned(), port };
    let deadline = Instant::now() + STARTS_WITHIN;
    loop {
        let ready = address.client("pg_isready").arg("--quiet").status();
        if ready.is_ok_and(|status| status.success()) {
            return Ok((server, port));
        }
        if Instant::now() > deadline || !matches!(server.try_wait(), Ok(None)) {
            stop(&mut server);
            let said = fs::read_to_string(&log_path).unwrap_or_default();
            return Err(PostgresError::Program { program: "postgres", said });
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn run(program: &'static str, command: &mut Command) -> Result<(), PostgresError> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| PostgresError::Io { what: "start a program of PostgreSQL", source })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(PostgresError::Program { program, said })
}

/// `PostgreSQL` refuses to run as root: then it runs as the user `postgres`. On Linux it ends
/// with us, however we end.
#[cfg(unix)]
fn as_postgres(programs: &Path, program: &str) -> Command {
    let program = programs.join(program);
    if cfg!(not(target_os = "linux")) {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if rustix::process::geteuid().is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.arg(program).current_dir("/").env("LC_ALL", "C");
    command
}

#[cfg(not(unix))]
fn as_postgres(programs: &Path, program: &str) -> Command {
    Command::new(programs.join(program))
}

#[cfg(unix)]
fn give_to_postgres(folder: &Path) -> Result<(), PostgresError> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    run("chown", Command::new("chown").arg("postgres").arg(folder))
}

#[cfg(not(unix))]
fn give_to_postgres(_folder: &Path) -> Result<(), PostgresError> {
    Ok(())
}

/// Ends the server as `pg_ctl stop -m immediate` does: its data is thrown away.
#[cfg(unix)]
fn stop(server: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process};
    if matches!(server.try_wait(), Ok(None)) {
        let _ = kill_process(Pid::from_child(server), Signal::QUIT);
        let _ = server.wait();
    }
}

#[cfg(not(unix))]
fn stop(server: &mut Child) {
    let _ = server.kill();
    let _ = server.wait();
}
