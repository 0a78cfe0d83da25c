//! The checked catalog: plain data, in reading order, that every later step works from.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{ClippyPaths, Code, Ledger, Lock, Runs};

/// The ids of the fixed headings and panes of an entry page, in page order.
///
/// They are promised fragments: a link to one of them must work for ever.
pub const FIXED_IDS: [&str; 12] = [
    "why",
    "pair",
    "python",
    "rust",
    "transcript",
    "changes",
    "compiler",
    "guides",
    "limits",
    "see-also",
    "programs",
    "review",
];

/// The ids that a page has besides: no region may have such a name, and no link should use them.
pub(crate) const OTHER_IDS: [&str; 8] =
    ["content", "answers", "searched", "related", "tags", "moved", "whole-python", "whole-rust"];

/// Everything a reader can read, checked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// Categories in the order of their `order` key.
    pub categories: Vec<Category>,
    /// Entries by category, then by id.
    pub entries: Vec<Entry>,
    /// The closed list of tags, each with what it means.
    pub tags: BTreeMap<String, String>,
    /// The codes of other tools, by tool, then by code.
    pub codes: Vec<Code>,
    /// The guides' items and the findings about them.
    pub ledger: Ledger,
    /// `tested.json`: versions the programs were last tested with, by name (`rustc`, `axum`, …).
    pub tested: BTreeMap<String, String>,
    /// `playground.json`: which programs were run on the Rust Playground.
    pub runs: Runs,
    /// `permalinks.lock`: the addresses that were promised.
    pub lock: Lock,
}

impl Catalog {
    /// The entry with this slug.
    #[must_use]
    pub fn entry(&self, slug: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slug == slug)
    }

    /// The entries of a category, in id order.
    pub fn entries_of<'a>(&'a self, category: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.category == category)
    }

    /// The category with this slug.
    #[must_use]
    pub fn category(&self, slug: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.slug == slug)
    }
}

/// One folder of `patterns/`, described by its `category.md`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Category {
    /// The folder's name.
    pub slug: String,
    /// What the reader sees.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Place in the sidebar; lower comes first.
    pub order: i64,
    /// Markdown below the front matter.
    pub body: String,
}

/// One pattern: a Python program, a Rust program, their transcripts, and the page about them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The category's slug: the name of the parent folder.
    pub category: String,
    /// The name of the entry's folder; unique in the catalog.
    pub slug: String,
    /// The front matter.
    pub meta: Meta,
    /// The body, by its level-2 headings, in page order.
    pub sections: Vec<Section>,
    /// `python.py`.
    pub python: Program,
    /// `rust.rs`.
    pub rust: Program,
    /// What the programs print.
    pub transcript: Transcript,
    /// `mutations.toml`.
    pub mutations: Vec<Mutation>,
    /// `mistakes/*.rs`, by name.
    pub mistakes: Vec<Mistake>,
    /// `playground.rs`, where `rust.rs` cannot run in the Rust Playground.
    pub smaller: Option<Smaller>,
}

