//! Tools from npm that look at pages, where `.ci/run` installs them.

use std::env;
use std::path::PathBuf;

use libtest_mimic::{Completion, Failed, Trial};

use crate::on_ci;

/// `COUNTERPART_NPM`, else `~/.cache/counterpart/npm`: a folder with `node_modules` in it.
fn folder() -> Option<PathBuf> {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = || env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    let known = || Some(cache()?.join("counterpart/npm"));
    env::var_os("COUNTERPART_NPM").map(PathBuf::from).or_else(known)
}

/// A file of a package, if it is installed.
pub(crate) fn file(path: &str) -> Option<PathBuf> {
    folder().map(|folder| folder.join("node_modules").join(path)).filter(|file| file.is_file())
}

/// The trial that stands for one whose package is missing.
pub(crate) fn missing(name: &str, package: &str) -> Trial {
    let how = format!(
        "{package} is missing: `npm install --prefix ~/.cache/counterpart/npm {package}` lets \
         this trial run"
    );
    Trial::ignorable_test(format!("browser::{name}"), move || {
        if on_ci() { Err(Failed::from(how)) } else { Ok(Completion::ignored_with(how)) }
    })
}
