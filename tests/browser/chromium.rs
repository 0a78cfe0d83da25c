//! Starts and stops the browser.

use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::client::Client;

/// Names under which it is installed.
const NAMES: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The pipe of `DevTools` is file 3 and 4; the shell leads ours there.
const LAUNCH: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#;

/// It must run as root in a container, ask nothing, and load nothing of its own.
const FLAGS: [&str; 13] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
];

/// Frames are drawn when somebody asks; of the names above, only the shell knows it. And scripts
/// are compiled once: axe-core is gone with its page before compiling it again would pay.
const UNDRAWN: [&str; 2] = ["--enable-begin-frame-control", "--js-flags=--no-maglev --no-turbofan"];

static INSTALLED: LazyLock<Option<&str>> = LazyLock::new(|| {
    let answers = |name: &&str| {
        let mut version = Command::new(name);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    NAMES.into_iter().find(answers)
});

/// A running browser with a profile of its own.
pub(crate) struct Chromium {
    child: Mutex<Child>,
    pub(crate) client: Client,
    profile: Mutex<Option<tempfile::TempDir>>,
    /// Whether it may draw. Drawing takes a fifth of the time of a page that nobody looks at;
    /// without it, no frame ever comes, and what the mouse does is never seen.
    pub(crate) draws: bool,
}

impl Chromium {
    pub(crate) fn is_installed() -> bool {
        INSTALLED.is_some()
    }

    /// Starts it and waits until it answers.
    pub(crate) fn start(draws: bool) -> Result<Self, String> {
        let program = INSTALLED.ok_or("Chromium is missing: `apt-get install chromium`")?;
        let profile = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut child = Command::new("sh")
            .args(["-c", LAUNCH, program])
            .args(FLAGS)
            .args((!draws).then_some(UNDRAWN).into_iter().flatten())
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let (to, from) = (child.stdin.take(), child.stdout.take());
        let client = Client::new(to.ok_or("no pipe")?, from.ok_or("no pipe")?);
        client.call(None, "Browser.getVersion", &json!({}))?;
        Ok(Self { child: Mutex::new(child), client, profile: Mutex::new(Some(profile)), draws })
    }

    /// Calls a method of the browser.
    pub(crate) fn call(&self, method: &str, params: &Value) -> Result<Value, String> {
        self.client.call(None, method, params)
    }

    /// Ends it and removes its profile.
    pub(crate) fn stop(&self) {
        // What goes wrong here goes wrong after the last result.
        let _ = self.call("Browser.close", &json!({}));
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.wait();
        self.profile.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
