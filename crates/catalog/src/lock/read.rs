//! Reads `permalinks.lock` line by line, and says what is wrong with it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{END, Fate, LOCK_FILE, Lock, Promise, Status, VERSION, slug_key};
use crate::{Diagnostic, Position};

const RESTORE: &str = "no hand writes this file: take the last good one from version control, then \
                       run `counterpart check --update-links`";
const UPDATE: &str = "`counterpart check --update-links` writes it in order";

/// One line: TOML on its own.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Line {
    slugs: BTreeMap<String, Name>,
    status: Option<State>,
    title: Option<String>,
    successors: Option<Vec<String>>,
    reason: Option<String>,
    fragments: BTreeMap<String, Place>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Name {
    Current,
    Former,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Active,
    Moved,
    Split,
    Merged,
    Withdrawn,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Place {
    State(State),
    Fate(Fate),
}

/// What the lines say about one id.
#[derive(Default)]
struct Draft {
    line: usize,
    current: Vec<(String, usize)>,
    promise: Promise,
    states: Vec<State>,
    successors: Vec<String>,
    reason: String,
}

impl Lock {
    /// Reads the text of the file. What is wrong with it becomes diagnostics; with errors among
    /// them the lock may lack promises, and must not be written back.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader { drafts: BTreeMap::new(), out: Vec::new() };
        let lock = reader.read(text);
        let mut out = reader.out;
        let written = lock.to_string();
        if out.is_empty() && written != text {
            let same = written.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
            let message = "this line does not stand where the program puts it";
            out.push(error("C606", same + 1, message, UPDATE).warning());
        }
        (lock, out)
    }
}

fn error(code: &'static str, line: usize, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error(code, LOCK_FILE, Position::line(line), message, help)
}

struct Reader {
    drafts: BTreeMap<String, Draft>,
    out: Vec<Diagnostic>,
}

impl Reader {
    fn error(&mut self, code: &'static str, line: usize, message: impl Into<String>, help: &str) {
        self.out.push(error(code, line, message, help));
    }

