//! Every address that `link` can print for the project's catalog leads somewhere, over HTTP and
//! on disk.

use std::collections::{BTreeMap, BTreeSet};

use counterpart::links::{BaseUrl, Target, check_site, targets};
use counterpart_catalog::Catalog;

use crate::fixture::{own, project};
use crate::html::elements;
use crate::serve::Server;

/// Every spelling that names something, with every place of its entry.
fn everything(catalog: &Catalog) -> Vec<Target> {
    let mut references = Vec::new();
    for entry in &catalog.entries {
        let id = &entry.meta.id;
        references.extend([id.clone(), id.to_lowercase(), format!("p/{}/", entry.slug)]);
        references.extend(entry.meta.aliases.clone());
    }
    for (id, promise) in &catalog.lock.promises {
        references.push(id.clone());
        references.extend(promise.slugs().map(str::to_owned));
        references.extend(promise.fragments.keys().map(|place| format!("{id}#{place}")));
    }
    let named = catalog.codes.iter().filter(|code| !code.entries().is_empty());
    references.extend(named.map(|code| code.code.clone()).filter(|code| !code.is_empty()));
    let of = |reference: &String| targets(catalog, reference).expect(reference);
    references.iter().flat_map(of).collect()
}

/// Fails for each address whose page is missing or has no such place.
fn follow(addresses: BTreeSet<String>, read: impl Fn(&str) -> Option<Vec<u8>>) {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut lost = Vec::new();
    let mut followed = 0;
    for address in addresses {
        let (page, place) = address.split_once('#').unwrap_or((&address, ""));
        if !ids.contains_key(page) {
            let Some(html) = read(page) else {
                lost.push(address);
                continue;
            };
            let elements = elements(&html);
            let found = elements.iter().filter_map(|element| element.get("id").map(str::to_owned));
            ids.insert(page.to_owned(), found.collect());
        }
        if place.is_empty() || ids[page].contains(place) {
            followed += 1;
        } else {
            lost.push(address);
        }
    }
    assert!(lost.is_empty(), "these lead nowhere: {lost:#?}");
    assert!(followed > 300, "{followed} addresses only");
}

#[test]
fn on_disk() {
    let (catalog, pages) = own();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    counterpart::site::write(pages, &site).expect("a site");
    let addresses = everything(catalog);
    let addresses = addresses.iter().flat_map(|to| [to.url(None), to.short_url(None)]);
    follow(addresses.collect(), |path| std::fs::read(site.join(path)).ok());

    let problems = check_site(&site, &catalog.lock).expect("a site");
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn over_http() {
    let (catalog, _) = own();
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(project(), temporary.path());
    let base: BaseUrl = format!("http://{}", server.address).parse().expect("an address");
    let addresses = everything(catalog);
    let addresses =
        addresses.iter().flat_map(|to| [to.url(Some(&base)), to.short_url(Some(&base))]);
    follow(addresses.collect(), |address| {
        let path = address.strip_prefix(&base.to_string())?;
        let (head, body) = server.get(&format!("/{path}"));
        head.starts_with("http/1.1 200").then(|| body.into_bytes())
    });
}
