//! Decides where every code leads: which entry comes first, and what a message adds.

use std::ops::Range;

use super::super::cross::nearest;
use super::Row;
use super::join::Join;
use crate::codes::called;
use crate::{Meaning, Target};

impl Join<'_> {
    /// Decides where every code leads, the primary entry first.
    pub(super) fn meanings(&mut self) {
        for row in 0..self.codes.len() {
            if self.rows[row].same.is_none() {
                self.codes[row].meaning = self.meaning(row);
            }
        }
        for row in 0..self.codes.len() {
            let Some(same) = &self.codes[row].same else { continue };
            if let Some(target) = called(&self.codes, same).first() {
                self.codes[row].meaning = target.meaning.clone();
            }
        }
    }

    fn meaning(&mut self, row: usize) -> Meaning {
        let code = self.codes[row].code.clone();
        let mut entries = self.codes[row].entries().to_vec();
        let id = |slug: &str| {
            let draft = self.drafts.iter().find(|draft| draft.entry.slug == slug);
            draft.map(|draft| draft.entry.meta.id.clone())
        };
        entries.sort_by_key(|entry| id(&entry.id));
        let Row { place, none, first, .. } = &self.rows[row];
        let place = place.clone();
        if let Some(none) = none {
            return Meaning::None(none.get_ref().clone());
        }
        match (first.clone(), entries.len()) {
            (_, 0) if self.drafts.is_empty() => {}
            (_, 0) => {
                let message = format!("no entry lists `{code}`");
                let help =
                    "add it to the `lints` of an entry, or say why there is none: `none = \"…\"`";
                self.error("C218", &place, message, help);
            }
            (None, 1) => {}
            (None, _) => {
                let slugs: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
                let help = format!("add `first = \"…\"`: one of `{}`", slugs.join("`, `"));
                let message = format!("several entries list `{code}`, and none comes first");
                self.error("C220", &place, message, &help);
            }
            (Some(first), _) => {
                match entries.iter().position(|entry| entry.id == *first.get_ref()) {
                    Some(place) => entries[..=place].rotate_right(1),
                    None => self.not_listed(&code, first.get_ref(), &first.span()),
                }
            }
        }
        Meaning::Entries(entries)
    }

    /// Reads what a message adds to a code that says too little; another tool's spelling of a code
    /// takes over what it does not say itself.
    pub(super) fn messages(&mut self) {
        for row in 0..self.codes.len() {
            let Some(messages) = self.rows[row].messages.clone() else { continue };
            let code = self.codes[row].code.clone();
            let mut places = Vec::new();
            for (text, to) in messages {
                let (slug, fragment) = to.get_ref().split_once('#').unwrap_or((to.get_ref(), ""));
                let entry = self.codes[row].entries().iter().find(|entry| entry.id == slug);
                let Some(entry) = entry.cloned() else {
                    self.not_listed(&code, slug, &to.span());
                    continue;
                };
                let draft = self.drafts.iter().find(|draft| draft.entry.slug == slug);
                if fragment.is_empty() {
                    places.push((text, entry));
                } else if draft.is_some_and(|draft| draft.has_fragment(fragment)) {
                    places.push((text, Target { fragment: fragment.to_owned(), ..entry }));
                } else {
                    let message = format!("`{slug}` has nothing called `{fragment}`");
                    self.error("C221", &to.span(), message, "name one of its regions or headings");
                }
            }
            self.codes[row].messages = Some(places);
        }
        for row in 0..self.codes.len() {
            let Some(same) = &self.codes[row].same else { continue };
            let Some(target) = called(&self.codes, same).first().copied().cloned() else {
                continue;
            };
            let code = &mut self.codes[row];
            code.messages = code.messages.take().or(target.messages);
            code.review = code.review.take().or(target.review);
        }
    }

    fn not_listed(&mut self, code: &str, slug: &str, span: &Range<usize>) {
        if self.drafts.is_empty() {
            return;
        }
        let slugs = self.drafts.iter().map(|draft| draft.entry.slug.as_str());
        let (message, help) = if slugs.clone().any(|known| known == slug) {
            let message = format!("`{slug}` does not list `{code}`");
            (message, "add it to the entry's `lints`".to_owned())
        } else {
            (format!("there is no entry `{slug}`"), nearest(slug, slugs))
        };
        self.error("C221", span, message, &help);
    }
}
