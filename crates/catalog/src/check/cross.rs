//! Checks that need the whole catalog: names are unique, and what is named exists.

use std::collections::HashMap;

use super::entry::Draft;
use super::front_matter::Mention;
use crate::{Catalog, Diagnostic, Lock, Position};

pub(crate) fn check(catalog: &Catalog, drafts: &[Draft], out: &mut Vec<Diagnostic>) {
    let mut ids: HashMap<&str, &Draft> = HashMap::new();
    let mut slugs: HashMap<&str, &Draft> = HashMap::new();
    for draft in drafts {
        let entry = &draft.entry;
        if let Some(other) = slugs.insert(&entry.slug, draft) {
            let message = format!("slug `{}` is taken by `{}`", entry.slug, other.entry.path());
            let help = "slugs are unique in the whole catalog: rename one folder";
            out.push(Diagnostic::error("C209", &draft.path, Position::START, message, help));
        }
    }
    let mut aliases: HashMap<&str, &Draft> = HashMap::new();
    for draft in drafts {
        for (mention, place) in &draft.mentions {
            let mut error = |code, message: String, help: &str| {
                out.push(Diagnostic::error(code, &draft.path, *place, message, help));
            };
            match mention {
                Mention::Id => {
                    let id = draft.entry.meta.id.as_str();
                    if let Some(other) = ids.insert(id, draft).filter(|_| !id.is_empty()) {
                        let message = format!("id `{id}` is taken by `{}`", other.entry.path());
                        let free = next_id(drafts, &catalog.lock);
                        let owner = catalog.lock.promises.get(id);
                        let help = match owner.map(|promise| promise.slug.as_str()) {
                            Some(owner) if owner == draft.entry.slug => format!(
                                "`{owner}` was recorded first and keeps it: give \
                                 `{}` the next free id, `{free}`",
                                other.entry.path()
                            ),
                            _ => format!("the next free id is `{free}`"),
                        };
                        error("C208", message, &help);
                    }
                }
                Mention::Tag(tag) if !catalog.tags.contains_key(tag) => {
                    error(
                        "C211",
                        format!("unknown tag `{tag}`"),
                        "the tags are listed in `tags.toml`",
                    );
                }
                Mention::Related(slug) if *slug == draft.entry.slug => {
                    error("C213", "an entry is not related to itself".to_owned(), "remove it");
                }
                Mention::Related(slug) if !slugs.contains_key(slug.as_str()) => {
                    let message = format!("related entry `{slug}` does not exist");
                    error("C213", message, &nearest(slug, slugs.keys().copied()));
                }
                Mention::Alias(alias) => {
                    let other =
                        slugs.get(alias.as_str()).copied().or_else(|| aliases.insert(alias, draft));
                    if let Some(other) = other {
                        let message =
                            format!("alias `{alias}` is taken by `{}`", other.entry.path());
                        error("C210", message, "a former slug leads to one entry");
                    }
                }
                Mention::Guide(target) if catalog.ledger.item(&target.id).is_none() => {
                    let message = format!("unknown guide item `{}`", target.id);
                    error("C214", message, "the items are listed in `guides.toml`");
                }
                Mention::Finding(target) if catalog.ledger.finding(&target.id).is_none() => {
                    let message = format!("unknown finding `{}`", target.id);
                    error("C214", message, "the findings are listed in `guides.toml`");
                }
                Mention::Guide(target) | Mention::Finding(target)
                    if !draft.has_fragment(&target.fragment) =>
                {
                    let message = format!(
                        "`{}` is answered by `{}`, which does not exist",
                        target.id, target.fragment
                    );
                    let regions = draft.entry.region_names().join("`, `");
                    error("C215", message, &format!("the regions are `{regions}`"));
                }
                _ => {}
            }
        }
    }
}

impl Draft {
    /// Whether a link to the page with this fragment leads somewhere.
    pub(crate) fn has_fragment(&self, fragment: &str) -> bool {
        self.entry.fragments().contains(&fragment)
    }
}

pub(crate) fn next_id(drafts: &[Draft], lock: &Lock) -> String {
    lock.next_id(drafts.iter().map(|draft| draft.entry.meta.id.as_str()))
}

/// A help text that names what shares the longest beginning with `name`.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let shared = |other: &&str| other.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    match known.max_by_key(|other| (shared(other), std::cmp::Reverse(*other))) {
        Some(best) if shared(&best) >= 3 => format!("did you mean `{best}`?"),
        _ => "`counterpart list` prints all entries".to_owned(),
    }
}
