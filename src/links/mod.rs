//! References and permanent addresses.

mod base_url;
mod built;
mod format;
mod resolve;
mod target;

pub use base_url::{BaseUrl, InvalidBaseUrl, configured};
pub use built::{BuiltError, check_site};
pub use format::{COMMENT, comment, html, markdown};
pub use resolve::{Fragment, Reference, UnknownReference, resolve};
pub use target::{Gone, Target, targets};
