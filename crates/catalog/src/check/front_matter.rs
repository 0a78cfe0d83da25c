//! The TOML between `+++` lines: typed, complete, and without unknown keys.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use crate::carve::is_kebab_case;
use crate::fields::{Fields, Source, parse};
use crate::{ClippyPaths, Diagnostic, Level, Meta, Parity, Position, Target};

const SERVICES: [&str; 3] = ["postgres", "mariadb", "mongodb"];

/// A value of the front matter that other checks look at, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mention {
    Id,
    Tag(String),
    Guide(Target),
    Finding(Target),
    Lint(Target),
    Related(String),
    Alias(String),
}

pub(crate) type Mentions = Vec<(Mention, Position)>;

/// Splits a page into the front matter's range and the start of the body.
pub(crate) fn split(
    path: &str,
    file: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<(Range<usize>, usize)> {
    let mut missing = |message: &str| {
        let help = "begin the page with TOML between two lines `+++`";
        out.push(Diagnostic::error("C201", path, Position::START, message, help));
    };
    if !file.starts_with("+++\n") {
        missing("no front matter");
        return None;
    }
    match file[4..].find("+++\n") {
        Some(0) => Some((4..4, 8)),
        Some(end) if file.as_bytes()[3 + end] == b'\n' => Some((4..4 + end, 8 + end)),
        _ => {
            missing("the front matter is never closed");
            None
        }
    }
}

/// Reads the front matter of an entry.
pub(crate) fn read(
    source: Source<'_>,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<(Meta, Mentions)> {
    let table = parse(source, text, out)?;
    let mut reader = Reader { fields: Fields::new(source, table, 0..0), source, mentions: vec![] };
    let meta = reader.meta();
    out.extend(reader.fields.finish());
    Some((meta, reader.mentions))
}

struct Reader<'a, 'i> {
    fields: Fields<'a, 'i>,
    source: Source<'a>,
    mentions: Mentions,
}

impl Reader<'_, '_> {
    fn meta(&mut self) -> Meta {
        Meta {
            id: self.id(),
            title: self.text("title", 60),
            summary: self.sentence("summary", 140),
            python: self.text("python", 60),
            rust: self.text("rust", 60),
            level: self.level(),
            tags: self.tags(),
            review: self.sentence("review", 400),
            symptoms: self.list("symptoms", THREE, of_three),
            asked: self.list("asked", THREE, of_three),
            lints: self.lints(),
            clippy: ClippyPaths::read(&mut self.fields),
            guide: self.targets("guide", Mention::Guide),
            findings: self.targets("findings", Mention::Finding),
            related: self.slugs("related", Mention::Related),
            aliases: self.slugs("aliases", Mention::Alias),
            needs: self
                .list("needs", "postgres, mariadb or mongodb", |text| SERVICES.contains(&text)),
            parity: self.parity(),
            added: self.day("added"),
            changed: self.day("changed"),
        }
    }

    fn day(&mut self, key: &'static str) -> Option<String> {
        let value = self.fields.take(key)?;
        let day = value.get_ref().as_str().filter(|text| is_day(text)).map(str::to_owned);
        if day.is_none() {
            let message = format!("`{key}` is not a day");
            self.bad(&value.span(), message, "write it as in `\"2026-11-21\"`");
        }
        day
    }

    fn mention(&mut self, mention: Mention, span: &Range<usize>) {
        self.mentions.push((mention, self.source.position(span)));
    }

    fn bad(&mut self, span: &Range<usize>, message: String, help: &str) {
        self.fields.error("C206", span, message, help);
    }

    fn id(&mut self) -> String {
        let id = self.fields.string("id", "AP001");
        let form = |text: &str| {
            text.strip_prefix("AP").is_some_and(|number| {
                number.len() >= 3 && number.bytes().all(|b| b.is_ascii_digit())
            })
        };
        if !id.get_ref().is_empty() && !form(id.get_ref()) {
            let message = format!("`{}` is not an id", id.get_ref());
            self.fields.error("C207", &id.span(), message, "ids look like `AP001`");
        }
        self.mention(Mention::Id, &id.span());
        id.into_inner()
    }

    fn text(&mut self, key: &'static str, limit: usize) -> String {
        self.line(key, limit).into_inner()
    }

    fn line(&mut self, key: &'static str, limit: usize) -> Spanned<String> {
        let text = self.fields.string(key, "…");
        let length = text.get_ref().chars().count();
        if length > limit {
            let message = format!("`{key}` has {length} characters");
            self.bad(&text.span(), message, &format!("{limit} at most"));
        }
        if text.get_ref().contains('\n') || text.get_ref().trim() != text.get_ref() {
            let message = format!("`{key}` has line breaks or spaces at an end");
            self.bad(&text.span(), message, "keep it on one line");
        }
        text
    }

    fn sentence(&mut self, key: &'static str, limit: usize) -> String {
        let line = self.line(key, limit);
        let text = line.get_ref();
        if !text.is_empty() && !text.ends_with(['.', '?']) {
            self.bad(&line.span(), format!("`{key}` is not a sentence"), "end it with a full stop");
        }
        line.into_inner()
    }

    fn level(&mut self) -> Level {
        let level = self.fields.string("level", "everyday");
        let known = Level::ALL.into_iter().find(|known| known.as_str() == level.get_ref());
        if known.is_none() && !level.get_ref().is_empty() {
            let message = format!("unknown level `{}`", level.get_ref());
            self.bad(&level.span(), message, "use `first-steps`, `everyday` or `advanced`");
        }
        known.unwrap_or_default()
    }

    fn tags(&mut self) -> Vec<String> {
        let tags = self.fields.strings("tags");
        if tags.is_empty() || tags.len() > 5 {
            let span = tags.first().map_or(0..0, Spanned::span);
            let message = format!("an entry has one to five tags, not {}", tags.len());
            self.bad(&span, message, "choose from `tags.toml`");
        }
        for tag in &tags {
            self.mention(Mention::Tag(tag.get_ref().clone()), &tag.span());
        }
        tags.into_iter().map(Spanned::into_inner).collect()
    }

    fn list(&mut self, key: &'static str, form: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
        let items = self.fields.strings(key);
        for item in &items {
            if !fits(item.get_ref()) {
                let message = format!("`{}` does not fit in `{key}`", item.get_ref());
                self.bad(&item.span(), message, &format!("each is {form}"));
            }
        }
        items.into_iter().map(Spanned::into_inner).collect()
    }

    /// Codes, each with or without the fragment that is about it.
    fn lints(&mut self) -> Vec<String> {
        let mut lints = Vec::new();
        for item in self.fields.strings("lints") {
            let (code, fragment) = item.get_ref().split_once('#').unwrap_or((item.get_ref(), ""));
            let target = Target { id: code.to_owned(), fragment: fragment.to_owned() };
            lints.push(target.id.clone());
            self.mention(Mention::Lint(target), &item.span());
        }
        lints
    }

    fn targets(&mut self, key: &'static str, mention: fn(Target) -> Mention) -> Vec<Target> {
        let mut targets = Vec::new();
        for item in self.fields.strings(key) {
            let Some((id, fragment)) = item.get_ref().split_once('#') else {
                let message = format!("`{}` does not say where it is answered", item.get_ref());
                self.bad(&item.span(), message, "write the id, `#`, and a region or heading id");
                continue;
            };
            let target = Target { id: id.to_owned(), fragment: fragment.to_owned() };
            self.mention(mention(target.clone()), &item.span());
            targets.push(target);
        }
        targets
    }

    fn slugs(&mut self, key: &'static str, mention: fn(String) -> Mention) -> Vec<String> {
        let slugs = self.fields.strings(key);
        for slug in &slugs {
            if !is_kebab_case(slug.get_ref()) {
                let message = format!("`{}` in `{key}` is not a slug", slug.get_ref());
                self.bad(&slug.span(), message, "slugs are lower-case words joined by hyphens");
            }
            self.mention(mention(slug.get_ref().clone()), &slug.span());
        }
        slugs.into_iter().map(Spanned::into_inner).collect()
    }

    fn parity(&mut self) -> Parity {
        let Some(value) = self.fields.take("parity") else { return Parity::Same };
        let why = match value.get_ref() {
            DeValue::Table(table) if table.len() == 1 => {
                table.get("differs").and_then(|why| why.get_ref().as_str())
            }
            _ => None,
        };
        if why.is_none() {
            let message = "`parity` must be a table with the one key `differs`";
            let help = "write `parity = { differs = \"why\" }`";
            self.fields.error("C204", &value.span(), message, help);
        }
        why.map_or(Parity::Same, |why| Parity::Differs(why.to_owned()))
    }
}

const THREE: &str = "a text of at least three characters";

fn of_three(text: &str) -> bool {
    text.chars().count() >= 3
}

/// Whether a text is a day of the calendar, as in ISO 8601.
fn is_day(text: &str) -> bool {
    let Ok(toml) = text.parse::<toml::value::Datetime>() else { return false };
    toml.date.is_some() && toml.time.is_none() && toml.offset.is_none()
}
