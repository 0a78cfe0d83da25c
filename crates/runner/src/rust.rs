//! The binary of all Rust programs, built by cargo.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The crate whose binary holds every Rust program.
pub const SNIPPETS: &str = "counterpart-snippets";

/// The binary could not be built.
#[derive(Debug, thiserror::Error)]
pub enum RustError {
    /// Cargo could not be started.
    #[error("cannot run cargo")]
    Cargo(#[source] io::Error),
    /// Cargo said no; it has printed why.
    #[error("the Rust programs do not compile")]
    Build,
    /// Cargo's answer is not what it documents.
    #[error("cargo did not say where it put {0}")]
    Answer(&'static str),
}

/// Cargo, in the workspace at `root`.
#[must_use]
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or(OsString::from("cargo")));
    command.current_dir(root);
    command
}

/// Builds the binary of all Rust programs; it takes a program's slug.
///
/// Cargo chooses the features of shared dependencies for all packages that are built together:
/// naming the whole workspace, and a kind of target that has dev-dependencies, makes this the
/// same choice as for `cargo test --workspace`, so that each builds on the other's work.
///
/// With `progress`, cargo says what it compiles.
///
/// # Errors
/// When it does not compile.
pub fn rust_programs(root: &Path, progress: bool) -> Result<PathBuf, RustError> {
    let mut command = cargo(root);
    command.args(["build", "--workspace", "--examples", "--bin", SNIPPETS]);
    command.args((!progress).then_some("--quiet"));
    let built = run(command.arg("--message-format=json-render-diagnostics"))?;
    let executable = built.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        let ours = message["target"]["name"] == SNIPPETS;
        message["executable"].as_str().filter(|_| ours).map(PathBuf::from)
    });
    executable.ok_or(RustError::Answer("the binary"))
}

/// Cargo's target folder of the workspace at `root`.
///
/// # Errors
/// When cargo cannot tell.
pub fn target_folder(root: &Path) -> Result<PathBuf, RustError> {
    let metadata = run(cargo(root).args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Value =
        serde_json::from_str(&metadata).map_err(|_| RustError::Answer("the target folder"))?;
    let folder = metadata["target_directory"].as_str().map(PathBuf::from);
    folder.ok_or(RustError::Answer("the target folder"))
}

fn run(command: &mut Command) -> Result<String, RustError> {
    let output = command.stderr(Stdio::inherit()).output().map_err(RustError::Cargo)?;
    if !output.status.success() {
        return Err(RustError::Build);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
