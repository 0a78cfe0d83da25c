//! How a chapter says which code is which: info strings of its code fences.
//!
//! A chapter is plain Markdown, so that other preprocessors and renderers can work with it.
//! What the page shows in a special way is a fence with one attribute: `python,pair=core`.

use std::fmt;

use counterpart_catalog::Lang;

/// A fence that the page does not show as a plain block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// One half of a pair: a region of one program, which stands beside the same of the other.
    Pair(Lang, String),
    /// A region of one program alone.
    Single(Lang, String),
    /// What both programs print.
    PrintsBoth,
    /// What one program prints, where the other prints something else.
    Prints(Lang),
    /// A program that the compiler rejects.
    Mistake(String),
    /// What the compiler says about the mistake before it.
    Compiler(String),
    /// Numbers of the transcript; what they are of.
    Chart(String),
}

impl Fence {
    /// Reads an info string; `None` for the fences of every other Markdown file.
    pub(super) fn parse(info: &str) -> Option<Self> {
        let (lang, attribute) = info.split_once(',')?;
        let (key, value) = attribute.split_once('=')?;
        let code = match lang {
            "python" => Some(Lang::Python),
            "rust" => Some(Lang::Rust),
            _ => None,
        };
        Some(match (code, key, value) {
            (Some(lang), "pair", name) => Self::Pair(lang, name.to_owned()),
            (Some(lang), "region", name) => Self::Single(lang, name.to_owned()),
            (Some(Lang::Rust), "mistake", name) => Self::Mistake(name.to_owned()),
            (None, "compiler", name) => Self::Compiler(name.to_owned()),
            (None, "chart", title) => Self::Chart(title.to_owned()),
            (None, "prints", "both") => Self::PrintsBoth,
            (None, "prints", "python") => Self::Prints(Lang::Python),
            (None, "prints", "rust") => Self::Prints(Lang::Rust),
            _ => return None,
        })
    }

    /// The whole fence as Markdown, however many backticks the text itself has.
    pub(super) fn markdown(&self, text: &str) -> String {
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let ticks = "`".repeat(3.max(longest + 1));
        let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        format!("{ticks}{self}\n{text}{newline}{ticks}\n")
    }
}

impl fmt::Display for Fence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pair(lang, name) => write!(f, "{lang},pair={name}"),
            Self::Single(lang, name) => write!(f, "{lang},region={name}"),
            Self::PrintsBoth => f.write_str("text,prints=both"),
            Self::Prints(lang) => write!(f, "text,prints={lang}"),
            Self::Mistake(name) => write!(f, "rust,mistake={name}"),
            Self::Compiler(name) => write!(f, "text,compiler={name}"),
            Self::Chart(title) => write!(f, "text,chart={title}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use counterpart_catalog::Lang;

    use super::Fence;

    #[test]
    fn an_info_string_is_read_as_it_was_written() {
        for fence in [
            Fence::Pair(Lang::Python, "core".to_owned()),
            Fence::Single(Lang::Rust, "bad-half".to_owned()),
            Fence::PrintsBoth,
            Fence::Prints(Lang::Rust),
            Fence::Mistake("bare-call".to_owned()),
            Fence::Compiler("bare-call".to_owned()),
            Fence::Chart("in flight".to_owned()),
        ] {
            assert_eq!(Fence::parse(&fence.to_string()), Some(fence));
        }
    }

    #[test]
    fn other_fences_are_left_alone() {
        for info in ["", "toml", "rust", "rust,ignore", "rust,edition=2024", "text,prints=all"] {
            assert_eq!(Fence::parse(info), None, "{info}");
        }
    }

    #[test]
    fn text_with_fences_of_its_own_stays_inside() {
        let markdown = Fence::PrintsBoth.markdown("a\n````\nb");
        assert_eq!(markdown, "`````text,prints=both\na\n````\nb\n`````\n");
    }
}
