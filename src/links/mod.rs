//! References and permanent addresses.

mod resolve;

pub use resolve::{Reference, UnknownReference, resolve};
