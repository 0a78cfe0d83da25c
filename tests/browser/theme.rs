//! The switch between light and dark.

use libtest_mimic::Trial;
use serde_json::json;

use crate::page::{Device, Page};
use crate::site::Origin;
use crate::{Context, Outcome, trial};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("theme::follows-the-system", follows),
        trial("theme::choice-persists-without-a-flash", persists),
    ]
}

const PAPER: &str = "getComputedStyle(document.body).backgroundColor";

fn follows(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let mut papers = Vec::new();
    for scheme in ["light", "dark"] {
        let device = Device { scheme, ..Device::DESKTOP };
        let page = Page::new(context.chromium, &base, device)?;
        page.open("index.html")?;
        papers.push(page.evaluate(PAPER)?);
    }
    if papers[0] == papers[1] { Err(format!("both are {}", papers[0]).into()) } else { Ok(()) }
}

fn persists(context: &Context) -> Outcome {
    for origin in [Origin::Http, Origin::File] {
        let page = Page::new(context.chromium, &context.site.base(origin), Device::DESKTOP)?;
        page.open("index.html")?;
        let light = page.evaluate(PAPER)?;
        for label in ["Theme: light", "Theme: dark"] {
            page.point("button.theme", true)?;
            page.assert(&format!("document.querySelector('.theme').textContent === '{label}'"))?;
        }
        page.assert(&format!("{PAPER} !== {light}"))?;
        // What is chosen stands before there is a body to paint.
        let source = "new MutationObserver((_, seen) => { if (document.body) { \
                      window.early = document.documentElement.dataset.theme; \
                      seen.disconnect(); } }).observe(document, { childList: true, subtree: true })";
        page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))?;
        page.open("p/concurrent-join/index.html")?;
        page.assert("window.early === 'dark'")?;
        page.assert(&format!("{PAPER} !== {light}"))?;
        page.clean()?;
    }
    Ok(())
}
