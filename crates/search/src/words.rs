//! The word lists: what questions are made of, and what means the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lookup::Word;
use crate::unit::analyzed;

pub(crate) const FILLERS: &str = include_str!("fillers.txt");
pub(crate) const SYNONYMS: &str = include_str!("synonyms.txt");

/// Whether a word says little: "how", "do", "the". It counts, but an entry need not have it.
pub(crate) fn is_filler(word: &str) -> bool {
    FILLERS.split_whitespace().any(|filler| word.eq_ignore_ascii_case(filler))
}

/// The words that mean the same as a stem.
pub(crate) fn synonyms(stem: &str) -> &'static [Word] {
    static SYNONYMS_OF: LazyLock<HashMap<String, Vec<Word>>> = LazyLock::new(|| {
        let mut all: HashMap<String, Vec<Word>> = HashMap::new();
        for line in SYNONYMS.lines() {
            let mut group: Vec<Word> = analyzed_words(line).collect();
            group.dedup_by(|a, b| a.prose == b.prose);
            for word in &group {
                let others = group.iter().filter(|other| other.prose != word.prose);
                all.insert(word.prose.clone(), others.cloned().collect());
            }
        }
        all
    });
    SYNONYMS_OF.get(stem).map_or(&[], Vec::as_slice)
}

fn analyzed_words(line: &str) -> impl Iterator<Item = Word> {
    line.split_whitespace().flat_map(|word| analyzed(word).map(|(word, _)| word))
}
