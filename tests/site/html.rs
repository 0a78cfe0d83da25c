//! Reads a page as a browser does: its elements, and the text between them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    CharacterTokens, TagKind, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
};

/// An opening tag.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// The text up to the next tag.
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Default)]
struct Sink(RefCell<Vec<Element>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut elements = self.0.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == TagKind::StartTag => elements.push(Element {
                name: tag.name.to_string(),
                attributes: tag
                    .attrs
                    .iter()
                    .map(|attr| (attr.name.local.to_string(), attr.value.to_string()))
                    .collect(),
                text: String::new(),
            }),
            CharacterTokens(text) => {
                if let Some(last) = elements.last_mut() {
                    last.text.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The elements of a page, in order. Many tests ask for the same pages, and names of an entry share
/// their bytes: each is read once, and kept.
pub(crate) fn elements(html: &[u8]) -> &'static [Element] {
    static READ: LazyLock<Mutex<HashMap<Vec<u8>, &'static [Element]>>> =
        LazyLock::new(Mutex::default);
    let known = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(elements) = known().get(html) {
        return elements;
    }
    let elements: &[Element] = read(html).leak();
    known().insert(html.to_vec(), elements);
    elements
}

fn read(html: &[u8]) -> Vec<Element> {
    let tokenizer = Tokenizer::new(Sink::default(), html5ever::tokenizer::TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(std::str::from_utf8(html).expect("UTF-8")));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}
