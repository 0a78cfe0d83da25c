//! Opens an index and answers requests.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term, Value as _};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

use crate::clause::analyzed;
use crate::directory::META;
use crate::excerpt::{Passage, excerpt};
use crate::lookup::Lookup;
use crate::query::{Plan, distinct};
use crate::schema::Fields;
use crate::{Excerpt, IndexFiles, SearchError, message};

/// What is read of a query, in bytes.
const LONGEST: usize = 1 << 20;

/// An open index.
pub struct Engine {
    searcher: Searcher,
    fields: Fields,
    lookup: Lookup,
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// Words, a question, a name, a code, or a pasted message.
    pub text: &'a str,
    /// Only entries of this category.
    pub category: Option<&'a str>,
    /// Only entries with this tag.
    pub tag: Option<&'a str>,
    /// At most so many hits.
    pub limit: usize,
}

/// An entry that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Its category's slug.
    pub category: String,
    /// Its title.
    pub title: String,
    /// The idiom's name in Python.
    pub python: String,
    /// The idiom's name in Rust.
    pub rust: String,
    /// How well it matches; comparable within one request only.
    pub score: f32,
    /// Why it matches.
    pub excerpt: Excerpt,
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
        let lookup = Lookup::new(&searcher, &fields)?;
        Ok(Self { searcher, fields, lookup })
    }

    /// The entries that match, best first; of equal ones, the lower id first.
    ///
    /// Any text gives hits or none, never an error. All words are wanted; when no entry has all,
    /// most of them.
    ///
    /// # Errors
    /// When the category or tag is unknown, or the index is damaged.
    pub fn search(&self, request: &Request<'_>) -> Result<Vec<Hit>, SearchError> {
        let filters = self.filters(request)?;
        let text = shortened(request.text, LONGEST);
        let plan = if message::is_message(text) {
            Plan::of_message(&self.lookup, &message::informative(text))?
        } else {
            Plan::of_words(&self.lookup, text)?
        };
        for query in plan.queries() {
            let hits = self.run(query, &filters, request.limit, &plan)?;
            if !hits.is_empty() {
                return Ok(hits);
            }
        }
        Ok(Vec::new())
    }

    /// Names in the catalog that resemble the words of a text, nearest first.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn suggestions(&self, text: &str, most: usize) -> Result<Vec<String>, SearchError> {
        let mut names = Vec::new();
        for (_, path) in distinct([shortened(text, 200)]) {
            for (word, _) in analyzed(path) {
                names.extend(self.lookup.nearest_names(&word.code)?);
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

    fn run(
        &self,
        query: BooleanQuery,
        filters: &[Term],
        limit: usize,
        plan: &Plan,
    ) -> Result<Vec<Hit>, SearchError> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(query))];
        for term in filters {
            let filter = TermQuery::new(term.clone(), IndexRecordOption::Basic);
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(filter), 0.0))));
        }
        let entries = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX).max(1);
        let top = TopDocs::with_limit(limit.clamp(1, entries)).order_by_score();
        let mut hits = Vec::new();
        for (score, address) in self.searcher.search(&BooleanQuery::new(clauses), &top)? {
            if hits.len() < limit {
                hits.push(self.hit(&self.searcher.doc(address)?, score, plan));
            }
        }
        Ok(hits)
    }

    fn hit(&self, document: &TantivyDocument, score: f32, plan: &Plan) -> Hit {
        let Fields {
            id, slug, category, title, names, symptoms, code, summary, prose, output, ..
        } = self.fields;
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
            python: first(names),
            rust: all(names).nth(1).unwrap_or_default().to_owned(),
            score,
            excerpt: excerpt(passages, &plan.terms),
        }
    }

    fn filters(&self, request: &Request<'_>) -> Result<Vec<Term>, SearchError> {
        let mut terms = Vec::new();
        for (kind, field, name) in [
            ("category", self.fields.category, request.category),
            ("tag", self.fields.tag, request.tag),
        ] {
            let Some(name) = name else { continue };
            let known = self.terms_of(field)?;
            if !known.iter().any(|known| known == name) {
                return Err(SearchError::UnknownFilter { kind, name: name.to_owned(), known });
            }
            terms.push(Term::from_field_text(field, name));
        }
        Ok(terms)
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

/// At most so many bytes of a text.
fn shortened(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
