//! Runs the program, and finds what it reads.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use libtest_mimic::Trial;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

/// Runs `counterpart annotate` in an empty folder with something on standard input.
pub(crate) fn annotate(arguments: &[&str], input: &[u8]) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_counterpart"))
        .arg("annotate")
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("COUNTERPART_BASE_URL")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may end without reading: then there is nobody to write to.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
}

/// The folder of these tests.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/annotate")
}

/// What a linter wrote about one of the projects.
pub(crate) fn recorded(name: &str) -> Vec<u8> {
    std::fs::read(folder().join("recorded").join(name)).expect("it is recorded")
}

/// A trial that passes when it does not panic.
pub(crate) fn trial(name: impl Into<String>, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}
