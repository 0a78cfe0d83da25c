//! No page is wider than the window, no page writes to the console or leaves the site.

use libtest_mimic::{Failed, Trial};

use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, trial};

const WIDTHS: [u32; 3] = [360, 768, 1440];
const SCHEMES: [&str; 2] = ["light", "dark"];

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![trial("every-page::no-overflow", every_page)];
    for width in WIDTHS {
        for scheme in SCHEMES {
            let name = format!("{width}::{scheme}::no-overflow");
            let device = Device { width, scheme, script: true };
            trials.push(trial(name, move |context| of_each_kind(context, device)));
        }
    }
    trials
}

fn of_each_kind(context: &Context, device: Device) -> Outcome {
    let mut page = Page::new(context.chromium, &context.site.base(Origin::Http), device)?;
    for origin in Origin::ALL {
        page.move_to(&context.site.base(origin));
        for (_, path) in key_pages() {
            page.open(&path)?;
            fits(&page)?;
            let scheme = device.scheme;
            page.assert(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches"))?;
            // A long list that arrives in pieces on a busy machine may balance its columns again.
            // What is wrong with a page repeats.
            stays(&page).or_else(|_| page.open(&path).and_then(|()| stays(&page)))?;
            page.clean()?;
        }
    }
    Ok(())
}

fn every_page(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::PHONE)?;
    for path in &context.site.pages {
        page.open(path)?;
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")?;
        for width in WIDTHS {
            page.resize(width)?;
            fits(&page)?;
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
fn fits(page: &Page<'_>) -> Result<(), Failed> {
    page.assert(
        "(() => { const root = document.documentElement, width = root.clientWidth; \
         if (root.scrollWidth <= width) return true; \
         const wide = [...document.querySelectorAll('main *, header *')] \
         .filter(e => e.getBoundingClientRect().right > width && !e.closest('pre code')); \
         return `${root.scrollWidth} px at ${width}: ${wide.map(e => e.outerHTML.slice(0, 80))}`; \
         })()",
    )
}
