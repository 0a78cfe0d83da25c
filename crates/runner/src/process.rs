//! Runs one process to its end: output captured, time limited, nothing left behind.

use std::fmt;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A program that prints for ever is cut here.
pub(crate) const KEPT: usize = 1 << 20;

/// What a process did.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it printed; at most a megabyte.
    pub stdout: String,
    /// What it printed on standard error; at most a megabyte.
    pub stderr: String,
    /// How it ended.
    pub ending: Ending,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, or by a signal that we did not send.
    Exited(ExitStatus),
    /// It ran longer than this and was killed.
    TimedOut(Duration),
}

impl Ending {
    /// Whether it exited with status 0.
    #[must_use]
    pub fn success(self) -> bool {
        matches!(self, Self::Exited(status) if status.success())
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(status) => write!(f, "{status}"),
            Self::TimedOut(limit) => write!(f, "killed after {} s", limit.as_secs()),
        }
    }
}

/// Runs `command` to its end and kills it, with all it started, after `limit`.
///
/// # Errors
/// When it cannot be started.
pub fn capture(command: &mut Command, limit: Duration) -> io::Result<Run> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn()?;
    let stdout = child.stdout.take().map(read_in_background);
    let stderr = child.stderr.take().map(read_in_background);
    let status = wait(&mut child, Instant::now() + limit);
    // Also after a normal exit: a process that it left behind would hold the pipes open.
    kill_group(&mut child);
    let ending = match status? {
        Some(status) => Ending::Exited(status),
        None => Ending::TimedOut(limit),
    };
    let text = |reader: Option<thread::JoinHandle<String>>| {
        reader.and_then(|reader| reader.join().ok()).unwrap_or_default()
    };
    Ok(Run { stdout: text(stdout), stderr: text(stderr), ending })
}

fn wait(child: &mut Child, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(unix)]
fn kill_group(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // An error means that the group is already gone.
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.wait();
}

#[cfg(not(unix))]
fn kill_group(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn read_in_background(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut kept = Vec::new();
        let mut chunk = [0; 8192];
        while let Ok(read @ 1..) = pipe.read(&mut chunk) {
            let room = KEPT.saturating_sub(kept.len());
            kept.extend_from_slice(&chunk[..read.min(room)]);
        }
        String::from_utf8_lossy(&kept).into_owned()
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Run {
        capture(Command::new("sh").args(["-c", script]), limit).expect("sh starts")
    }

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn output_and_status_are_captured() {
        let run = shell("echo out; echo err >&2; exit 3", LONG);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("out\n", "err\n"));
        assert_eq!(run.ending.to_string(), "exit status: 3");
    }

    #[test]
    fn a_process_that_hangs_is_killed_with_its_children() {
        let start = Instant::now();
        let run = shell("echo started; sleep 60 & wait", Duration::from_millis(300));
        assert_eq!(run.stdout, "started\n");
        assert!(matches!(run.ending, Ending::TimedOut(_)), "{}", run.ending);
        assert!(start.elapsed() < LONG);
    }

    #[test]
    fn a_child_left_behind_does_not_hold_us_up() {
        let start = Instant::now();
        let run = shell("sleep 60 & echo done", LONG);
        assert_eq!(run.stdout, "done\n");
        assert!(run.ending.success() && start.elapsed() < LONG);
    }

    #[test]
    fn a_flood_is_cut() {
        let run = shell("yes", Duration::from_millis(500));
        assert_eq!(run.stdout.len(), KEPT);
    }
}
