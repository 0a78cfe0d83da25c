//! No page is wider than the window, no page writes to the console or leaves the site: one page of
//! each kind at three widths in both themes, and from everywhere that a site can be opened from.

use libtest_mimic::{Failed, Trial};

use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, pictures, trial};

pub(crate) const WIDTHS: [u32; 3] = [360, 768, 1440];
pub(crate) const SCHEMES: [&str; 2] = ["light", "dark"];

pub(crate) fn trials() -> Vec<Trial> {
    let at = |width| trial(format!("key-pages::{width}"), move |c| key(c, width, Origin::Http));
    let from = |origin: Origin| {
        let name = format!("key-pages::{}", origin.name());
        trial(name, move |context| key(context, Device::DESKTOP.width, origin))
    };
    let from_elsewhere = [Origin::SubPath, Origin::File].map(from);
    WIDTHS.map(at).into_iter().chain(from_elsewhere).collect()
}

fn key(context: &Context, width: u32, origin: Origin) -> Outcome {
    let device = Device { width, ..Device::DESKTOP };
    let page = Page::new(context.chromium, &context.site.base(origin), device)?;
    for (name, path) in key_pages() {
        page.prefer(SCHEMES[0])?;
        page.open(&path)?;
        // A long list that arrives in pieces on a busy machine may balance its columns again.
        // What is wrong with a page repeats.
        stays(&page).or_else(|_| page.open(&path).and_then(|()| stays(&page)))?;
        for scheme in SCHEMES {
            page.prefer(scheme)?;
            page.assert(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches"))?;
            fits(&page)?;
            if matches!(origin, Origin::Http) {
                pictures::take(&page, name, Device { scheme, ..device })?;
                page.resize(width)?;
            }
        }
        page.clean()?;
    }
    Ok(())
}

/// Nothing moves while a page is loaded.
fn stays(page: &Page<'_>) -> Result<(), Failed> {
    page.assert(
        "new Promise(done => { \
         new PerformanceObserver(list => done(list.getEntries().map(e => e.value).join())) \
         .observe({ type: 'layout-shift', buffered: true }); \
         requestAnimationFrame(() => setTimeout(() => done(true), 50)); })",
    )
}

/// Nothing but code, in a box of its own, is wider than the window.
pub(crate) fn fits(page: &Page<'_>) -> Result<(), Failed> {
    page.assert(
        "(() => { const root = document.documentElement, width = root.clientWidth; \
         if (root.scrollWidth <= width) return true; \
         const wide = [...document.querySelectorAll('main *, header *')] \
         .filter(e => e.getBoundingClientRect().right > width && !e.closest('pre code')); \
         return `${root.scrollWidth} px at ${width}: ${wide.map(e => e.outerHTML.slice(0, 80))}`; \
         })()",
    )
}
