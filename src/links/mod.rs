//! References and permanent addresses.

mod base_url;
mod resolve;

pub use base_url::{BaseUrl, BaseUrlError};
pub use resolve::{Reference, UnknownReference, resolve};
