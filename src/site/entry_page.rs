//! What the page of an entry shows around its prose.

use askama::Template;
use counterpart_catalog::{Catalog, Entry, Lang, Meta};

use super::BaseUrl;
use super::code::{Context, Listings};
use super::markdown::{self, Parts};
use super::render::Shell;
use super::retired::Place;
use crate::links::{self, Playground};

#[derive(Template)]
#[template(path = "entry.html")]
pub(super) struct EntryPage<'a> {
    pub(super) shell: Shell<'a>,
    pub(super) entry: &'a Entry,
    pub(super) category: &'a str,
    pub(super) level: String,
    pub(super) parts: Parts,
    pub(super) programs: [Program; 2],
    /// What opens in the Playground, or why nothing does.
    pub(super) playground: Result<Opened, String>,
    /// The day on which it printed its transcript there.
    pub(super) ran: Option<&'a str>,
    /// Name and version of what the programs were last tested with.
    pub(super) tested: Vec<(&'a str, &'a str)>,
    /// When one of the versions last changed.
    pub(super) tested_since: Option<&'a String>,
    /// The review sentence, as HTML.
    pub(super) review: String,
    /// The review sentence with a link, as Markdown.
    pub(super) comment: String,
    /// Places that are no longer here.
    pub(super) places: Vec<Place<'a>>,
    pub(super) guides: Vec<Answered<'a>>,
    /// Whether a rule of Ruff leads here.
    pub(super) in_ruff_toml: bool,
    pub(super) related: Vec<&'a Entry>,
    /// Addresses to edit the page and to report a wrong claim.
    pub(super) repository: Option<(String, String)>,
    pub(super) previous: Option<&'a Entry>,
    pub(super) next: Option<&'a Entry>,
}

/// A whole program, to be read and downloaded.
pub(super) struct Program {
    lang: Lang,
    title: &'static str,
    file: &'static str,
    lines: usize,
    code: String,
}

impl Program {
    pub(super) fn new(lang: Lang, entry: &Entry, listings: &Listings) -> Self {
        Self {
            lang,
            title: lang.title(),
            file: lang.file_name(),
            lines: entry.program(lang).without_markers().lines().count(),
            code: listings.whole(lang),
        }
    }
}

/// A guide that the entry answers, with the sections in question.
pub(super) struct Answered<'a> {
    number: &'a str,
    title: &'a str,
    sections: Vec<AnsweredSection<'a>>,
}

struct AnsweredSection<'a> {
    title: &'a str,
    fragment: &'a str,
}

/// The guide sections that an entry answers, each once, by guide.
pub(super) fn guides<'a>(catalog: &'a Catalog, entry: &'a Entry) -> Vec<Answered<'a>> {
    let ledger = &catalog.ledger;
    let mut answered: Vec<Answered<'a>> = Vec::new();
    for guide in &ledger.guides {
        let mut sections: Vec<AnsweredSection<'a>> = Vec::new();
        for target in &entry.meta.guide {
            if ledger.guide_of(&target.id).is_none_or(|of| of.number != guide.number) {
                continue;
            }
            let Some(item) = ledger.item(&target.id) else { continue };
            if sections.iter().all(|section| section.title != item.section) {
                sections.push(AnsweredSection { title: &item.section, fragment: &target.fragment });
            }
        }
        if !sections.is_empty() {
            answered.push(Answered { number: &guide.number, title: &guide.title, sections });
        }
    }
    answered
}

/// A program that opens in the Playground.
pub(super) struct Opened {
    url: String,
    /// Why it is a smaller one than the page's, if it is.
    smaller: Option<String>,
}

/// What opens in the Playground, or why nothing does.
pub(super) fn playground(playground: &Playground, entry: &Entry) -> Result<Opened, String> {
    let url = playground.link(entry).map_err(|no| no.to_string())?;
    let smaller = playground.why_smaller(entry).map(|no| no.to_string());
    Ok(Opened { url: url.into(), smaller })
}

/// The day on which the program that the Playground opens printed its transcript there.
pub(super) fn ran<'a>(catalog: &'a Catalog, entry: &Entry) -> Option<&'a str> {
    let (code, _) = entry.for_playground();
    catalog.runs.on_playground(&entry.meta.id, &links::sha256(&code))
}

/// The compilers and those packages that one of the programs names, each with its version.
/// `date` is not one of them: it says when the versions were written down.
pub(super) fn tested<'a>(catalog: &'a Catalog, entry: &Entry) -> Vec<(&'a str, &'a str)> {
    let named = |name: &str| {
        let name = name.replace('-', "_");
        let word = |c: char| c.is_alphanumeric() || c == '_';
        Lang::BOTH
            .iter()
            .any(|lang| entry.program(*lang).source.split(|c| !word(c)).any(|token| token == name))
    };
    catalog
        .tested
        .iter()
        .filter(|(name, _)| match name.as_str() {
            "date" => false,
            "rustc" | "python" => true,
            package => named(package),
        })
        .map(|(name, version)| (name.as_str(), version.as_str()))
        .collect()
}

/// The review sentence, which is Markdown.
pub(super) fn review(context: &Context<'_>, entry: &Entry) -> String {
    markdown::render(context, &entry.meta.review).lead
}

/// What a reviewer pastes.
pub(super) fn comment(entry: &Entry, base: Option<&BaseUrl>) -> String {
    let Meta { title, id, review, .. } = &entry.meta;
    base.and_then(|base| links::comment(title, &base.join(&entry.address()), review))
        .unwrap_or_else(|| format!("**{title}** ({id}): {review}"))
}
