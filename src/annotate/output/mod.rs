//! Comments in the formats that review tools read.

mod fingerprint;
mod github;
mod json;
mod rdjsonl;
mod sarif;
mod text;

pub use github::{message as github_message, property as github_property, write as github};
pub use json::write as json;
pub use rdjsonl::write as rdjsonl;
pub use sarif::write as sarif;
pub use text::write as text;
