//! What the engine is asked, and what it answers.

use crate::Excerpt;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// Words, a question, a name, a code, or a pasted message; `"a phrase"`, `-without`, and
    /// filters as `tag:name`.
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
