//! The build of all Rust programs that counts executed lines. It also tells how their
//! dependencies are named, for the mistakes.
//!
//! Cargo builds it in the same target folder as everything else, and for the same packages, so
//! that no dependency is built again; only this crate is, because cargo calls this program in
//! place of rustc (`RUSTC_WORKSPACE_WRAPPER`), and it adds the flags. It is built as cargo's
//! "unit test" of the binary: those are not copied over `target/debug/counterpart-snippets`.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use counterpart_runner::{SNIPPETS, cargo};
use serde_json::Value;

/// Set when cargo calls this program in place of rustc.
const MODE: &str = "COUNTERPART_INSTEAD_OF_RUSTC";
const CRATE: &str = "counterpart_snippets";

/// The binary, and what rustc was told about dependencies.
#[derive(Debug)]
pub(crate) struct Instrumented {
    /// Takes a slug, as the ordinary binary does.
    pub(crate) binary: PathBuf,
    /// A file of arguments for rustc (`@file`): `--edition`, `-L` and `--extern`.
    pub(crate) dependencies: PathBuf,
}

impl Instrumented {
    pub(crate) fn build(root: &Path) -> Result<Self, String> {
        let wrapper = env::current_exe().map_err(|error| error.to_string())?;
        let mut command = cargo(root);
        command
            .args(["test", "--no-run", "--quiet", "--workspace", "--bin", SNIPPETS])
            .arg("--message-format=json-render-diagnostics")
            .args((!cfg!(debug_assertions)).then_some("--release"))
            .env("CARGO_TARGET_DIR", target_folder())
            .env("RUSTC_WORKSPACE_WRAPPER", wrapper)
            .env(MODE, "1");
        let output = command
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("cannot run cargo: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("the build that counts lines failed:\n{said}"));
        }
        let answer = String::from_utf8_lossy(&output.stdout);
        let binary = answer.lines().find_map(executable).ok_or("cargo named no binary")?;
        let dependencies = dependencies_of(&binary);
        Ok(Self { binary, dependencies })
    }
}

fn executable(line: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    let ours = message["target"]["name"] == SNIPPETS && message["profile"]["test"] == true;
    message["executable"].as_str().filter(|_| ours).map(PathBuf::from)
}

/// Cargo's target folder, which this program was built in.
fn target_folder() -> &'static Path {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    folder.parent().unwrap_or(folder)
}

/// Where the dependencies of a binary are noted.
fn dependencies_of(binary: &Path) -> PathBuf {
    binary.with_extension("dependencies")
}

/// Compiles one crate, when it was cargo that started this program, as its rustc.
pub(crate) fn instead_of_rustc() -> Option<ExitCode> {
    env::var_os(MODE)?;
    let mut arguments = env::args_os().skip(1);
    let mut rustc = Command::new(arguments.next()?);
    let mut arguments: Vec<OsString> = arguments.collect();
    if value(&arguments, "--crate-name").is_some_and(|name| name == CRATE)
        && let Some(test) = arguments.iter().position(|argument| argument == "--test")
    {
        arguments[test] = "--crate-type=bin".into();
        arguments.extend(["-Cinstrument-coverage", "--cfg=counterpart_lines"].map(Into::into));
        if let Err(error) = write_notes(&arguments) {
            eprintln!("error: cannot note the dependencies: {error}");
            return Some(ExitCode::FAILURE);
        }
    }
    match rustc.args(arguments).status() {
        Ok(status) if status.success() => Some(ExitCode::SUCCESS),
        Ok(_) => Some(ExitCode::FAILURE),
        Err(error) => {
            eprintln!("error: cannot run rustc: {error}");
            Some(ExitCode::FAILURE)
        }
    }
}

fn value<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a OsStr> {
    let at = arguments.iter().position(|argument| argument == option)?;
    arguments.get(at + 1).map(OsString::as_os_str)
}

/// What a program may use: not the dependencies of the tests, which are there as well.
fn write_notes(arguments: &[OsString]) -> std::io::Result<()> {
    let manifest: toml::Table = toml::from_str(include_str!("../../Cargo.toml"))
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    let allowed = |name: &str| {
        manifest["dependencies"].as_table().is_some_and(|table| {
            table.keys().any(|dependency| dependency.replace('-', "_") == name)
        })
    };
    let text = |argument: &OsString| argument.to_string_lossy().into_owned();
    let edition = arguments.iter().map(text).filter(|text| text.starts_with("--edition="));
    let pairs = arguments.windows(2).filter(|pair| {
        let name = || text(&pair[1]).split('=').next().is_some_and(allowed);
        pair[0] == "-L" || (pair[0] == "--extern" && name())
    });
    let kept: Vec<String> = edition.chain(pairs.flatten().map(text)).collect();
    let suffix = (arguments.iter())
        .find_map(|argument| argument.to_str()?.strip_prefix("extra-filename="))
        .unwrap_or_default();
    let folder = value(arguments, "--out-dir").unwrap_or_default();
    let binary = Path::new(folder).join(format!("{CRATE}{suffix}"));
    fs::write(dependencies_of(&binary), kept.join("\n"))
}
