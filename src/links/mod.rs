//! References and permanent addresses.

mod base_url;
mod built;
mod format;
mod playground;
mod resolve;
mod target;

pub use base_url::{BaseUrl, InvalidBaseUrl, configured};
pub use built::{BuiltError, check_site};
pub use format::{COMMENT, comment, html, markdown};
pub use playground::{MAX_URL, NoPlayground, Playground, playground_url};
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
