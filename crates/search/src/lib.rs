//! Search of Counterpart: builds the index from a checked catalog, opens it, and answers queries.
//!
//! It is a crate of its own because the build script that compiles the index in and the program
//! that opens it share it. tantivy keeps the dictionaries, postings, positions and texts, and scores
//! a term in a field; how scores are combined is written here, because the reader in the page does
//! the same. The rules, in full:
//!
//! # Analysis
//! - A *path* is words of letters, digits and `_`, joined by `.` or `::`, at most eight. Its
//!   components lose the underscores around them; components of more than 64 bytes are ignored.
//! - A component is cut into *words* at `_`, at humps (`aB`, `ABc`), and before a number that
//!   follows more than one letter (`sha256`, but not `E0277`).
//! - The tokens of a path are, from each component on: the rest of the path joined by `.`, if it
//!   has more than one component; the component, if it has more than one word; each of its words.
//! - All are lower-cased, folded to ASCII, and, in prose fields, stemmed (Snowball English), each
//!   token as one.
//!
//! # Query
//! - The text is cut at white space into words, `"phrases"`, and filters `key:value` (`category`,
//!   `tag`, `lang`, `level`, `lint`). A `-` before any of them excludes. What does not fit is words;
//!   an item without a letter or digit is ignored. See `grammar.rs`.
//! - A word may hold several paths. A path that occurs twice counts once; equal means the same
//!   letters in the same case. A path of the list in `fillers.txt` is a filler, unless there is
//!   nothing else.
//! - Several lines, more than twelve paths, or a beginning such as `ValueError: ` make a pasted
//!   message, which has no operators. See `message.rs`. Nor has a text that is a whole title,
//!   name, symptom or code, unless it starts with a quotation mark.
//!
//! # A word in an entry
//! - A term in a field scores `boost × BM25` as tantivy computes it, with the field's own document
//!   frequency, every length as 1, and a word counted at most three times (in prose once):
//!   `ln(1 + (N - n + 0.5) / (n + 0.5)) × 2.2 × f / (f + 1.2)`. In lists of names (keys, topics,
//!   names of libraries) it counts once. The boosts stand in `schema.rs`.
//! - A word stands for the terms that are it, and at 0.3 of the worth for those of the same line
//!   of `synonyms.txt` (only if the path is one word). If there are none: terms that begin with it
//!   (0.8; from three letters on). If there are none: terms with one typo (0.5; four letters or
//!   more), or else two (0.3; eight or more). A typo is a letter too many, too few, another, or two
//!   swapped; digits must agree. Of terms that begin alike or are misspelt, each field gives the
//!   eight that most entries have, in the order of the dictionary.
//! - Of all terms of a word in all fields an entry gets the best score, and 0.2 of the sum of the
//!   others.
//!
//! # A path in an entry
//! The best of: the whole path as one term (1), its ends as terms (0.7), and, if the entry has all
//! its words, their sum (times 1 if the path is one word; 0.5 if no term of the whole or of an end
//! was found; otherwise 0.2). If neither the path nor an end is a term, a term that begins with the
//! path, or is it but for typos, takes the place of the whole.
//!
//! # An entry in a query
//! - The paths are summed in their order; fillers count 0.2, exactly as they stand. The sum is
//!   multiplied by the root of the share of the other paths that the entry has. Less than half of
//!   them, in a question less than a third, is no match.
//! - At most three paths and no filler: if any entry has all, no other is shown. With a filler, or
//!   with more paths, the text is a question, and the share decides alone.
//! - Words of phrases are added, each exactly as it stands. Only entries with the phrase in one of
//!   the texts are shown: the same words in the same order, and in prose the same stems.
//! - 20 is added if the words and phrases are a whole title, name, symptom, code, slug or id, or
//!   what an error says without its name (`ValueError: `).
//! - A pasted message instead sums the 24 paths that are most telling: first those of the lines
//!   that name an error, then by the number of entries. Each is looked up exactly and multiplied
//!   by what its line is worth.
//! - `category`, `tag` and `level` must be equal, `lint` is a phrase in a code; all of them must
//!   hold. `lang:rust` leaves out the Python names, and the other way round. Filters alone show
//!   every entry that they admit, with score 1.
//! - Best first; of equal scores the lower id first. All numbers are 32-bit floats.

mod analysis;
mod api;
mod directory;
mod engine;
mod error;
mod excerpt;
mod export;
mod filter;
mod grammar;
mod identifiers;
mod index;
mod lookup;
mod message;
mod plain;
mod rank;
mod request;
mod schema;
mod score;
mod unit;
mod words;

pub use directory::IndexFiles;
pub use engine::Engine;
pub use error::SearchError;
pub use excerpt::Excerpt;
pub use export::{Export, ExportedField, Texts, export};
pub use index::build;
pub use request::{Hit, Request};

/// The folder of a site that holds the index's files.
pub const FOLDER: &str = "search-index";