    fn read(&mut self, text: &str) -> Lock {
        let last = text.lines().count();
        let whole = text.trim_end().ends_with(END);
        if !whole {
            self.error(
                "C603",
                last.max(1),
                "the file is cut off: its last line is missing",
                RESTORE,
            );
        }
        let (mut version, mut conflict, mut base) = (false, false, false);
        for (number, line) in (1..).zip(text.lines()) {
            if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|m| line.starts_with(m)) {
                base = line.starts_with('|');
                if !std::mem::replace(&mut conflict, true) {
                    let help =
                        "`counterpart check --update-links` keeps the promises of both sides";
                    self.error("C604", number, "two branches changed this file", help);
                }
            } else if base || line.trim().is_empty() || line.starts_with('#') {
            } else if !whole && number == last {
                // Half a line says nothing.
            } else if let Some(found) = line.strip_prefix("version = ") {
                version = true;
                if found.trim() != VERSION.to_string() {
                    self.out.clear();
                    let message = format!("version {} of this file is not known", found.trim());
                    let help = format!(
                        "a newer program wrote it: update this one, which knows version {VERSION}"
                    );
                    self.error("C602", number, message, &help);
                    return Lock::default();
                }
            } else if let Err(problem) = self.line(number, line) {
                self.error("C605", number, problem, RESTORE);
            }
        }
        if !version && whole {
            self.error("C605", 1, "the line `version = 1` is missing", RESTORE);
        }
        self.finish(whole)
    }

    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        let parsed: BTreeMap<String, Line> =
            toml::from_str(line).map_err(|_| "this is no line of this file".to_owned())?;
        let Some((id, line)) = parsed.into_iter().next() else { return Ok(()) };
        if !is_id(&id) {
            return Err(format!("`{id}` is no id"));
        }
        let draft = self.drafts.entry(id).or_default();
        if draft.line == 0 {
            draft.line = number;
        }
        for (slug, name) in line.slugs {
            match name {
                Name::Current => draft.current.push((slug, number)),
                Name::Former => _ = draft.promise.former.insert(slug),
            }
        }
        draft.states.extend(line.status);
        draft.promise.title.extend(line.title);
        draft.successors.extend(line.successors.into_iter().flatten());
        draft.reason.extend(line.reason);
        for (fragment, place) in line.fragments {
            let fate = match place {
                Place::State(State::Active) => None,
                Place::State(_) => {
                    return Err(format!("it does not say why `#{fragment}` is gone"));
                }
                Place::Fate(fate) => Some(fate),
            };
            // Of two branches, one may have retired what the other left alone.
            let known = draft.promise.fragments.entry(fragment).or_default();
            if fate.is_some() {
                *known = fate;
            }
        }
        Ok(())
    }

    fn finish(&mut self, whole: bool) -> Lock {
        let mut lock = Lock::default();
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        let free = lock.next_id(self.drafts.keys().map(String::as_str));
        for (id, mut draft) in std::mem::take(&mut self.drafts) {
            draft.current.retain(|(slug, _)| !draft.promise.former.contains(slug));
            draft.current.dedup_by(|a, b| a.0 == b.0);
            match &draft.current[..] {
                [(first, _), (second, line), ..] => {
                    let message = format!("`{id}` stands for `{first}` and for `{second}`");
                    let help = format!(
                        "two branches took this id, and the one that was merged first keeps it: \
                         take its `permalinks.lock`, give the other entry the id `{free}`, then \
                         run `counterpart check --update-links`"
                    );
                    self.error("C607", *line, message, &help);
                }
                [] if whole => {
                    let message = format!("no line says which slug `{id}` has");
                    self.error("C605", draft.line, message, RESTORE);
                }
                _ => {}
            }
            if let Some((slug, _)) = draft.current.into_iter().next() {
                draft.promise.slug = slug;
            }
            draft.promise.fate = match fate(&draft.states, draft.successors, draft.reason) {
                Ok(fate) => fate,
                Err(problem) => {
                    if whole {
                        self.error("C605", draft.line, format!("`{id}` {problem}"), RESTORE);
                    }
                    None
                }
            };
            for slug in draft.promise.slugs() {
                if let Some(other) = owners.insert(slug.to_owned(), id.clone()) {
                    let message = format!("`{slug}` is promised to `{other}` and to `{id}`");
                    let help = "a slug leads to one entry for ever: rename the newer entry, and \
                                remove its line here";
                    self.error("C608", draft.line, message, help);
                }
            }
            lock.promises.insert(id, draft.promise);
        }
        lock
    }
}

fn fate(
    said: &[State],
    successors: Vec<String>,
    reason: String,
) -> Result<Option<Fate>, &'static str> {
    // Of two branches, one may have retired what the other left alone.
    let mut retired = said.iter().filter(|state| **state != State::Active);
    let status = match (retired.next(), said) {
        (None, []) => return Err("has no status"),
        (None, _) => return Ok(None),
        (Some(State::Moved), _) => Status::Moved,
        (Some(State::Split), _) => Status::Split,
        (Some(State::Merged), _) => Status::Merged,
        (Some(_), _) => Status::Withdrawn,
    };
    if retired.next().is_some() {
        return Err("was retired twice");
    }
    if reason.is_empty() {
        return Err("is retired without a reason");
    }
    Ok(Some(Fate { status, successors, reason }))
}

fn is_id(id: &str) -> bool {
    id.strip_prefix("AP")
        .is_some_and(|number| number.len() >= 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The place of the line that begins with this key, after the id.
pub(crate) fn place(text: &str, id: &str, key: &str) -> Position {
    let start = format!("{id}.{key} ");
    let line = text.lines().position(|line| line.starts_with(&start));
    line.map_or(Position::START, |index| Position::line(index + 1))
}

/// The place of the line about an entry's slug.
pub(crate) fn slug_place(text: &str, id: &str, slug: &str) -> Position {
    place(text, id, &slug_key(slug))
}
