//! Notices that files have changed, once for a burst of changes.

use std::path::PathBuf;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::{self, Receiver};
use tokio::time::timeout;

/// An editor saves a file in several steps, and a checkout changes many: wait until it is quiet.
const QUIET: Duration = Duration::from_millis(150);

/// The changes below the watched paths.
pub(super) struct Changes {
    signals: Receiver<()>,
    /// Watches as long as it lives.
    _watcher: RecommendedWatcher,
}

/// Starts to watch files and folders, and everything below them.
pub(super) fn watch(paths: &[PathBuf]) -> notify::Result<Changes> {
    let (sender, signals) = mpsc::channel(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading the files to build them is no change. A full channel already says "changed".
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.try_send(());
        }
    })?;
    for path in paths {
        watcher.watch(path, RecursiveMode::Recursive)?;
    }
    Ok(Changes { signals, _watcher: watcher })
}

impl Changes {
    /// Waits for the next burst of changes to end; `false` when there will be none.
    pub(super) async fn next(&mut self) -> bool {
        if self.signals.recv().await.is_none() {
            return false;
        }
        while let Ok(Some(())) = timeout(QUIET, self.signals.recv()).await {}
        true
    }
}
