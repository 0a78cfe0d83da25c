//! The entry format of Counterpart: what an entry is, how it is read, and what makes it wrong.
//!
//! Data flows one way. [`Tree::read`] is the only code that touches the disk; [`check`] is pure,
//! never stops at the first problem, and gives both the [`Catalog`] and every [`Diagnostic`].
//!
//! ```no_run
//! let tree = counterpart_catalog::Tree::read("patterns".as_ref())?;
//! let (catalog, diagnostics) = counterpart_catalog::check(&tree);
//! for diagnostic in &diagnostics {
//!     eprintln!("{diagnostic}");
//! }
//! println!("{} entries", catalog.entries.len());
//! # Ok::<(), counterpart_catalog::ReadError>(())
//! ```

mod body;
mod carve;
mod chart;
mod check;
mod codes;
mod diagnostic;
mod fields;
mod ledger;
mod lints;
mod lock;
mod model;
mod position;
mod runs;
mod tree;

pub use carve::is_kebab_case;
pub use chart::{Bar, Chart};
pub use check::{LITERAL_LINES_HELP, check};
pub use codes::{Code, Meaning, Tool};
pub use diagnostic::{Diagnostic, Severity};
pub use ledger::{Finding, Guide, GuideItem, Ledger};
pub use lints::{CLIPPY_LISTS, ClippyPaths, clippy_toml, ruff_rules, ruff_toml};
pub use lock::{Fate, LOCK_FILE, Lock, Promise, RetireError, Status};
pub use model::{
    Block, Catalog, Category, Entry, FIXED_IDS, Lang, Level, Meta, Mistake, Mutation, Parity,
    Program, Region, Section, Smaller, Target, Transcript,
};
pub use position::Position;
pub use runs::{RUNS_FILE, Run, Runs};
pub use tree::{ReadError, Tree};
