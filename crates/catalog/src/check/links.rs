//! Checks the links between entries: `[text](slug)` or `[text](slug#region)`.

use std::collections::HashMap;

use super::cross::nearest;
use super::entry::Draft;
use crate::Diagnostic;

pub(crate) fn check(drafts: &[Draft], out: &mut Vec<Diagnostic>) {
    let mut by_slug: HashMap<&str, &Draft> = HashMap::new();
    for draft in drafts {
        by_slug.entry(&draft.entry.slug).or_insert(draft);
    }
    for draft in drafts {
        for (to, place) in &draft.links {
            if to.contains("://") || to.starts_with("mailto:") {
                continue;
            }
            let (slug, fragment) = to.split_once('#').unwrap_or((to, ""));
            let target = if slug.is_empty() { Some(draft) } else { by_slug.get(slug).copied() };
            let mut error = |message: String, help: &str| {
                out.push(Diagnostic::error("C310", &draft.path, *place, message, help));
            };
            match target {
                None => {
                    let help = nearest(slug, by_slug.keys().copied());
                    error(format!("link to `{slug}`, which is no entry"), &help);
                }
                Some(target) if !fragment.is_empty() && !target.has_fragment(fragment) => {
                    let message =
                        format!("`{}` has nothing called `{fragment}`", target.entry.slug);
                    let regions = target.entry.region_names().join("`, `");
                    error(message, &format!("its regions are `{regions}`"));
                }
                Some(_) => {}
            }
        }
    }
}
