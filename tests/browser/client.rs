//! The protocol of `DevTools` over the pipes of a child process: JSON, ended by a zero byte.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long the browser may take for one answer, on a loaded machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Who waits for what.
#[derive(Default)]
struct Waiting {
    answers: HashMap<u64, Sender<Value>>,
    events: HashMap<String, Sender<Value>>,
}

/// A connection that many threads may use at once.
pub(crate) struct Client {
    to: Mutex<ChildStdin>,
    waiting: Arc<Mutex<Waiting>>,
    next: AtomicU64,
}

impl Client {
    /// Talks through a child's standard input and output.
    pub(crate) fn new(to: ChildStdin, from: ChildStdout) -> Self {
        let waiting = Arc::new(Mutex::new(Waiting::default()));
        let routed = Arc::clone(&waiting);
        thread::spawn(move || route(from, &routed));
        Self { to: Mutex::new(to), waiting, next: AtomicU64::new(1) }
    }

    /// Events of a session from now on.
    pub(crate) fn subscribe(&self, session: &str) -> Receiver<Value> {
        let (sender, receiver) = channel();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.events.insert(session.to_owned(), sender);
        receiver
    }

    /// Calls a method, of the browser or of one session, and waits for its result.
    pub(crate) fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let (sender, answer) = channel();
        let waiting = || self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting().answers.insert(id, sender);
        let sent = {
            let mut to = self.to.lock().unwrap_or_else(PoisonError::into_inner);
            to.write_all(format!("{message}\0").as_bytes()).and_then(|()| to.flush())
        };
        sent.map_err(|error| format!("{method}: the browser is gone: {error}"))?;
        let mut answer = answer
            .recv_timeout(PATIENCE)
            .map_err(|_| format!("{method}: no answer from the browser"))?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}")),
            None => Ok(answer["result"].take()),
        }
    }
}

/// Hands every message to whom it is for, until the browser ends.
fn route(from: ChildStdout, waiting: &Mutex<Waiting>) {
    for message in BufReader::new(from).split(0).map_while(Result::ok) {
        let Ok(message) = serde_json::from_slice::<Value>(&message) else { continue };
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = match (message["id"].as_u64(), message["sessionId"].as_str()) {
            (Some(id), _) => waiting.answers.remove(&id),
            (None, Some(session)) => waiting.events.get(session).cloned(),
            _ => None,
        };
        if let Some(receiver) = receiver {
            // Whoever asked may have given up.
            let _ = receiver.send(message);
        }
    }
    *waiting.lock().unwrap_or_else(PoisonError::into_inner) = Waiting::default();
}
