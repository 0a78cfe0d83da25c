//! Compares the catalog with what `permalinks.lock` promises: nothing may be lost or used again.

use std::collections::BTreeMap;

use super::cross::next_id;
use super::entry::Draft;
use crate::lock::{Fate, LOCK_FILE, Lock, Promise, fragment_key, place, slug_place};
use crate::{Diagnostic, Entry, Position, Severity, Tree};

/// So many addresses that are not recorded are named.
const NAMED: usize = 5;

/// Reads the lock; what is wrong with the file becomes diagnostics.
pub(crate) fn read(tree: &Tree, out: &mut Vec<Diagnostic>) -> Lock {
    let Some(text) = tree.get(LOCK_FILE) else { return Lock::default() };
    let (lock, problems) = Lock::parse(text);
    out.extend(problems);
    lock
}

pub(crate) fn check(tree: &Tree, lock: &Lock, drafts: &[Draft], out: &mut Vec<Diagnostic>) {
    let Some(text) = tree.get(LOCK_FILE) else {
        let message = "no address of this catalog is promised yet";
        let help = "`counterpart check --update-links` writes this file; if it was there before, \
                    take it from version control";
        let missing = Diagnostic::error("C601", LOCK_FILE, Position::START, message, help);
        out.extend((!drafts.is_empty()).then(|| missing.warning()));
        return;
    };
    let broken =
        |problem: &Diagnostic| problem.path == LOCK_FILE && problem.severity == Severity::Error;
    if out.iter().any(broken) {
        // What the file has lost would be reported as lost by the catalog.
        return;
    }
    let fine =
        |problem: &Diagnostic| problem.severity == Severity::Warning || problem.is_about_links();
    let clean = out.iter().all(fine);
    let mut checker = Checker { tree, lock, text, drafts, out };
    for (id, promise) in &lock.promises {
        checker.promise(id, promise);
    }
    checker.names();
    if clean {
        checker.additions();
    }
}

struct Checker<'a, 'o> {
    tree: &'a Tree,
    lock: &'a Lock,
    text: &'a str,
    drafts: &'a [Draft],
    out: &'o mut Vec<Diagnostic>,
}

impl Checker<'_, '_> {
    fn error(&mut self, code: &'static str, at: Position, message: String, help: String) {
        self.out.push(Diagnostic::error(code, LOCK_FILE, at, message, help));
    }

    fn promise(&mut self, id: &str, promise: &Promise) {
        let drafts = self.drafts;
        let has = |entry: &Entry| entry.meta.id == id;
        let entry = drafts
            .iter()
            .map(|draft| &draft.entry)
            .filter(|entry| has(entry))
            .max_by_key(|entry| entry.slug == promise.slug);
        let status = place(self.text, id, "status");
        if let Some(fate) = &promise.fate {
            self.successors(id, fate, status);
            if let Some(entry) = entry {
                let message =
                    format!("`{id}` was retired ({}), and `{}` has it", fate.status, entry.path());
                let free = next_id(drafts, self.lock);
                let help = format!(
                    "links to it lead to what was said then: remove the folder, or give a new \
                     entry the id `{free}`"
                );
                self.error("C614", status, message, help);
            }
            return;
        }
        match entry {
            Some(entry) => {
                self.slugs(id, promise, entry);
                self.fragments(id, promise, entry);
            }
            None => self.lost(id, promise),
        }
    }

    /// The entry with this id is gone.
    fn lost(&mut self, id: &str, promise: &Promise) {
        let slug = &promise.slug;
        let at = slug_place(self.text, id, slug);
        let folder = format!("/{slug}/");
        let unreadable = |entry: &Entry| entry.slug == *slug && entry.meta.id.is_empty();
        if self.drafts.iter().any(|draft| unreadable(&draft.entry))
            || (self.drafts.iter().all(|draft| draft.entry.slug != *slug)
                && self.tree.files().any(|(path, _)| path.contains(&folder)))
        {
            return; // It is there, and what is wrong with it is reported.
        }
        if let Some(draft) = self.drafts.iter().find(|draft| draft.entry.slug == *slug) {
            let now = &draft.entry.meta.id;
            let message = format!("the links `p/{id}/` are lost: `{slug}` has the id `{now}` now");
            self.error("C610", at, message, format!("an id is for ever: give it `{id}` again"));
            return;
        }
        let message = format!("the links `p/{id}/` and `p/{slug}/` are lost: the entry is gone");
        let help = format!(
            "put its folder back, or with a new name put `aliases = [\"{slug}\"]` and the id \
             there; if it is to go, `counterpart retire {slug} --into OTHER --reason \"…\"` keeps \
             a page that says so"
        );
        self.error("C610", at, message, help);
    }