impl Entry {
    /// `<category>/<slug>`: the folder below `patterns/`, and the name of the entry's tests.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.category, self.slug)
    }

    /// The permanent address below the site's root, without a leading slash: `p/<slug>/`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("p/{}/", self.slug)
    }

    /// The program of one side.
    #[must_use]
    pub fn program(&self, lang: Lang) -> &Program {
        match lang {
            Lang::Python => &self.python,
            Lang::Rust => &self.rust,
        }
    }

    /// The program that the Rust Playground is given, and what it prints there.
    #[must_use]
    pub fn for_playground(&self) -> (String, &str) {
        match &self.smaller {
            Some(Smaller { source, transcript, .. }) => (source.clone(), transcript),
            None => (self.rust.without_markers(), self.transcript.of(Lang::Rust)),
        }
    }

    /// Every region name of either side, in order of first use in Python, then those only in Rust.
    #[must_use]
    pub fn region_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for region in self.python.regions.iter().chain(&self.rust.regions) {
            if !names.contains(&region.name.as_str()) {
                names.push(&region.name);
            }
        }
        names
    }

    /// Every place of the page that has a permanent address: fixed ids, headings, regions.
    #[must_use]
    pub fn fragments(&self) -> Vec<&str> {
        let always = ["python", "rust", "transcript", "programs", "review"];
        let there = |id: &&str| always.contains(id) || self.section(id).is_some();
        let headings = self.sections.iter().flat_map(|section| &section.headings);
        FIXED_IDS
            .into_iter()
            .filter(there)
            .chain(headings.map(String::as_str))
            .chain(self.region_names())
            .collect()
    }

    /// Whether it is a scaffold that its author has not finished: a `TODO` stands in it.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        let Meta { title, summary, review, .. } = &self.meta;
        let texts = [title, summary, review, &self.python.source, &self.rust.source];
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        let to_do = |text: &str| text.contains("TODO");
        texts.into_iter().any(|text| to_do(text))
            || blocks.into_iter().any(|block| matches!(block, Block::Markdown(text) if to_do(text)))
    }

    /// The section with this fixed id (`why`, `pair`, …).
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The mistake with this name.
    #[must_use]
    pub fn mistake(&self, name: &str) -> Option<&Mistake> {
        self.mistakes.iter().find(|mistake| mistake.name == name)
    }
}

/// The front matter of a `pattern.md`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Meta {
    /// `AP001`: allocated once, never reused, without meaning.
    pub id: String,
    /// At most 60 characters.
    pub title: String,
    /// One sentence, at most 140 characters.
    pub summary: String,
    /// The name of the Python idiom.
    pub python: String,
    /// The name of the Rust idiom.
    pub rust: String,
    /// Who it is for.
    pub level: Level,
    /// One to five of [`Catalog::tags`].
    pub tags: Vec<String>,
    /// One or two sentences that a reviewer can paste.
    pub review: String,
    /// What people type when they are in trouble.
    pub symptoms: Vec<String>,
    /// The same in other words, and what it is called elsewhere: searched, not shown.
    pub asked: Vec<String>,
    /// Codes of other tools that mean this entry, as the front matter spells them.
    pub lints: Vec<String>,
    /// What Clippy has to be told to report it.
    pub clippy: Vec<ClippyPaths>,
    /// Guide items this entry answers.
    pub guide: Vec<Target>,
    /// Findings this entry corrects.
    pub findings: Vec<Target>,
    /// Slugs of related entries.
    pub related: Vec<String>,
    /// Former slugs.
    pub aliases: Vec<String>,
    /// Services that the programs need (`postgres`, …).
    pub needs: Vec<String>,
    /// Whether both programs print the same.
    pub parity: Parity,
    /// The day on which it was published, as `2026-11-21`.
    pub added: Option<String>,
    /// The day on which a program or a claim last changed since.
    pub changed: Option<String>,
}

/// How much a reader should know beforehand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// New to async.
    FirstSteps,
    /// Writes services.
    #[default]
    Everyday,
    /// Writes libraries, or is in trouble.
    Advanced,
}

impl Level {
    /// All levels, easiest first.
    pub const ALL: [Self; 3] = [Self::FirstSteps, Self::Everyday, Self::Advanced];

    /// The spelling in the front matter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstSteps => "first-steps",
            Self::Everyday => "everyday",
            Self::Advanced => "advanced",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `G1-17#core`: a guide item or a finding, and the fragment of the page that answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `G1-17` or `D43`.
    pub id: String,
    /// A region name or one of [`FIXED_IDS`].
    pub fragment: String,
}

/// Whether both programs print the same transcript.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parity {
    /// They do.
    #[default]
    Same,
    /// They honestly do not, because of this.
    Differs(String),
}

/// What the programs print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Transcript {
    /// `expected.txt`: both print this.
    Same(String),
    /// `expected.python.txt` and `expected.rust.txt`.
    Differs {
        /// What the Python program prints.
        python: String,
        /// What the Rust program prints.
        rust: String,
    },
}

