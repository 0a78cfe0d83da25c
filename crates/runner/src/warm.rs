//! Runs Python programs in forks of one interpreter that has their imports already
//! (`python/warm/warm.py`): a second less for each program that uses `FastAPI` or
//! `SQLAlchemy`.
//!
//! For many runs whose start is not what they are about. A program that is run for a reader's
//! sake is started with [`Python::command`].

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::{Ending, KEPT, Run};
use crate::{Prepared, Python, Services};

/// Returns in each fork, with the program.
const SERVE: &str = "exec(*__import__('warm').serve())";

/// How much longer than its limit a program may take to be forked and answered for.
const PATIENCE: Duration = Duration::from_mins(1);

/// Who waits for which program: its status, or none after the limit.
type Waiting = HashMap<u64, Sender<Option<i32>>>;

/// An interpreter that is ready to be forked; it ends when this is dropped.
#[derive(Debug)]
pub struct Warm {
    server: Child,
    requests: Mutex<Option<ChildStdin>>,
    waiting: Arc<Mutex<Waiting>>,
    next: AtomicU64,
    _prepared: Prepared,
}

impl Warm {
    /// Starts an interpreter that imports some modules; `folder` is that of `warm.py`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start<'a>(
        python: &Python,
        folder: &Path,
        services: &Services,
        modules: impl IntoIterator<Item = &'a str>,
    ) -> io::Result<Self> {
        let mut command = python.command();
        command.args(["-c", SERVE]).args(modules).env("PYTHONPATH", folder);
        let mut prepared = Prepared::new(command, services, &[]).map_err(io::Error::other)?;
        let mut server = prepared.command().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let requests = Mutex::new(server.stdin.take());
        let waiting = Arc::<Mutex<Waiting>>::default();
        if let Some(answers) = server.stdout.take() {
            let waiting = Arc::clone(&waiting);
            thread::spawn(move || route(answers, &waiting));
        }
        Ok(Self { server, requests, waiting, next: AtomicU64::new(0), _prepared: prepared })
    }

    /// Runs a program in the environment and folder of `prepared`, as [`crate::capture`] does.
    ///
    /// # Errors
    /// When the interpreter is gone.
    pub fn capture(
        &self,
        prepared: &mut Prepared,
        program: &Path,
        limit: Duration,
    ) -> io::Result<Run> {
        let command = prepared.command();
        let environment: HashMap<_, _> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_string_lossy(), value?.to_string_lossy())))
            .collect();
        let prints = tempfile::tempdir()?;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let request = json!({
            "number": number,
            "program": program,
            "environment": environment,
            "folder": command.get_current_dir(),
            "prints": prints.path(),
            "limit": limit.as_secs(),
        });
        let (sender, answer) = channel();
        lock(&self.waiting).insert(number, sender);
        if let Some(requests) = lock(&self.requests).as_mut() {
            requests.write_all(format!("{request}\n").as_bytes())?;
        }
        let status = answer
            .recv_timeout(limit + PATIENCE)
            .map_err(|_| io::Error::other("the interpreter is gone"))?;
        let printed = |name| -> io::Result<String> {
            let mut printed = fs::read(prints.path().join(name))?;
            printed.truncate(KEPT);
            Ok(String::from_utf8_lossy(&printed).into_owned())
        };
        let ending = match status {
            Some(status) => Ending::Exited(ExitStatus::from_raw(status)),
            None => Ending::TimedOut(limit),
        };
        Ok(Run { stdout: printed("stdout")?, stderr: printed("stderr")?, ending })
    }
}

impl Drop for Warm {
    fn drop(&mut self) {
        // It ends with its input.
        lock(&self.requests).take();
        let _ = self.server.wait();
    }
}

/// Hands every answer to whom it is for, until the interpreter ends.
fn route(answers: ChildStdout, waiting: &Mutex<Waiting>) {
    for line in BufReader::new(answers).lines().map_while(Result::ok) {
        let Ok(Value::Array(answer)) = serde_json::from_str(&line) else { continue };
        let [number, status] = &answer[..] else { continue };
        let sender = number.as_u64().and_then(|number| lock(waiting).remove(&number));
        if let Some(sender) = sender {
            let status = status.as_i64().and_then(|status| i32::try_from(status).ok());
            // Whoever asked may have given up.
            let _ = sender.send(status);
        }
    }
    lock(waiting).clear();
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
