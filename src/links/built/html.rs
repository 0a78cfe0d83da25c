//! Reads a page as a browser does: its ids, and where it links to.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    Tag, TagKind, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What other pages can link to, and what this page links to. Lines count from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Every id with the line where it stands.
    pub(super) ids: BTreeMap<String, usize>,
    /// Ids that stood on the page before.
    pub(super) twice: Vec<(String, usize)>,
    /// Values of `href` and `src`, entities decoded.
    pub(super) links: Vec<(String, usize)>,
    /// The address that the page gives for itself.
    pub(super) canonical: Option<String>,
}

/// Reads a whole page. Every text is one: what is broken in it is read as browsers read it.
pub(super) fn read(html: &str) -> Page {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let TagToken(tag) = token else { return TokenSinkResult::Continue };
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        self.0.borrow_mut().tag(&tag, usize::try_from(line).unwrap_or_default());
        match &*tag.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Page {
    fn tag(&mut self, tag: &Tag, line: usize) {
        let get = |name: &str| {
            let attribute = tag.attrs.iter().find(|attribute| *attribute.name.local == *name);
            attribute.map(|attribute| attribute.value.to_string())
        };
        if let Some(id) = get("id")
            && self.ids.insert(id.clone(), line).is_some()
        {
            self.twice.push((id, line));
        }
        if get("rel").as_deref() == Some("canonical") {
            self.canonical = get("href");
        } else {
            self.links.extend(["href", "src"].into_iter().filter_map(get).map(|to| (to, line)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_what_a_browser_takes_for_a_tag_counts() {
        let page = read(
            "<title><a href=no></title>\n<script>\"<a href='no' id=no>\"</script>\n\
             <!-- <p id=no> --><p id=yes>\n<A HREF='a&amp;b#c'>x</A><img src=\"d\"><p id=yes>",
        );
        assert_eq!(page.ids.keys().collect::<Vec<_>>(), ["yes"]);
        assert_eq!(page.twice, [("yes".to_owned(), 4)]);
        assert_eq!(page.links, [("a&b#c".to_owned(), 4), ("d".to_owned(), 4)]);
    }
}
