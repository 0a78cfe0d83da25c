//! Opens an index and answers requests.

use std::path::Path;

use counterpart_catalog::Lang;
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, DocId, Index, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

use crate::directory::META;
use crate::excerpt::{Passage, excerpt};
use crate::grammar::{Item, Key, Kind};
use crate::lookup::Lookup;
use crate::rank::{Ranking, Terms, distinct};
use crate::request::{Hit, Request};
use crate::schema::Fields;
use crate::unit::analyzed;
use crate::{IndexFiles, SearchError, filter, grammar, message};

/// What is read of a query, in bytes.
const LONGEST: usize = 1 << 20;

/// An open index.
pub struct Engine {
    searcher: Searcher,
    fields: Fields,
    /// None of a catalog without entries.
    lookup: Option<Lookup>,
}

impl Engine {
    /// Opens an index that is in memory; its bytes are not copied.
    ///
    /// # Errors
    /// When it is not an index that this version of [`build`](crate::build) made.
    pub fn open(files: IndexFiles) -> Result<Self, SearchError> {
        Self::new(&Index::open(files)?)
    }

    /// Opens the index in a folder, and makes sure that it is whole.
    ///
    /// # Errors
    /// When the folder cannot be read or holds no undamaged index of ours.
    pub fn open_folder(folder: &Path) -> Result<Self, SearchError> {
        let files = IndexFiles::read(folder)
            .map_err(|source| SearchError::Unreadable { folder: folder.to_owned(), source })?;
        let index = Index::open(files.clone())?;
        for (file, _) in files.iter().filter(|(file, _)| *file != META) {
            let whole = index.directory().validate_checksum(Path::new(file));
            if !whole.map_err(TantivyError::from)? {
                return Err(SearchError::Damaged { file: file.to_owned() });
            }
        }
        Self::new(&index)
    }

    fn new(index: &Index) -> Result<Self, SearchError> {
        let fields = Fields::of(&index.schema())?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(1)
            .try_into()?;
        let searcher = reader.searcher();
        let lookup = match searcher.segment_readers() {
            [] => None,
            [segment] => Some(Lookup::new(segment, &fields)?),
            _ => return Err(SearchError::Damaged { file: META.to_owned() }),
        };
        Ok(Self { searcher, fields, lookup })
    }

    /// The entries that match, best first; of equal ones, the lower id first.
    ///
    /// Any text gives hits or none, never an error.
    ///
    /// # Errors
    /// When the category or tag is unknown, or the index is damaged.
    pub fn search(&self, request: &Request<'_>) -> Result<Vec<Hit>, SearchError> {
        let Some(ranking) = self.ranking(request)? else { return Ok(Vec::new()) };
        let hit =
            |(document, score): &(TantivyDocument, f32)| self.hit(document, *score, &ranking.terms);
        Ok(self.best(&ranking, request.limit)?.iter().map(hit).collect())
    }

    /// The ids of what [`Self::search`] finds. Excerpts are what takes time there.
    ///
    /// # Errors
    /// As for [`Self::search`].
    pub fn ids(&self, request: &Request<'_>) -> Result<Vec<String>, SearchError> {
        let Some(ranking) = self.ranking(request)? else { return Ok(Vec::new()) };
        let id = |(document, _): &(TantivyDocument, f32)| {
            let id = document.get_first(self.fields.id).and_then(|id| id.as_str());
            id.unwrap_or_default().to_owned()
        };
        Ok(self.best(&ranking, request.limit)?.iter().map(id).collect())
    }

    fn ranking(&self, request: &Request<'_>) -> Result<Option<Ranking>, SearchError> {
        let text = shortened(request.text, LONGEST);
        let Some(lookup) = &self.lookup else { return Ok(None) };
        let message = message::is_message(text);
        let mut items = if message {
            Vec::new()
        } else if text.trim_start().starts_with('"') || lookup.called(text)?.is_empty() {
            grammar::parse(text)
        } else {
            grammar::words(text).collect()
        };
        items.extend(self.filters(request)?);
        let langs = langs(&items);
        if langs.is_empty() {
            return Ok(None);
        }
        let lookup = lookup.only(&langs);
        let mut ranking = if message {
            Ranking::by_message(&lookup, &message::informative(text))?
        } else {
            Ranking::by_words(&lookup, &items)?
        };
        let admitted = filter::admitted(&self.searcher, &self.fields, &lookup, &items)?;
        ranking.scores.only(&admitted);
        Ok(Some(ranking))
    }

