//! Cuts text into terms: identifiers for code, English stems as well for prose.
//!
//! Queries are cut by the same code as the catalog.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, Stemmer, TextAnalyzer, Token, TokenStream as _,
    TokenizerManager,
};

use crate::identifiers::Identifiers;

/// The name of the analyzer for identifiers and codes.
pub(crate) const CODE: &str = "code";
/// The name of the analyzer for English that mentions identifiers.
pub(crate) const PROSE: &str = "prose";

/// Both analyzers, by name.
pub(crate) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(CODE, code());
    tokenizers.register(PROSE, prose());
    tokenizers
}

/// For identifiers and codes: case and diacritics folded.
pub(crate) fn code() -> TextAnalyzer {
    TextAnalyzer::builder(Identifiers).filter(LowerCaser).filter(AsciiFoldingFilter).build()
}

/// For prose: English stems too. Gives the same tokens as [`code`], in the same order.
pub(crate) fn prose() -> TextAnalyzer {
    TextAnalyzer::builder(Identifiers)
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// All tokens of a text.
pub(crate) fn tokens(analyzer: &mut TextAnalyzer, text: &str) -> Vec<Token> {
    let mut stream = analyzer.token_stream(text);
    let mut tokens = Vec::new();
    while let Some(token) = stream.next() {
        tokens.push(token.clone());
    }
    tokens
}

/// The words of a text in one line: equal for texts that say the same, whatever their signs.
pub(crate) fn phrase(text: &str) -> String {
    let tokens = tokens(&mut prose(), text);
    let words = tokens.into_iter().filter(|token| token.position_length == 1);
    words.map(|token| token.text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{code, phrase, prose, tokens};

    fn terms(text: &str) -> String {
        let terms: Vec<String> =
            tokens(&mut code(), text).into_iter().map(|token| token.text).collect();
        terms.join(" ")
    }

    #[test]
    fn identifiers_are_whole_suffixes_and_words() {
        for (text, expected) in [
            ("gather", "gather"),
            ("asyncio.gather(*calls)", "asyncio.gather asyncio gather calls"),
            (
                "tokio::task::spawn_blocking",
                "tokio.task.spawn_blocking tokio task.spawn_blocking task \
                 spawn_blocking spawn blocking",
            ),
            ("tokio::try_join!", "tokio.try_join tokio try_join try join"),
            ("AsyncSession.get", "asyncsession.get asyncsession async session get"),
            ("HTTPException", "httpexception http exception"),
            ("sha256 E0277 ASYNC251", "sha256 sha 256 e0277 async251 async 251"),
            ("__aenter__ _ ...", "aenter"),
            ("end.\nNext: Crème", "end next creme"),
            ("1.2.3.4.5.6.7.8.9", &terms("1.2.3.4.5.6.7.8 9")),
            ("mypy:unused-coroutine", "mypy unused coroutine"),
        ] {
            assert_eq!(terms(text), expected, "{text}");
        }
    }

    #[test]
    fn prose_is_stemmed_and_keeps_the_order_of_tokens() {
        let terms: Vec<String> = tokens(&mut prose(), "Awaited coroutines: asyncio.gather")
            .into_iter()
            .map(|token| token.text)
            .collect();
        assert_eq!(terms[..2], ["await", "coroutin"]);
        assert_eq!(terms.len(), 5);
    }

    #[test]
    fn a_phrase_is_the_same_whatever_its_signs() {
        assert_eq!(
            phrase("RuntimeError: Event loop is closed."),
            phrase("runtimeError event-loop is closed")
        );
    }

    #[test]
    fn an_offset_points_at_the_text_of_its_token() {
        let text = "→ tokio::task::spawn_blocking, Ärger";
        for token in tokens(&mut code(), text) {
            let shown = &text[token.offset_from..token.offset_to];
            assert!(shown.starts_with(|c: char| c.is_alphanumeric()), "{shown}");
        }
    }
}
