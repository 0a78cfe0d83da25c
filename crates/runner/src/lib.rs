//! How the catalog's programs are run: by the tests, by the soak, and by `counterpart run`.
//!
//! [`Python`] is an environment with the locked packages, [`Services`] are private servers,
//! [`rust_programs`] builds the one binary of all Rust programs. [`Prepared`] puts a program
//! into a clean environment, and [`capture`] runs it to its end; [`Warm`] does both for many Python
//! programs whose start is not what they are about.

mod postgres;
mod prepared;
mod process;
mod python;
mod rust;
mod scratch;
mod services;
#[cfg(unix)]
mod warm;

pub use postgres::{Postgres, PostgresError};
pub use prepared::{PrepareError, Prepared};
pub use process::{Ending, Run, capture};
pub use python::{Python, PythonError};
pub use rust::{RustError, SNIPPETS, cargo, rust_programs, target_folder};
pub use services::{Service, Services, Unavailable};
#[cfg(unix)]
pub use warm::Warm;