    /// Names in the catalog that resemble the words of a text, nearest first.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn suggestions(&self, text: &str, most: usize) -> Result<Vec<String>, SearchError> {
        let mut names = Vec::new();
        let Some(lookup) = &self.lookup else { return Ok(Vec::new()) };
        let items = grammar::parse(shortened(text, 200));
        for (_, path) in distinct(items.iter().filter_map(Item::searched)) {
            for (word, _) in analyzed(path) {
                names.extend(lookup.nearest_names(&word.code)?);
            }
        }
        names.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut suggestions: Vec<String> = Vec::new();
        for (_, name) in names {
            if suggestions.len() < most && !suggestions.contains(&name) {
                suggestions.push(name);
            }
        }
        Ok(suggestions)
    }

    /// The slugs of all categories, in order.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn categories(&self) -> Result<Vec<String>, SearchError> {
        Ok(self.terms_of(self.fields.category)?)
    }

    /// The best entries, with their scores.
    fn best(
        &self,
        ranking: &Ranking,
        limit: usize,
    ) -> Result<Vec<(TantivyDocument, f32)>, SearchError> {
        let mut best: Vec<(DocId, f32)> = (0..).zip(ranking.scores.0.iter().copied()).collect();
        best.retain(|(_, score)| *score > 0.0);
        best.sort_by(|a, b| b.1.total_cmp(&a.1));
        best.truncate(limit);
        let read =
            |(document, score)| Ok((self.searcher.doc(DocAddress::new(0, document))?, score));
        best.into_iter().map(read).collect()
    }

    fn hit(&self, document: &TantivyDocument, score: f32, terms: &Terms) -> Hit {
        let Fields { id, slug, category, title, symptoms, code, summary, prose, output, .. } =
            self.fields;
        let [python, rust] = self.fields.names;
        let all = |field: Field| document.get_all(field).filter_map(|value| value.as_str());
        let first = |field: Field| all(field).next().unwrap_or_default().to_owned();
        // Of passages that match equally well the first is shown; the summary comes first.
        let passages = [
            (summary, true, 1.0),
            (prose, true, 1.0),
            (symptoms, true, 1.0),
            (code, false, 0.9),
            (output, true, 0.9),
        ]
        .into_iter()
        .flat_map(|(field, prose, worth)| {
            // A code alone says no more than the query did.
            let telling = all(field).filter(|text| text.contains(' '));
            telling.map(move |text| Passage { text, prose, worth })
        });
        Hit {
            id: first(id),
            slug: first(slug),
            category: first(category),
            title: first(title),
            python: first(python),
            rust: first(rust),
            score,
            excerpt: excerpt(passages, terms),
        }
    }

    fn filters<'a>(&self, request: &Request<'a>) -> Result<Vec<Item<'a>>, SearchError> {
        let mut items = Vec::new();
        for (kind, key, field, name) in [
            ("category", Key::Category, self.fields.category, request.category),
            ("tag", Key::Tag, self.fields.tag, request.tag),
        ] {
            let Some(name) = name else { continue };
            let known = self.terms_of(field)?;
            if !known.iter().any(|known| known == name) {
                return Err(SearchError::UnknownFilter { kind, name: name.to_owned(), known });
            }
            items.push(Item { excluded: false, kind: Kind::Filter(key, name) });
        }
        Ok(items)
    }

    fn terms_of(&self, field: Field) -> tantivy::Result<Vec<String>> {
        let mut all = Vec::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while let Some((term, _)) = terms.next() {
                all.push(String::from_utf8_lossy(term).into_owned());
            }
        }
        Ok(all)
    }
}

/// The languages whose names are looked up.
fn langs(items: &[Item<'_>]) -> Vec<Lang> {
    let mut langs = Lang::BOTH.to_vec();
    for item in items {
        if let Kind::Filter(Key::Lang, name) = item.kind {
            langs.retain(|lang| lang.as_str().eq_ignore_ascii_case(name) != item.excluded);
        }
    }
    langs
}

/// At most so many bytes of a text.
fn shortened(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
