//! The fields of the index, and how much a match in each is worth.

use counterpart_catalog::Lang;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::analysis::{CODE, PROSE};

/// A word counts at most so often: after that it adds next to nothing.
const OFTEN: u32 = 3;

/// Handles of all fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) slug: Field,
    pub(crate) category: Field,
    pub(crate) tag: Field,
    pub(crate) level: Field,
    /// Lines of the displayed code: not searched, for excerpts.
    pub(crate) code: Field,
    /// Whole keys, titles, names, symptoms and lints, by their words.
    pub(crate) phrase: Field,
    /// Id, slug and former slugs.
    pub(crate) keys: Field,
    pub(crate) title: Field,
    /// The names of the idiom.
    pub(crate) names: [Field; 2],
    pub(crate) symptoms: Field,
    /// The same in other words.
    pub(crate) asked: Field,
    pub(crate) lints: Field,
    /// Tags, level and category.
    pub(crate) topics: Field,
    /// Names that the program calls, imports or mentions by path.
    pub(crate) api: [Field; 2],
    /// What the entry is about, and what a reviewer says.
    pub(crate) summary: Field,
    pub(crate) prose: Field,
    /// What compilers say about the mistakes.
    pub(crate) output: Field,
}

/// A field that words are looked up in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Searched {
    pub(crate) field: Field,
    /// English: its terms are stems.
    pub(crate) prose: bool,
    /// What the score of a match in it is multiplied by.
    pub(crate) boost: f32,
    /// A word counts at most so often in it.
    pub(crate) often: u32,
    /// The language whose names it holds.
    pub(crate) lang: Option<Lang>,
}

impl Fields {
    /// The fields of an index's schema.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub(crate) fn of(schema: &Schema) -> tantivy::Result<Self> {
        let field = |name| schema.get_field(name);
        Ok(Self {
            id: field("id")?,
            slug: field("slug")?,
            category: field("category")?,
            tag: field("tag")?,
            level: field("level")?,
            code: field("code")?,
            phrase: field("phrase")?,
            keys: field("keys")?,
            title: field("title")?,
            names: [field("python")?, field("rust")?],
            symptoms: field("symptoms")?,
            asked: field("asked")?,
            lints: field("lints")?,
            topics: field("topics")?,
            api: [field("python_api")?, field("rust_api")?],
            summary: field("summary")?,
            prose: field("prose")?,
            output: field("output")?,
        })
    }

    /// The fields that words are looked up in. A name that somebody types in full must beat any
    /// amount of prose about it.
    pub(crate) fn searched(&self) -> [Searched; 13] {
        let code = |field, boost| Searched { field, prose: false, boost, often: OFTEN, lang: None };
        let prose = |field, boost| Searched { field, prose: true, boost, often: OFTEN, lang: None };
        let of = |lang, searched| Searched { lang: Some(lang), ..searched };
        let ([python, rust], [python_api, rust_api]) = (self.names, self.api);
        [
            code(self.keys, 2.0),
            of(Lang::Python, code(python, 4.0)),
            of(Lang::Rust, code(rust, 4.0)),
            code(self.lints, 4.0),
            prose(self.title, 3.0),
            prose(self.symptoms, 3.0),
            prose(self.asked, 2.5),
            prose(self.summary, 3.0),
            of(Lang::Python, code(python_api, 1.0)),
            of(Lang::Rust, code(rust_api, 1.0)),
            prose(self.topics, 1.0),
            // Long: there a word comes again by chance, and that costs the page bytes.
            Searched { often: 1, ..prose(self.prose, 1.5) },
            prose(self.output, 0.8),
        ]
    }

    /// The fields that phrases are looked up in: texts that a reader sees.
    pub(crate) fn texts(&self) -> Vec<Searched> {
        let unseen = [self.keys, self.asked, self.api[0], self.api[1], self.topics];
        let seen = |searched: &Searched| !unseen.contains(&searched.field);
        self.searched().into_iter().filter(seen).collect()
    }

    /// The codes of other tools.
    pub(crate) fn codes(&self) -> Searched {
        Searched { field: self.lints, prose: false, boost: 1.0, often: 1, lang: None }
    }
}

/// The schema of every index.
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::builder();
    let text = |analyzer| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(analyzer)
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    for name in ["id", "slug", "category"] {
        schema.add_text_field(name, STRING | STORED);
    }
    schema.add_text_field("tag", STRING);
    schema.add_text_field("level", STRING);
    schema.add_text_field("phrase", STRING);
    schema.add_text_field("code", STORED);
    // Lists of different names: how many of them have a word in common says nothing.
    for (name, analyzer) in [
        ("keys", CODE),
        ("python_api", CODE),
        ("rust_api", CODE),
        ("topics", PROSE),
        ("asked", PROSE),
    ] {
        let once = TextFieldIndexing::default().set_tokenizer(analyzer).set_fieldnorms(false);
        let options = TextOptions::default()
            .set_indexing_options(once.set_index_option(IndexRecordOption::Basic));
        schema.add_text_field(name, options);
    }
    schema.add_text_field("lints", text(CODE));
    for (name, analyzer) in [
        ("title", PROSE),
        ("python", CODE),
        ("rust", CODE),
        ("symptoms", PROSE),
        ("summary", PROSE),
        ("prose", PROSE),
        ("output", PROSE),
    ] {
        schema.add_text_field(name, text(analyzer) | STORED);
    }
    schema.build()
}
