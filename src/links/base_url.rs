//! Where the site is published: what stands before every permanent address.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// An http or https address without query and fragment, ending in a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// This cannot be the address of a site.
#[derive(Debug, thiserror::Error)]
#[error("`{text}` cannot be the address of the site: {problem}")]
pub struct BaseUrlError {
    text: String,
    problem: String,
}

impl BaseUrl {
    /// The full address of `path`, which is relative to the site's root.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = |problem: &str| BaseUrlError {
            text: text.chars().take(200).collect(),
            problem: problem.to_owned(),
        };
        let mut url = Url::parse(text.trim()).map_err(|problem| match problem {
            url::ParseError::RelativeUrlWithoutBase => {
                error("it must begin with `https://` or `http://`")
            }
            other => error(&other.to_string()),
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(error("it must begin with `https://` or `http://`"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(error("it must have no `?` and no `#`"));
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }
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
    fn addresses_are_joined_with_or_without_a_slash() {
        for text in ["https://example.org/sub", "https://example.org/sub/"] {
            let base: BaseUrl = text.parse().expect("this is an address");
            assert_eq!(base.join("p/a/"), "https://example.org/sub/p/a/");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_a_reason() {
        for (text, reason) in [
            ("example.org", "begin with"),
            ("ftp://example.org/", "begin with"),
            ("https://example.org/?q=1", "no `?`"),
            ("https://example.org/#top", "no `#`"),
            ("https://", "empty host"),
        ] {
            let error = text.parse::<BaseUrl>().expect_err(text).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
