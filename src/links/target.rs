//! What a reference leads to: an entry or a place in it, also when it is no longer there.

use std::fmt;

use counterpart_catalog::{Catalog, Entry, Fate, Promise};

use super::resolve::last_segment;
use super::{BaseUrl, UnknownReference, resolve};

/// Something with a permanent address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `AP001`
    pub id: String,
    /// The slug; of an entry that is gone, its last one.
    pub slug: String,
    /// The title of the entry.
    pub title: String,
    /// What a reviewer says, as Markdown; of an entry that is gone, why it is.
    pub review: String,
    /// A heading or region.
    pub fragment: Option<String>,
    /// What became of it.
    pub gone: Option<Gone>,
}

/// What became of something that is no longer there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// `moved`, `split`, `merged` or `withdrawn`.
    pub status: &'static str,
    /// Where to go: references of what took its place.
    pub successors: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What happened, why, and where to go: goes after "it is".
impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.status, self.reason)?;
        match &self.successors[..] {
            [] => write!(f, "; nothing took its place"),
            successors => write!(f, "; see `{}`", successors.join("` and `")),
        }
    }
}

impl Target {
    /// Its address on a site. Without the address of the site, the path of the page below the
    /// site's root, which is right on a server and on a disk.
    #[must_use]
    pub fn url(&self, base: Option<&BaseUrl>) -> String {
        self.address(base, &self.slug)
    }

    /// The same by the entry's id, which is shorter.
    #[must_use]
    pub fn short_url(&self, base: Option<&BaseUrl>) -> String {
        self.address(base, &self.id)
    }

    fn address(&self, base: Option<&BaseUrl>, name: &str) -> String {
        address(base, name, self.fragment.as_deref())
    }
}

/// The address of a page, and of a place in it, on a site; without the address of the site, the
/// path below its root.
#[must_use]
pub fn address(base: Option<&BaseUrl>, name: &str, fragment: Option<&str>) -> String {
    let fragment = fragment.map_or_else(String::new, |id| format!("#{id}"));
    match base {
        Some(base) => base.join(&format!("p/{name}/{fragment}")),
        None => format!("p/{name}/index.html{fragment}"),
    }
}

/// Everything that a reference leads to: of a code that several entries share all of them, the
/// primary one first, each with the place that is about the code. An address that was promised and
/// is gone leads to what is said about it.
///
/// # Errors
/// When nothing has this name, and nothing ever had.
pub fn targets(catalog: &Catalog, reference: &str) -> Result<Vec<Target>, UnknownReference> {
    let (name, fragment) = reference.trim().split_once('#').unwrap_or((reference.trim(), ""));
    let fragment = (!fragment.is_empty()).then(|| fragment.to_owned());
    let found = match resolve(catalog, reference) {
        Ok(found) => found,
        Err(unknown) => return gone(catalog, last_segment(name), fragment).ok_or(unknown),
    };
    if fragment.is_some() || found.code.is_none() {
        return Ok(vec![Target { fragment, ..target(found.entry) }]);
    }
    let codes = catalog.codes_called(last_segment(name));
    let all = std::iter::once(found.entry).chain(found.others);
    let all = all.map(|entry| {
        let mut places = codes.iter().flat_map(|code| code.entries());
        let place = places.find(|place| place.id == entry.slug);
        let fragment = place.map(|place| place.fragment.clone()).filter(|place| !place.is_empty());
        Target { fragment, ..target(entry) }
    });
    Ok(all.collect())
}

/// The entry that a reference leads to, the primary one of several, and all targets.
///
/// # Errors
/// When nothing has this name, or the entry is gone: then what became of it.
pub fn entry_of<'a>(
    catalog: &'a Catalog,
    reference: &str,
) -> Result<(&'a Entry, Vec<Target>), UnknownReference> {
    let targets = targets(catalog, reference)?;
    let target = targets.first();
    if let Some(entry) = target.and_then(|target| catalog.entry(&target.slug)) {
        return Ok((entry, targets));
    }
    let gone = target.and_then(|target| target.gone.as_ref());
    Err(UnknownReference {
        name: target.map_or_else(String::new, |target| target.slug.clone()),
        nearest: Vec::new(),
        subject: "nothing in the catalog".to_owned(),
        reason: gone.map(|gone| format!("it is {gone}")),
    })
}

fn target(entry: &Entry) -> Target {
    let meta = &entry.meta;
    Target {
        id: meta.id.clone(),
        slug: entry.slug.clone(),
        title: meta.title.clone(),
        review: meta.review.clone(),
        fragment: None,
        gone: None,
    }
}

fn gone(catalog: &Catalog, name: &str, fragment: Option<String>) -> Option<Vec<Target>> {
    let (id, promise) = catalog.lock.find(name)?;
    let of_place = match &fragment {
        Some(fragment) => promise.fragments.get(fragment)?.as_ref(),
        None => None,
    };
    let fate = of_place.or(promise.fate.as_ref())?;
    let address = fragment.as_ref().map_or_else(|| id.to_owned(), |place| format!("{id}#{place}"));
    let gone = Gone {
        status: fate.status.as_str(),
        successors: successors(catalog, &address),
        reason: fate.reason.clone(),
    };
    let entry = catalog.entries.iter().find(|entry| entry.meta.id == id);
    let target = entry.map_or_else(|| of_lock(id, promise, fate), target);
    Some(vec![Target { fragment, gone: Some(gone), ..target }])
}

fn of_lock(id: &str, promise: &Promise, fate: &Fate) -> Target {
    let title = if promise.title.is_empty() { &promise.slug } else { &promise.title };
    Target {
        id: id.to_owned(),
        slug: promise.slug.clone(),
        title: title.clone(),
        review: fate.reason.clone(),
        fragment: None,
        gone: None,
    }
}

/// Slugs, which can be asked for again, in the place of the ids of the lock.
fn successors(catalog: &Catalog, address: &str) -> Vec<String> {
    let named = |to: &String| {
        let (id, place) = to.split_once('#').map_or((to.as_str(), None), |(a, b)| (a, Some(b)));
        let slug = &catalog.lock.promises.get(id)?.slug;
        Some(place.map_or_else(|| slug.clone(), |place| format!("{slug}#{place}")))
    };
    catalog.lock.destinations(address).iter().filter_map(named).collect()
}
