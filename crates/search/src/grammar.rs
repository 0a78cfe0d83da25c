//! What somebody typed, cut into words, phrases and filters. Any text is a query: what does not
//! fit the grammar is words.
//!
//! ```text
//! query  = { item }                      items stand between white space
//! item   = [ "-" ] ( phrase | filter | word )
//! phrase = '"' words [ '"' ]             an open one ends with the text
//! filter = key ":" ( phrase | word )     key: category, tag, lang, level, lint
//! ```

/// A part of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item<'a> {
    /// It must not be there.
    pub(crate) excluded: bool,
    pub(crate) kind: Kind<'a>,
}

impl<'a> Item<'a> {
    /// The words that are looked for, if it is not a filter.
    pub(crate) fn searched(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Word(text) | Kind::Phrase(text) if !self.excluded => Some(text),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    Word(&'a str),
    Phrase(&'a str),
    Filter(Key, &'a str),
}

/// What a filter looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Category,
    Tag,
    Lang,
    Level,
    Lint,
}

impl Key {
    /// How it is written.
    pub(crate) const ALL: [(&'static str, Self); 5] = [
        ("category", Self::Category),
        ("tag", Self::Tag),
        ("lang", Self::Lang),
        ("level", Self::Level),
        ("lint", Self::Lint),
    ];
}

/// The items of a text that have a letter or digit.
pub(crate) fn parse(text: &str) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let after = rest.strip_prefix('-').filter(|after| after.starts_with(begins_item));
        let excluded = after.is_some();
        let (kind, end) = kind(after.unwrap_or(rest));
        if text_of(kind).contains(char::is_alphanumeric) {
            items.push(Item { excluded, kind });
        }
        rest = end.trim_start();
    }
    items
}

/// The words of a text that has no operators.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Item<'_>> {
    text.split_whitespace().map(|word| Item { excluded: false, kind: Kind::Word(word) })
}

fn text_of(kind: Kind<'_>) -> &str {
    match kind {
        Kind::Word(text) | Kind::Phrase(text) | Kind::Filter(_, text) => text,
    }
}

fn begins_item(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '"'
}

fn kind(text: &str) -> (Kind<'_>, &str) {
    for (name, key) in Key::ALL {
        let value = text.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name));
        let value = value.and_then(|start| text[start.len()..].strip_prefix(':'));
        if let Some(value) = value.filter(|value| value.starts_with(begins_item)) {
            let (value, rest) = phrase(value).unwrap_or_else(|| word(value));
            return (Kind::Filter(key, value), rest);
        }
    }
    if let Some((phrase, rest)) = phrase(text) {
        return (Kind::Phrase(phrase), rest);
    }
    let (word, rest) = word(text);
    (Kind::Word(word), rest)
}

fn phrase(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('"')?;
    Some(inside.split_once('"').unwrap_or((inside, "")))
}

fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Key::{Category, Lint, Tag};
    use super::Kind::{Filter, Phrase, Word};
    use super::{Item, parse};

    #[test]
    fn words_phrases_and_filters() {
        let item = |excluded, kind| Item { excluded, kind };
        for (text, expected) in [
            ("", vec![]),
            ("one  two", vec![item(false, Word("one")), item(false, Word("two"))]),
            (
                "-one \"two three\"x",
                vec![
                    item(true, Word("one")),
                    item(false, Phrase("two three")),
                    item(false, Word("x")),
                ],
            ),
            ("\"open end", vec![item(false, Phrase("open end"))]),
            ("-\"a b\" -> - --x", vec![item(true, Phrase("a b")), item(false, Word("--x"))]),
            (
                "Category:web -tag:a lint:\"x y\"",
                vec![
                    item(false, Filter(Category, "web")),
                    item(true, Filter(Tag, "a")),
                    item(false, Filter(Lint, "x y")),
                ],
            ),
            (
                "lint::x tag: mytag:x",
                vec![
                    item(false, Word("lint::x")),
                    item(false, Word("tag:")),
                    item(false, Word("mytag:x")),
                ],
            ),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_items(text in "(\\PC|\"|-|tag:|lint:|\n| ){0,60}") {
            parse(&text);
        }
    }
}
