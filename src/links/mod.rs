//! References and permanent addresses.

mod base_url;
mod built;
mod format;
mod playground;
mod resolve;
mod target;

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

pub use base_url::{BaseUrl, InvalidBaseUrl, configured};
pub use built::{BuiltError, check_site};
pub use format::{COMMENT, comment, html, markdown};
pub use playground::{Crate, MAX_URL, NoPlayground, Playground, Snapshot, playground_url};
pub use resolve::{Fragment, Reference, UnknownReference, resolve};
pub use target::{Gone, Target, address, entry_of, targets};

/// Where an entry, or a place in it, is explained: the address of its page or, if the site is not
/// published, the command that prints it.
#[must_use]
pub fn explained_at(slug: &str, fragment: &str, base: Option<&BaseUrl>) -> String {
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    match base {
        Some(base) => base.join(&format!("p/{slug}/{fragment}")),
        None => format!("counterpart explain {slug}{fragment}"),
    }
}

/// SHA-256 of a text, in hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
