//! References and permanent addresses.

mod base_url;
mod resolve;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use resolve::{Fragment, Reference, UnknownReference, resolve};
