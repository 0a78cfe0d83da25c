//! `counterpart playground`, against a server of our own on this machine that follows the
//! Playground's contract.

mod contract;
mod real;
mod record;
mod scripted;
mod server;
mod snapshot;

use crate::harness::{Run, in_folder};

/// Runs `counterpart playground …` in a folder, without the pause between requests.
fn playground(folder: &std::path::Path, verb: &str, url: &str, arguments: &[&str]) -> Run {
    let quick = ["playground", verb, "--url", url, "--pause", "0"];
    in_folder(folder, &[&quick[..], arguments].concat(), b"")
}
