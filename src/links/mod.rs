//! References and permanent addresses.

mod base_url;
mod built;
mod resolve;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use built::{BuiltError, check_site};
pub use resolve::{Fragment, Reference, UnknownReference, resolve};
