//! Markdown as plain paragraphs, for the index and its excerpts.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The paragraphs, items, cells and headings of a Markdown text, without markup.
pub(crate) fn paragraphs(markdown: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut text = String::new();
    let mut end = |text: &mut String| {
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.is_empty() {
            paragraphs.push(words.join(" "));
        }
        text.clear();
    };
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES)
    {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Item | Tag::List(_))
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::CodeBlock,
            ) => end(&mut text),
            _ => {}
        }
    }
    end(&mut text);
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn markup_goes_and_words_stay() {
        let markdown = "## A `b` {#c}\n\nOne\n*two* [three](four).\n\n- five\n- `six`\n  seven\n";
        assert_eq!(paragraphs(markdown), ["A b", "One two three.", "five", "six seven"]);
    }
}