    fn slugs(&mut self, id: &str, promise: &Promise, entry: &Entry) {
        for slug in promise.slugs() {
            let leads = entry.slug == slug || entry.meta.aliases.iter().any(|alias| alias == slug);
            let taken = self.drafts.iter().any(|draft| draft.entry.slug == slug);
            if !leads && !taken {
                let at = slug_place(self.text, id, slug);
                let path = entry.path();
                let message = format!("the link `p/{slug}/` is lost: it led to `{path}`");
                let help = format!("add `{slug}` to the `aliases` of `{path}/pattern.md`");
                self.error("C611", at, message, help);
            }
        }
    }

    fn fragments(&mut self, id: &str, promise: &Promise, entry: &Entry) {
        let there = entry.fragments();
        let Entry { slug, .. } = entry;
        for (fragment, fate) in &promise.fragments {
            let at = place(self.text, id, &fragment_key(fragment));
            let used = there.contains(&fragment.as_str());
            if let Some(fate) = fate {
                self.successors(&format!("{id}#{fragment}"), fate, at);
                if used {
                    let message = format!(
                        "`{slug}#{fragment}` was retired ({}), and `{}` has it again",
                        fate.status,
                        entry.path()
                    );
                    let help = "links to it lead to what was said then: choose another name";
                    self.error("C614", at, message, help.to_owned());
                }
            } else if !used {
                let message = format!("the link `p/{slug}/#{fragment}` is lost");
                let help = format!(
                    "name the region or heading `{fragment}` again, or say what became of it: \
                     `counterpart retire {slug}#{fragment} --into {slug}#OTHER --reason \"…\"`"
                );
                self.error("C612", at, message, help);
            }
        }
    }

    /// What takes the place of something retired must be there.
    fn successors(&mut self, name: &str, fate: &Fate, at: Position) {
        for successor in fate.successors.iter().filter(|to| self.lock.destinations(to).is_empty()) {
            let message = format!("`{name}` leads to `{successor}`, which leads nowhere");
            let help = "its successor must be an address of this file, and not lead back to it";
            self.out.push(Diagnostic::error("C613", LOCK_FILE, at, message, help));
        }
    }

    /// No slug that was promised to one id may be the name of another.
    fn names(&mut self) {
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for (id, promise) in &self.lock.promises {
            owners.extend(promise.slugs().map(|slug| (slug, id.as_str())));
        }
        for draft in self.drafts {
            let entry = &draft.entry;
            let aliases = entry.meta.aliases.iter().map(String::as_str);
            for name in std::iter::once(entry.slug.as_str()).chain(aliases) {
                let Some(&owner) = owners.get(name).filter(|owner| **owner != entry.meta.id) else {
                    continue;
                };
                if self.reported(owner, name, entry) {
                    continue;
                }
                let message =
                    format!("`{name}` is promised to `{owner}`, and `{}` uses it", entry.path());
                let help = "links to it must lead where they led: choose another name";
                let at = slug_place(self.text, owner, name);
                self.error("C614", at, message, help.to_owned());
            }
        }
    }

    /// Whether it was said already that `entry` may not be called `name`, which is `owner`'s.
    fn reported(&self, owner: &str, name: &str, entry: &Entry) -> bool {
        let promise = &self.lock.promises[owner];
        let mut drafts = self.drafts.iter().map(|draft| &draft.entry);
        match drafts.find(|entry| entry.meta.id == owner) {
            // Two entries use the name now.
            Some(now) => now.slug == name || now.meta.aliases.iter().any(|alias| alias == name),
            // The id of the entry was changed.
            None => promise.fate.is_none() && promise.slug == name && entry.slug == name,
        }
    }

    /// What the command would add.
    fn additions(&mut self) {
        let mut new = Vec::new();
        for Draft { entry, .. } in self.drafts {
            let id = &entry.meta.id;
            if entry.is_unfinished() || id.is_empty() {
                continue;
            }
            let Some(promise) = self.lock.promises.get(id) else {
                if self.lock.find(&entry.slug).is_none() {
                    new.push(entry.slug.clone());
                }
                continue;
            };
            let names = std::iter::once(&entry.slug).chain(&entry.meta.aliases);
            new.extend(names.filter(|name| self.lock.find(name).is_none()).cloned());
            let fragments = entry.fragments().into_iter();
            let fragments = fragments.filter(|fragment| !promise.fragments.contains_key(*fragment));
            new.extend(fragments.map(|fragment| format!("{}#{fragment}", entry.slug)));
        }
        if new.is_empty() {
            return;
        }
        let more = new.len().saturating_sub(NAMED);
        new.truncate(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("not recorded yet: `{}`{more}", new.join("`, `"));
        let help = "`counterpart check --update-links` records what is new";
        let at = Position::START;
        self.out.push(Diagnostic::error("C609", LOCK_FILE, at, message, help).warning());
    }
}
