//! Adds to the lock what the catalog has and the lock has not.

use super::{Lock, Promise};
use crate::{Catalog, Entry};

impl Lock {
    /// This lock and every new address of the catalog. Nothing is taken away: what an entry has
    /// lost stays promised, and what belongs to another id is not promised a second time.
    #[must_use]
    pub fn with(&self, catalog: &Catalog) -> Self {
        let mut lock = self.clone();
        for entry in catalog.entries.iter().filter(|entry| !entry.is_unfinished()) {
            lock.add(entry);
        }
        lock
    }

    fn add(&mut self, entry: &Entry) {
        let id = &entry.meta.id;
        let free = |lock: &Self, slug: &str| {
            lock.promises.iter().all(|(other, promise)| {
                other == id || promise.slugs().all(|promised| promised != slug)
            })
        };
        if id.is_empty() || !free(self, &entry.slug) {
            return;
        }
        let former: Vec<String> =
            entry.meta.aliases.iter().filter(|alias| free(self, alias)).cloned().collect();
        let promise = self
            .promises
            .entry(id.clone())
            .or_insert_with(|| Promise { slug: entry.slug.clone(), ..Promise::default() });
        let led_here = promise.slug == entry.slug || former.contains(&promise.slug);
        if promise.fate.is_some() || !led_here {
            return;
        }
        promise.slug.clone_from(&entry.slug);
        promise.former.extend(former);
        promise.former.remove(&entry.slug);
        for fragment in entry.fragments() {
            promise.fragments.entry(fragment.to_owned()).or_default();
        }
    }
}
