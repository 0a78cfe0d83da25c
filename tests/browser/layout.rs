//! No page is wider than the window, no page writes to the console or leaves the site: one page of
//! each kind at three widths in both themes, and from everywhere that a site can be opened from.

use libtest_mimic::{Failed, Trial};

use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, pictures, trial};

pub(crate) const WIDTHS: [u32; 3] = [360, 768, 1440];
pub(crate) const SCHEMES: [&str; 2] = ["light", "dark"];

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for width in WIDTHS {
        for scheme in SCHEMES {
            let device = Device { width, scheme, ..Device::DESKTOP };
            let name = format!("key-pages::{width}::{scheme}");
            trials.push(trial(name, move |context| key(context, device, Origin::Http)));
        }
    }
    for origin in [Origin::SubPath, Origin::File] {
        let name = format!("key-pages::{}", origin.name());
        trials.push(trial(name, move |context| key(context, Device::DESKTOP, origin)));
    }
    trials
}

fn key(context: &Context, device: Device, origin: Origin) -> Outcome {
    let page = Page::new(context.chromium, &context.site.base(origin), device)?;
    for (name, path) in key_pages() {
        page.open(&path)?;
        fits(&page)?;
        let scheme = device.scheme;
        page.assert(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches"))?;
        // A long list that arrives in pieces on a busy machine may balance its columns again.
        // What is wrong with a page repeats.
        stays(&page).or_else(|_| page.open(&path).and_then(|()| stays(&page)))?;
        page.clean()?;
        if matches!(origin, Origin::Http) {
            pictures::take(&page, name, device)?;
            page.resize(device.width)?;
        }
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
