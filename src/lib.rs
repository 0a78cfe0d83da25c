//! Counterpart: a catalog of async patterns, each a tested Python program beside a tested Rust
//! program.
//!
//! [`cli`] says what can be typed, [`commands`] has one file for each verb, and the rest is what
//! the verbs share. The entry format is a crate of its own: [`counterpart_catalog`].

pub mod annotate;
pub mod cli;
pub mod commands;
pub mod embedded;
pub mod links;
pub mod playground;
pub mod projects;
mod rust_paths;
pub mod scaffold;
pub mod serve;
pub mod site;
pub mod status;
pub mod terminal;
pub mod workspace;

pub use counterpart_search as search;
