//! Reads what a linter found, and makes the comments that lead to entries.

mod comments;
mod input;
mod output;

pub use comments::{Comment, Comments};
pub use input::{Finding, Format, InputError, Position, Span, read};
pub use output::{github, github_message, github_property, json, rdjsonl, sarif, text};
