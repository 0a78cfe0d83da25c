//! One temporary folder for everything that a run makes; swept later if the run was killed.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

const PREFIX: &str = "counterpart-run-";
const OWNER: &str = "owner.pid";

/// A folder that goes away when this is dropped.
#[derive(Debug)]
pub(crate) struct Scratch(TempDir);

impl Scratch {
    /// Makes the folder, and removes those of runs that were killed.
    pub(crate) fn new() -> io::Result<Self> {
        sweep(&std::env::temp_dir());
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        fs::write(folder.path().join(OWNER), std::process::id().to_string())?;
        // A server that runs as another user has its data below.
        #[cfg(unix)]
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
        Ok(Self(folder))
    }

    /// A folder in it.
    pub(crate) fn folder(&self) -> io::Result<TempDir> {
        tempfile::tempdir_in(self.path())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Removes what runs that were killed left behind. A server that still runs there notices that
/// its folder is gone, and ends.
fn sweep(temporary: &Path) {
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let owner = fs::read_to_string(entry.path().join(OWNER)).ok();
        if let (true, Some(owner)) = (ours, owner.and_then(|pid| pid.trim().parse().ok()))
            && !is_alive(owner)
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn is_alive(process: i32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    Pid::from_raw(process).is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

#[cfg(not(unix))]
fn is_alive(_process: i32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn folders_of_dead_runs_are_swept_and_those_of_live_ones_stay() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let mut gone = Command::new("true").spawn().expect("true starts");
        let dead = temporary.path().join(format!("{PREFIX}dead"));
        let live = temporary.path().join(format!("{PREFIX}live"));
        let pid = gone.id();
        gone.wait().expect("true ends");
        for (folder, owner) in [(&dead, pid), (&live, std::process::id())] {
            fs::create_dir(folder).expect("a folder");
            fs::write(folder.join(OWNER), owner.to_string()).expect("a file");
        }
        sweep(temporary.path());
        assert!(!dead.exists() && live.exists());
    }
}
