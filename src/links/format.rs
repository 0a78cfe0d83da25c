//! A link as people paste it: Markdown, HTML, a comment of a review.

use std::fmt::Write as _;

/// A review comment is no longer than this, in characters.
pub const COMMENT: usize = 600;

/// `[title](url)`
#[must_use]
pub fn markdown(title: &str, url: &str) -> String {
    // The end of the address is the first bracket that closes none.
    let url = url.replace('(', "%28").replace(')', "%29");
    format!("[{}]({url})", escaped(title))
}

/// `<a href="url">title</a>`
#[must_use]
pub fn html(title: &str, url: &str) -> String {
    let (mut link, mut text) = (String::new(), String::new());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut link, url);
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut text, title);
    format!("<a href=\"{link}\">{text}</a>")
}

/// What a reviewer pastes: the title in bold, as a link, and the sentence that says what is wrong,
/// which is Markdown and is cut at a word where all of it would be too long.
///
/// Nothing where the link alone is too long.
#[must_use]
pub fn comment(title: &str, url: &str, review: &str) -> Option<String> {
    let mut text = format!("**{}**: ", markdown(title, url));
    let room = COMMENT.checked_sub(text.chars().count() + 1)?;
    if review.chars().count() <= room {
        text.push_str(review);
        return Some(text);
    }
    let cut: String = review.chars().take(room).collect();
    let words = cut.rfind(' ').map_or("", |end| &cut[..end]);
    let _ = write!(text, "{}…", words.trim_end());
    Some(text)
}

/// Text as Markdown that shows exactly this text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>&~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::{COMMENT, comment, html, markdown};

    /// The address of the first link in a Markdown text, and all text.
    fn read(markdown: &str) -> (String, String) {
        let (mut url, mut text) = (String::new(), String::new());
        for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => url = dest_url.to_string(),
                Event::Text(piece) => text.push_str(&piece),
                _ => {}
            }
        }
        (url, text)
    }

    #[test]
    fn markup_in_a_title_is_text() {
        let url = "https://a.example/b_(c)/p/x/#core";
        assert_eq!(markdown("a_b", "p/x/"), "[a\\_b](p/x/)");
        assert_eq!(read(&markdown("_a <b> & *c*", url)).1, "_a <b> & *c*");
        assert_eq!(read(&markdown("x", url)).0, "https://a.example/b_%28c%29/p/x/#core");
        assert_eq!(
            html("a < b & \"c\"", "p/?\"&"),
            "<a href=\"p/?&quot;&amp;\">a &lt; b &amp; \"c\"</a>"
        );
    }

    #[test]
    fn a_long_comment_ends_at_a_word() {
        let review = "word ".repeat(200);
        let text = comment("Title", "https://a.example/p/x/", review.trim()).expect("it fits");
        assert!(text.ends_with("word…") && text.chars().count() <= COMMENT, "{text}");
        assert_eq!(comment("Title", &"x".repeat(600), "review"), None);
    }

    proptest! {
        #[test]
        fn a_title_is_shown_as_it_is(title in "[a-z]([ -~]{0,30}[a-z.])?") {
            let (url, text) = read(&markdown(&title, "https://a.example/p/x/"));
            prop_assert_eq!(url, "https://a.example/p/x/");
            prop_assert_eq!(text, title);
        }

        #[test]
        fn a_comment_is_never_too_long(
            title in "[a-z ]{1,60}", url in "[a-z/]{0,700}", review in "[ -~]{0,900}",
        ) {
            if let Some(text) = comment(&title, &url, &review) {
                prop_assert!(text.chars().count() <= COMMENT);
            }
        }
    }
}