impl Transcript {
    /// What the program of one side must print, to the byte.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Self::Same(text), _) => text,
            (Self::Differs { python, .. }, Lang::Python) => python,
            (Self::Differs { rust, .. }, Lang::Rust) => rust,
        }
    }
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// `python.py`
    Python,
    /// `rust.rs`
    Rust,
}

impl Lang {
    /// Both sides, in page order.
    pub const BOTH: [Self; 2] = [Self::Python, Self::Rust];

    /// `python` or `rust`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Rust => "rust",
        }
    }

    /// `Python` or `Rust`: how people write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::Rust => "Rust",
        }
    }

    /// The program's file name in the entry's folder.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Python => "python.py",
            Self::Rust => "rust.rs",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A program with its marked regions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Program {
    /// The file as it stands, markers included.
    pub source: String,
    /// Marked regions in file order.
    pub regions: Vec<Region>,
}

impl Program {
    /// The region with this name.
    #[must_use]
    pub fn region(&self, name: &str) -> Option<&Region> {
        self.regions.iter().find(|region| region.name == name)
    }

    /// The source without marker lines: what a reader downloads.
    #[must_use]
    pub fn without_markers(&self) -> String {
        crate::carve::without_markers(&self.source).0
    }

    /// The regions, each with the lines that it has in [`Self::without_markers`], counted from 0.
    #[must_use]
    pub fn places(&self) -> Vec<(&str, Range<usize>)> {
        crate::carve::without_markers(&self.source).1
    }
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Region {
    /// Permanent; unique in its program.
    pub name: String,
    /// The line of the opening marker, counted from 1; the text starts on the next.
    pub line: usize,
    /// The text, without shared indentation and blank lines at the end, ending in a newline.
    pub text: String,
}

impl Region {
    /// The lines of the file that the region shows, counted from 1, markers excluded.
    #[must_use]
    pub fn lines(&self) -> std::ops::RangeInclusive<usize> {
        self.line + 1..=self.line + self.text.lines().count()
    }
}

/// One level-2 section of an entry's page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Section {
    /// One of [`FIXED_IDS`].
    pub id: String,
    /// The heading's text.
    pub title: String,
    /// Ids of the headings below it.
    pub headings: Vec<String>,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// Prose, as Markdown.
    Markdown(String),
    /// `{{#pair name}}`: the region of both programs, side by side.
    Pair(String),
    /// `{{#python name}}` or `{{#rust name}}`: a region of one program.
    Single(Lang, String),
    /// `{{#mistake name}}`: a program that the compiler rejects, and its message.
    Mistake(String),
    /// `{{#chart in flight: #}}`: the numbers of the transcript that stand for the `#`, as bars.
    Chart(String),
}

/// A small change of behaviour that must turn the entry red.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mutation {
    /// Unique in the entry.
    pub name: String,
    /// Which program it changes.
    pub lang: Lang,
    /// Occurs exactly once in the program.
    pub search: String,
    /// Stands in its place in the mutant.
    pub replace: String,
    /// What the change breaks, in one sentence.
    pub breaks: String,
}

impl Mutation {
    /// The mutated program.
    #[must_use]
    pub fn apply(&self, source: &str) -> String {
        source.replacen(&self.search, &self.replace, 1)
    }
}

/// A program of the same idea as `rust.rs`, with what the Rust Playground has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Smaller {
    /// `playground.rs` as it stands: it has no regions.
    pub source: String,
    /// `expected.playground.txt`: what it prints.
    pub transcript: String,
    /// Changes of it, each of which must change what it prints.
    pub mutations: Vec<Mutation>,
}

/// A program that rustc or Clippy must reject.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mistake {
    /// The file's name without `.rs`.
    pub name: String,
    /// The file as it stands, `//~` markers included.
    pub source: String,
    /// What must be reported: line (from 1) and code, or message where there is no code.
    pub markers: Vec<(usize, String)>,
    /// The compiler's message, from `<name>.stderr`; empty until it is blessed.
    pub stderr: String,
}
