//! Where the site is published: the address that links start with.

use std::fmt;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use anyhow::Context as _;
use url::Url;

/// The address of a published site. Ends with a slash; has no query and no fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// A text is not the address of a site.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBaseUrl {
    /// It cannot be read as an address.
    #[error("{0}; write it in full, as in `https://example.org/patterns/`")]
    Malformed(#[from] url::ParseError),
    /// It is for another protocol.
    #[error("a site is published over `https` or `http`, not over `{0}`")]
    Scheme(String),
    /// It has a `?query`, a `#fragment`, or a user and password.
    #[error("the address of a site ends with its path: leave out the {0}")]
    Extra(&'static str),
}

impl BaseUrl {
    /// The address of something on the site: `p/concurrent-join/` or `/p/concurrent-join/#core`.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{self}{}", path.trim_start_matches('/'))
    }

    /// Whether it is reached over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Its path: `/` or `/sub/path/`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path()
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        let mut url = Url::parse(text.trim())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(InvalidBaseUrl::Scheme(url.scheme().to_owned()));
        }
        if url.query().is_some() {
            return Err(InvalidBaseUrl::Extra("query after `?`"));
        }
        if url.fragment().is_some() {
            return Err(InvalidBaseUrl::Extra("fragment after `#`"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidBaseUrl::Extra("user and password"));
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Self(url))
    }
}

/// The address in the `book.toml` of a checkout, or in the one that is compiled in.
///
/// # Errors
/// When the file cannot be read, or what it says is no address.
pub fn configured(root: Option<&Path>) -> anyhow::Result<Option<BaseUrl>> {
    let text = match root {
        Some(root) => {
            fs::read_to_string(root.join("book.toml")).context("cannot read `book.toml`")?
        }
        None => crate::embedded::BOOK_TOML.to_owned(),
    };
    let book: toml::Table = toml::from_str(&text).context("cannot read `book.toml`")?;
    let output = book.get("output").and_then(|output| output.get("counterpart"));
    let Some(address) = output.and_then(|output| output.get("base-url")) else { return Ok(None) };
    let address = address.as_str().context("`base-url` in `book.toml` is no text")?;
    Ok(Some(address.parse().context("`base-url` in `book.toml`")?))
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn a_base_url_ends_with_a_slash() {
        for (text, expected) in [
            ("https://example.org", "https://example.org/p/x/"),
            ("https://example.org/", "https://example.org/p/x/"),
            ("http://localhost:8080/a/b", "http://localhost:8080/a/b/p/x/"),
            ("https://example.org/a/", "https://example.org/a/p/x/"),
        ] {
            let base: BaseUrl = text.parse().expect(text);
            assert_eq!(base.join("/p/x/"), expected);
            assert_eq!(base.join("p/x/"), expected);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, expected) in [
            ("", "relative URL without a base"),
            ("example.org", "write it in full, as in `https://"),
            ("example.org:80/a", "not over `example.org`"),
            ("ftp://example.org", "not over `ftp`"),
            ("https://", "empty host"),
            ("https://example.org/?q=1", "leave out the query"),
            ("https://example.org/#top", "leave out the fragment"),
            ("https://me:secret@example.org/", "leave out the user and password"),
        ] {
            let error = text.parse::<BaseUrl>().expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
