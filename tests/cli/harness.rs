//! Runs the program in an empty folder, as an installed one runs far from any checkout.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

/// Runs the program with these arguments.
pub(crate) fn counterpart<S: AsRef<str>>(arguments: &[S]) -> Run {
    with_input(arguments, b"")
}

/// Runs the program with something on standard input.
pub(crate) fn with_input<S: AsRef<str>>(arguments: &[S], input: &[u8]) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    in_folder(folder.path(), arguments, input)
}

/// Runs the program in a folder, as in a checkout.
pub(crate) fn in_folder<S: AsRef<str>>(folder: &Path, arguments: &[S], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_counterpart"))
        .args(arguments.iter().map(AsRef::as_ref))
        .current_dir(folder)
        // Where the tests were built, so that nothing is built or installed twice.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder"))
        .env_remove("COUNTERPART_BASE_URL")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The program may end without reading: then there is nobody to write to.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
}

impl Run {
    /// The output of a run that had nothing to complain about.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{}", self.stdout);
        self.stdout
    }

    /// The output of such a run, as JSON.
    #[track_caller]
    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.ok()).expect("JSON")
    }

    /// Asserts that the run ended with this code, printed no result, and said this.
    #[track_caller]
    pub(crate) fn refuses(&self, code: i32, message: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert!(self.stderr.contains(message), "{message:?} is not in {:?}", self.stderr);
    }
}
