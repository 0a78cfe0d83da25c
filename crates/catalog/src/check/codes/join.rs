//! Joins the codes of the table with the entries that list them.

use std::ops::Range;

use super::super::cross::nearest;
use super::super::entry::Draft;
use super::super::front_matter::Mention;
use super::{PATH, Row};
use crate::codes::called;
use crate::fields::Source;
use crate::{Code, Diagnostic, Meaning, Target};

/// The table and the entries, on the way to being one.
pub(super) struct Join<'a> {
    pub(super) source: Source<'a>,
    pub(super) drafts: &'a [Draft],
    pub(super) codes: Vec<Code>,
    /// What the checks need beside each code.
    pub(super) rows: Vec<Row>,
    pub(super) out: &'a mut Vec<Diagnostic>,
}

/// The code of a diagnostic, its message, and its help.
type Complaint = (&'static str, String, String);

impl Join<'_> {
    /// The codes, each with the entries that are about it.
    pub(super) fn codes(mut self) -> Vec<Code> {
        self.names();
        self.same();
        self.lints();
        self.meanings();
        self.messages();
        self.codes
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: String,
        help: &str,
    ) {
        let place = self.source.position(span);
        self.out.push(Diagnostic::error(code, PATH, place, message, help));
    }

    /// The row of a code that is among ours.
    fn place_of(&self, code: &Code) -> Option<usize> {
        self.codes.iter().position(|own| own.tool == code.tool && own.code == code.code)
    }

    /// The rows that a text names, those that are another's spelling replaced by that.
    fn named(&self, text: &str) -> Vec<usize> {
        let mut rows: Vec<usize> = called(&self.codes, text)
            .into_iter()
            .filter_map(|code| match &code.same {
                Some(same) => self.place_of(called(&self.codes, same).first()?),
                None => self.place_of(code),
            })
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// A name leads to one code of its tool.
    fn names(&mut self) {
        for row in 0..self.codes.len() {
            let Code { tool, code, name, .. } = &self.codes[row];
            let names = [Some(code), name.as_ref()].into_iter().flatten();
            let taken = names.into_iter().find_map(|name| {
                let spelled = format!("{tool}:{name}");
                let same = called(&self.codes[..row], &spelled);
                same.first().map(|other| (spelled, other.code.clone()))
            });
            if let Some((name, other)) = taken {
                let message = format!("`{name}` is `{other}` already");
                let place = self.rows[row].place.clone();
                self.error("C223", &place, message, "a tool has each code and each name once");
            }
        }
    }

    /// Links the rows that are another tool's spelling of a code.
    fn same(&mut self) {
        for row in 0..self.codes.len() {
            let Some(same) = self.rows[row].same.clone() else { continue };
            let spelled = same.get_ref().as_str();
            let target = match called(&self.codes, spelled)[..] {
                [code] => self.place_of(code),
                _ => None,
            };
            let help = match target {
                None => "write the tool, a colon, and a code of this table",
                Some(target) if self.rows[target].same.is_some() => {
                    "that code has a `same` of its own: name the one it leads to"
                }
                Some(_) if self.rows[row].none.is_some() || self.rows[row].first.is_some() => {
                    "what it means is said by the other code: remove `none` and `first`"
                }
                Some(target) => {
                    let Code { tool, code, .. } = &self.codes[target];
                    self.codes[row].same = Some(format!("{tool}:{code}"));
                    continue;
                }
            };
            let message = format!("`{}` cannot be the same as `{spelled}`", self.codes[row].code);
            self.error("C222", &same.span(), message, help);
        }
    }

    /// Adds every entry to the codes in its `lints`.
    fn lints(&mut self) {
        for draft in self.drafts {
            for (mention, place) in &draft.mentions {
                let Mention::Lint(lint) = mention else { continue };
                if let Err((code, message, help)) = self.lint(draft, lint) {
                    self.out.push(Diagnostic::error(code, &draft.path, *place, message, help));
                }
            }
        }
    }

    fn lint(&mut self, draft: &Draft, lint: &Target) -> Result<(), Complaint> {
        let text = &lint.id;
        let row = match self.named(text)[..] {
            [row] => row,
            [] => {
                let known = self.codes.iter().map(Code::spelling).collect::<Vec<_>>();
                let near = nearest(text, known.iter().map(String::as_str));
                let near = if near.ends_with('?') { near } else { "add it there".to_owned() };
                return Err(("C216", format!("`codes.toml` has no code `{text}`"), near));
            }
            ref rows => {
                let spelled = rows.iter().map(|row| {
                    let Code { tool, code, .. } = &self.codes[*row];
                    format!("`{tool}:{code}`")
                });
                let help = format!("write {}", spelled.collect::<Vec<_>>().join(" or "));
                return Err(("C216", format!("several tools have a code `{text}`"), help));
            }
        };
        if !lint.fragment.is_empty() && !draft.has_fragment(&lint.fragment) {
            let message = format!("`{text}` is about `{}`, which does not exist", lint.fragment);
            let regions = draft.entry.region_names().join("`, `");
            return Err(("C215", message, format!("the regions are `{regions}`")));
        }
        if self.rows[row].none.is_some() {
            let message = format!("`codes.toml` says that `{text}` has no entry");
            return Err(("C219", message, "remove `none` there, or the code here".to_owned()));
        }
        let slug = &draft.entry.slug;
        if let Meaning::Entries(entries) = &mut self.codes[row].meaning {
            if entries.iter().any(|entry| entry.id == *slug) {
                let help = "one spelling of a code is enough: remove the other".to_owned();
                return Err(("C217", format!("`{text}` is listed twice"), help));
            }
            entries.push(Target { id: slug.clone(), fragment: lint.fragment.clone() });
        }
        Ok(())
    }
}
