//! The real program: what it prints, on which stream, and its exit code.

mod bad_input;
mod explain;
mod get;
mod get_unused;
mod harness;
mod link;
mod lints;
mod list;
mod pipes;
mod playground;
mod run;
mod search;
