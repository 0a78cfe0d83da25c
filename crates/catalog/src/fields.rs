//! Reads typed fields out of a TOML table and collects everything that is wrong with them.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Diagnostic, Position};

/// Where a TOML text stands: in which file, and how far into it (front matter starts late).
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    pub(crate) file: &'a str,
    pub(crate) offset: usize,
}

impl Source<'_> {
    pub(crate) fn position(&self, span: &Range<usize>) -> Position {
        Position::of(self.file, self.offset + span.start)
    }
}

/// A table whose keys are taken one after the other; what is left at the end is unknown.
pub(crate) struct Fields<'a, 'i> {
    source: Source<'a>,
    table: DeTable<'i>,
    place: Range<usize>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    known: Vec<&'static str>,
}

/// Parses a whole text; its first syntax error becomes a diagnostic (`C202`), since what follows
/// it in the text says more about the parser than about the text.
pub(crate) fn parse<'i>(
    source: Source<'_>,
    text: &'i str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DeTable<'i>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        let span = error.span().unwrap_or(0..0);
        let message = format!("invalid TOML: {}", error.message().trim().replace('\n', ", "));
        diagnostics.push(Diagnostic::error(
            "C202",
            source.path,
            source.position(&span),
            message,
            "see https://toml.io for the syntax",
        ));
        return None;
    }
    Some(table.into_inner())
}

impl<'a, 'i> Fields<'a, 'i> {
    pub(crate) fn new(source: Source<'a>, table: DeTable<'i>, place: Range<usize>) -> Self {
        Self { source, table, place, diagnostics: Vec::new(), known: Vec::new() }
    }

    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = self.source.position(span);
        self.diagnostics.push(Diagnostic::error(code, self.source.path, place, message, help));
    }

    /// Takes a value, whatever its type.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.remove(key)
    }

    fn missing(&mut self, key: &str, example: &str) {
        let place = self.place.clone();
        self.error(
            "C205",
            &place,
            format!("missing key `{key}`"),
            format!("add `{key} = {example}`"),
        );
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, value: &Spanned<DeValue<'i>>) {
        let found = value.get_ref().type_str();
        let message = format!("`{key}` must be {wanted}, not {found}");
        self.error("C204", &value.span(), message, "see CONTRIBUTING.md for the keys");
    }

    /// A required string; a missing or mistyped one is reported and reads as empty.
    pub(crate) fn string(&mut self, key: &'static str, example: &str) -> Spanned<String> {
        let place = self.place.clone();
        let Some(value) = self.take(key) else {
            self.missing(key, &format!("\"{example}\""));
            return Spanned::new(place, String::new());
        };
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(key, "a string", &value);
        }
        Spanned::new(value.span(), text.unwrap_or_default())
    }

    /// A string that may be absent.
    pub(crate) fn optional_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.take(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(key, "a string", &value);
        }
        Some(Spanned::new(value.span(), text?))
    }

    /// A list of strings; absent reads as empty.
    pub(crate) fn strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list of strings", &value);
            return Vec::new();
        };
        let mut strings = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => strings.push(Spanned::new(item.span(), text.to_owned())),
                None => self.wrong_type(key, "a list of strings", item),
            }
        }
        strings
    }

    /// A required whole number.
    pub(crate) fn integer(&mut self, key: &'static str, example: &str) -> i64 {
        let Some(value) = self.take(key) else {
            self.missing(key, example);
            return 0;
        };
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.wrong_type(key, "a whole number", &value);
        }
        number.unwrap_or_default()
    }

    /// A list of tables (`[[key]]`), each to be read in turn; absent reads as empty.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<Fields<'a, 'i>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, "a list of tables", &value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    tables.push(Fields::new(self.source, table.clone(), item.span()));
                }
                _ => self.wrong_type(key, "a list of tables", item),
            }
        }
        tables
    }

    /// A table of strings under names of the author's choice.
    pub(crate) fn named_strings(
        &mut self,
        key: &'static str,
    ) -> Option<Vec<(String, Spanned<String>)>> {
        let value = self.take(key)?;
        let DeValue::Table(items) = value.get_ref() else {
            self.wrong_type(key, "a table of strings", &value);
            return None;
        };
        let mut strings = Vec::new();
        for (name, item) in items {
            match item.get_ref().as_str() {
                Some(text) => {
                    let text = Spanned::new(item.span(), text.to_owned());
                    strings.push((name.get_ref().to_string(), text));
                }
                None => self.wrong_type(name.get_ref(), "a string", item),
            }
        }
        Some(strings)
    }

    /// A table of tables under names of the author's choice; absent reads as empty.
    pub(crate) fn named_tables(
        &mut self,
        key: &'static str,
    ) -> Vec<(Spanned<String>, Fields<'a, 'i>)> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Table(items) = value.get_ref() else {
            self.wrong_type(key, "a table of tables", &value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (name, item) in items {
            let name = Spanned::new(name.span(), name.get_ref().to_string());
            match item.get_ref() {
                DeValue::Table(table) => {
                    tables.push((name, Fields::new(self.source, table.clone(), item.span())));
                }
                _ => self.wrong_type(name.get_ref(), "a table", item),
            }
        }
        tables
    }

    /// Reports every key that nothing took (`C203`), with the nearest known one.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let left: Vec<(String, Range<usize>)> =
            self.table.keys().map(|key| (key.get_ref().to_string(), key.span())).collect();
        let known = self.known.join("`, `");
        for (key, span) in left {
            self.error(
                "C203",
                &span,
                format!("unknown key `{key}`"),
                format!("the keys are `{known}`"),
            );
        }
        self.diagnostics
    }
}
