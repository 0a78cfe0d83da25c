//! A Rust Playground server: whether it runs our programs as their pages say, and which crates it
//! has. The only code that sends anything to another machine, and only to an address that was
//! typed.

mod client;
mod failure;
mod snapshot;
mod verify;

pub use client::{Available, Client, Execution, Pace};
pub use failure::Failure;
pub use snapshot::{Changes, changes, locked_differently};
pub use verify::{Program, Tally, Verdict, Wrong, verify};
