//! Findings that mean an entry, as comments: one for each entry and file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use counterpart_catalog::{Catalog, Code, Entry, Tool};
use url::Url;

use super::input::{Finding, Span};

/// Characters of a tool's message that are quoted.
const QUOTED: usize = 160;
/// Further lines that a comment names.
const NAMED: usize = 5;
/// Different codes without an entry that are counted one by one.
const COUNTED: usize = 1000;

/// What a reviewer reads at a place: an entry that is about it.
#[derive(Clone, Debug)]
pub struct Comment<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The permanent address of the place in the entry.
    pub url: String,
    /// The file, relative to the current folder where it is below it, with forward slashes.
    pub path: String,
    /// What is wrong, and what to do: the sentence of the entry, or that of the code.
    pub review: &'a str,
    /// The first place in the file.
    pub span: Span,
    /// What the tool says there: its first line, shortened, without control characters.
    pub message: String,
    /// The codes of the findings, each with its tool: `ruff ASYNC251`.
    pub sources: Vec<String>,
    /// The other places in the file, in order.
    pub also: Vec<Span>,
}

impl Comment<'_> {
    /// The other lines: `lines 40 and 77`; none when there is no other.
    #[must_use]
    pub fn also_at(&self) -> Option<String> {
        let mut lines: Vec<u32> = self.also.iter().map(|span| span.start.line).collect();
        lines.dedup();
        lines.retain(|line| *line != self.span.start.line);
        let more = lines.len().saturating_sub(NAMED);
        let mut named: Vec<String> = lines.iter().take(NAMED).map(ToString::to_string).collect();
        if more > 0 {
            named.push(format!("{more} more"));
        }
        let last = named.pop()?;
        if named.is_empty() {
            return Some(format!("line {last}"));
        }
        Some(format!("lines {} and {last}", named.join(", ")))
    }

    /// What is wrong, the address, who found it, and where else: one paragraph of Markdown, without
    /// the entry's title.
    #[must_use]
    pub fn text(&self) -> String {
        let also = self.also_at().map(|lines| format!(" Also at {lines}.")).unwrap_or_default();
        let (review, url, sources) = (self.review, &self.url, self.sources.join(", "));
        format!("{review} See {url} ({sources}).{also}")
    }
}

/// Collects findings.
pub struct Comments<'a, F> {
    catalog: &'a Catalog,
    folder: PathBuf,
    address: F,
    groups: BTreeMap<(String, &'a str), Group<'a>>,
    others: BTreeMap<String, usize>,
}

/// The findings of a file that mean the same entry.
struct Group<'a> {
    comment: Comment<'a>,
    spans: BTreeSet<Span>,
    sources: BTreeSet<String>,
}

impl<'a, F: Fn(&Entry, Option<&str>) -> String> Comments<'a, F> {
    /// Nothing yet. Paths below `folder` become relative to it; `address` is that of an entry, or
    /// of a place in it.
    pub fn new(catalog: &'a Catalog, folder: PathBuf, address: F) -> Self {
        Self { catalog, folder, address, groups: BTreeMap::new(), others: BTreeMap::new() }
    }

    /// Adds a finding to the comment that it belongs to, or counts it.
    pub fn add(&mut self, finding: Finding) {
        let code = self.code(&finding);
        let message = finding.detail.as_deref().unwrap_or(&finding.message);
        let place = code.and_then(|code| code.place(message));
        let entry = place.and_then(|place| self.catalog.entry(&place.id));
        let (Some(code), Some(place), Some(entry)) = (code, place, entry) else {
            return self.count(finding);
        };
        let path = relative(&finding.path, &self.folder);
        let source = format!("{} {}", code.tool, code.code);
        let fragment = Some(place.fragment.as_str()).filter(|fragment| !fragment.is_empty());
        let group = self.groups.entry((path.clone(), &entry.slug)).or_insert_with(|| Group {
            comment: Comment {
                entry,
                url: String::new(),
                path,
                review: "",
                span: finding.span,
                message: String::new(),
                sources: Vec::new(),
                also: Vec::new(),
            },
            spans: BTreeSet::new(),
            sources: BTreeSet::new(),
        });
        if group.spans.first().is_none_or(|first| finding.span < *first) {
            group.comment.url = (self.address)(entry, fragment);
            group.comment.review = code.review(place).unwrap_or(&entry.meta.review);
            group.comment.span = finding.span;
            group.comment.message = quoted(&finding.message);
        }
        group.spans.insert(finding.span);
        group.sources.insert(source);
    }

    fn code(&self, finding: &Finding) -> Option<&'a Code> {
        let fits = |code: &&Code| match finding.tool {
            None => true,
            // Clippy's own reporters print the compiler's lints under its name.
            Some(Tool::Clippy) => matches!(code.tool, Tool::Clippy | Tool::Rustc),
            Some(tool) => code.tool == tool,
        };
        let names = [&finding.code, &finding.name].into_iter().flatten();
        names.flat_map(|name| self.catalog.codes_called(name)).find(fits)
    }

    fn count(&mut self, finding: Finding) {
        let code = quoted(&finding.code.or(finding.name).unwrap_or_default());
        let full = self.others.len() >= COUNTED && !self.others.contains_key(&code);
        let label = if full || code.is_empty() { "without a code".to_owned() } else { code };
        *self.others.entry(label).or_default() += 1;
    }

    /// The codes of the findings that mean no entry, each with their number, the most first.
    #[must_use]
    pub fn others(&self) -> Vec<(&str, usize)> {
        let mut others: Vec<(&str, usize)> =
            self.others.iter().map(|(code, number)| (code.as_str(), *number)).collect();
        others.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        others
    }

    /// The comments, by file and place.
    #[must_use]
    pub fn finish(self) -> Vec<Comment<'a>> {
        let groups = self.groups.into_values().map(|Group { comment, spans, sources }| Comment {
            sources: sources.into_iter().collect(),
            also: spans.into_iter().skip(1).collect(),
            ..comment
        });
        let mut comments: Vec<Comment<'a>> = groups.collect();
        comments.sort_by(|a, b| {
            (&a.path, a.span, &a.entry.meta.id).cmp(&(&b.path, b.span, &b.entry.meta.id))
        });
        comments
    }
}

/// The first line of a text, shortened, without control characters.
fn quoted(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let shown = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let mut quoted: String = line.chars().take(QUOTED).map(shown).collect();
    if line.chars().nth(QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

/// A path or `file:` address as a path, relative to `folder` where it is below it.
fn relative(path: &str, folder: &Path) -> String {
    let from_url = path.starts_with("file:").then(|| Url::parse(path).ok()?.to_file_path().ok());
    let path = from_url.flatten().unwrap_or_else(|| PathBuf::from(path));
    let path = path.strip_prefix(folder).unwrap_or(&path);
    let path = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
    path.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests;
