//! The fields of the index, and how much a match in each is worth.

use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::analysis::{CODE, PROSE};

/// Handles of all fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) slug: Field,
    pub(crate) category: Field,
    pub(crate) tag: Field,
    /// Lines of the displayed code: not searched, for excerpts.
    pub(crate) code: Field,
    /// Whole keys, titles, names, symptoms and lints, by their words.
    pub(crate) phrase: Field,
    /// Id, slug and former slugs.
    pub(crate) keys: Field,
    pub(crate) title: Field,
    /// The names of the idiom on both sides.
    pub(crate) names: Field,
    pub(crate) symptoms: Field,
    pub(crate) lints: Field,
    /// Tags, level and category.
    pub(crate) topics: Field,
    /// Names that the programs call, import or mention by path.
    pub(crate) api: Field,
    /// What the entry is about, and what a reviewer says.
    pub(crate) summary: Field,
    pub(crate) prose: Field,
    /// What the programs and compilers print.
    pub(crate) output: Field,
}

/// A field that words are looked up in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Searched {
    pub(crate) field: Field,
    /// English: its terms are stems.
    pub(crate) prose: bool,
    /// What the score of a match in it is multiplied by.
    pub(crate) weight: f32,
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
            code: field("code")?,
            phrase: field("phrase")?,
            keys: field("keys")?,
            title: field("title")?,
            names: field("names")?,
            symptoms: field("symptoms")?,
            lints: field("lints")?,
            topics: field("topics")?,
            api: field("api")?,
            summary: field("summary")?,
            prose: field("prose")?,
            output: field("output")?,
        })
    }

    /// The fields that words are looked up in. A name that somebody types in full must beat any
    /// amount of prose about it.
    pub(crate) fn searched(&self) -> [Searched; 10] {
        let code = |field, weight| Searched { field, prose: false, weight };
        let prose = |field, weight| Searched { field, prose: true, weight };
        [
            code(self.keys, 2.0),
            code(self.names, 4.0),
            code(self.lints, 4.0),
            prose(self.title, 3.0),
            prose(self.symptoms, 2.5),
            prose(self.summary, 2.0),
            code(self.api, 1.0),
            prose(self.topics, 1.0),
            prose(self.prose, 1.0),
            prose(self.output, 0.8),
        ]
    }
}

/// The schema of every index.
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::builder();
    let text = |analyzer| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(analyzer)
                // A name or code is worth the same in a long list of them as in a short one.
                .set_fieldnorms(analyzer == PROSE)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    for name in ["id", "slug", "category"] {
        schema.add_text_field(name, STRING | STORED);
    }
    schema.add_text_field("tag", STRING);
    schema.add_text_field("phrase", STRING);
    schema.add_text_field("code", STORED);
    for (name, analyzer) in [("keys", CODE), ("lints", CODE), ("api", CODE), ("topics", PROSE)] {
        schema.add_text_field(name, text(analyzer));
    }
    for (name, analyzer) in [
        ("title", PROSE),
        ("names", CODE),
        ("symptoms", PROSE),
        ("summary", PROSE),
        ("prose", PROSE),
        ("output", PROSE),
    ] {
        schema.add_text_field(name, text(analyzer) | STORED);
    }
    schema.build()
}
