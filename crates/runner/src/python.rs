//! The Python environment: the packages of a lock with hashes, installed once for each
//! interpreter and lock.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const OLDEST: (u32, u32) = (3, 11);

/// Printed by a candidate: version, whether it can make environments, and who it is.
const PROBE: &str = "\
import sys
from importlib.util import find_spec
print('%d.%d.%d' % sys.version_info[:3])
print(bool(find_spec('venv') and find_spec('ensurepip')))
print(sys.base_prefix, sys.version)
";

/// An interpreter with the packages that the programs import.
#[derive(Clone, Debug)]
pub struct Python {
    interpreter: PathBuf,
}

/// There is no Python for the programs.
#[derive(Debug, thiserror::Error)]
pub enum PythonError {
    /// No interpreter is good enough; what was seen of each.
    #[error(
        "the Python programs need Python {}.{} or newer with venv (Debian, Ubuntu: apt-get \
         install python3-venv); found {}",
        OLDEST.0, OLDEST.1, if .0.is_empty() { "no python3" } else { .0 }
    )]
    NotFound(String),
    /// Making the environment failed.
    #[error("cannot {what}:\n{said}")]
    Environment {
        /// What was tried.
        what: &'static str,
        /// What the program said.
        said: String,
    },
    /// A file could not be read or made.
    #[error("cannot prepare the Python environment in `{}`", folder.display())]
    Io {
        /// Where.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Python {
    /// The environment with the packages of `lock`, below `folder`; made when it is not there,
    /// which takes a while: `installing` is called first.
    ///
    /// Any number of processes may call this at the same time.
    ///
    /// # Errors
    /// When there is no fitting interpreter, or a package cannot be installed.
    pub fn prepare(
        folder: &Path,
        lock: &Path,
        installing: impl FnOnce(),
    ) -> Result<Self, PythonError> {
        let io = |source| PythonError::Io { folder: folder.to_owned(), source };
        let packages = fs::read_to_string(lock).map_err(io)?;
        let (base, identity) = find(CANDIDATES)?;
        let mut key = DefaultHasher::new();
        (identity, packages).hash(&mut key);
        let home = folder.join(format!("python-{:016x}", key.finish()));
        if !home.exists() {
            installing();
            fs::create_dir_all(folder).map_err(io)?;
            let building =
                tempfile::Builder::new().prefix("python-new-").tempdir_in(folder).map_err(io)?;
            let new = building.path().join("env");
            build(&base, &new, lock)?;
            // Another process may have been faster; its environment is as good as ours.
            fs::rename(&new, &home)
                .or_else(|error| if home.exists() { Ok(()) } else { Err(error) })
                .map_err(io)?;
        }
        Ok(Self { interpreter: interpreter(&home) })
    }

    /// A command that starts the interpreter. Deprecated calls are errors.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.interpreter);
        command.args(["-W", "error::DeprecationWarning"]);
        command
    }
}

const CANDIDATES: &[&str] =
    &["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];

fn interpreter(home: &Path) -> PathBuf {
    if cfg!(windows) { home.join("Scripts/python.exe") } else { home.join("bin/python") }
}

fn build(base: &str, home: &Path, lock: &Path) -> Result<(), PythonError> {
    run("make a Python environment", Command::new(base).args(["-m", "venv"]).arg(home))?;
    run(
        "install the Python packages",
        Command::new(interpreter(home))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--no-input", "--require-hashes", "--requirement"])
            .arg(lock),
    )
}

fn run(what: &'static str, command: &mut Command) -> Result<(), PythonError> {
    let output = command
        .output()
        .map_err(|error| PythonError::Environment { what, said: error.to_string() })?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(PythonError::Environment { what, said: String::from_utf8_lossy(&said).trim().to_owned() })
}

/// The first of `candidates` that is new enough, and what tells it from others.
fn find(candidates: &[&str]) -> Result<(String, String), PythonError> {
    let mut seen = Vec::new();
    for candidate in candidates {
        let Ok(output) = Command::new(candidate).args(["-c", PROBE]).output() else { continue };
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines = said.lines();
        let (Some(version), Some(venv)) = (lines.next(), lines.next()) else { continue };
        let numbers: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
        let [major, minor, _] = numbers[..] else { continue };
        if (major, minor) < OLDEST {
            seen.push(format!("`{candidate}` {version}"));
        } else if venv != "True" {
            seen.push(format!("`{candidate}` {version} without venv"));
        } else {
            return Ok(((*candidate).to_owned(), said));
        }
    }
    Err(PythonError::NotFound(seen.join(", ")))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A program that answers the probe.
    fn fake(folder: &Path, name: &str, version: &str, venv: &str) -> String {
        let path = folder.join(name);
        let script = format!("#!/bin/sh\necho {version}; echo {venv}; echo x\n");
        fs::write(&path, script).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
        path.to_string_lossy().into_owned()
    }

    #[test]
    fn the_first_interpreter_that_is_new_enough_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = fake(folder.path(), "old", "3.9.2", "True");
        let bare = fake(folder.path(), "bare", "3.12.1", "False");
        let good = fake(folder.path(), "good", "3.13.0", "True");
        let (found, _) = find(&["/nowhere/python3", &old, &bare, &good]).expect("good is there");
        assert_eq!(found, good);

        let message = find(&[&old, &bare]).expect_err("none is good").to_string();
        for part in ["3.11 or newer", "3.9.2", "3.12.1 without venv", "apt-get install"] {
            assert!(message.contains(part), "{message}");
        }
        assert!(find(&[]).expect_err("none").to_string().contains("no python3"));
    }
}
