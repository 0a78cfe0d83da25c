//! A program that is ready to run: clean environment, folder of its own, empty databases.

use std::io;
use std::process::Command;

use tempfile::TempDir;

use crate::services::{Lease, Services, Unavailable};

/// A command with everything it needs; what was made for it is removed when this is dropped.
#[derive(Debug)]
pub struct Prepared {
    command: Command,
    _folder: TempDir,
    _databases: Vec<Lease>,
}

impl Prepared {
    /// Gives `command` an environment of its own: no proxies, no settings of the user, a
    /// temporary working folder, and an empty database of each service in `needs`.
    ///
    /// # Errors
    /// When a service is not there, or the folder cannot be made.
    pub fn new(
        mut command: Command,
        services: &Services,
        needs: &[String],
    ) -> Result<Self, PrepareError> {
        let folder = services.scratch.folder()?;
        let set: Vec<_> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        command.env_clear();
        for name in ["PATH", "SYSTEMROOT"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command
            .envs([("LANG", "C.UTF-8"), ("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONUTF8", "1")])
            .envs([("HOME", folder.path()), ("TMPDIR", folder.path()), ("TMP", folder.path())])
            .envs(set)
            .current_dir(folder.path());
        let mut databases = Vec::new();
        for need in needs {
            let lease = services.lease(need)?;
            command.env(lease.variable, &lease.url);
            databases.push(lease);
        }
        Ok(Self { command, _folder: folder, _databases: databases })
    }

    /// The command, to run or to capture.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }
}

/// A program cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// It needs a service that is not there.
    #[error(transparent)]
    Service(#[from] Unavailable),
    /// Its working folder cannot be made.
    #[error("cannot make a temporary folder")]
    Folder(#[from] io::Error),
}
