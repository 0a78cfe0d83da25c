//! On paper: both programs in full, nothing cut off, nothing that only a screen can use.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use counterpart_catalog::Lang;
use libtest_mimic::Trial;
use serde_json::json;

use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, trial};

/// The width of A4 without margins, in CSS pixels.
const PAPER: u32 = 718;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("print::both-programs-in-full", programs),
        trial("print::nothing-is-cut-off", fits),
        trial("print::makes-pages", pdf),
    ]
}

/// A page as it is printed by somebody who reads Rust in the dark.
fn printed<'a>(context: &'a Context, path: &str) -> Result<Page<'a>, libtest_mimic::Failed> {
    let device = Device { width: PAPER, scheme: "dark", ..Device::DESKTOP };
    let page = Page::new(context.chromium, &context.site.base(Origin::Http), device)?;
    page.open(path)?;
    page.evaluate("document.documentElement.dataset.side = 'rust'")?;
    let features = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
    page.call("Emulation.setEmulatedMedia", &json!({ "media": "print", "features": features }))?;
    Ok(page)
}

fn programs(context: &Context) -> Outcome {
    let slug = "cancellation-propagation";
    let page = printed(context, &format!("p/{slug}/index.html"))?;
    let entry = context.site.catalog.entry(slug).ok_or("no such entry")?;
    // Lines may be broken for the paper: blanks do not count.
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let shown = page.evaluate("document.body.innerText")?;
    let shown = squeezed(shown.as_str().unwrap_or_default());
    for lang in Lang::BOTH {
        let program = entry.program(lang);
        let parts = program.regions.iter().map(|region| region.text.clone());
        for text in parts.chain([program.without_markers()]) {
            if !shown.contains(&squeezed(&text)) {
                return Err(format!("not printed:\n{text}").into());
            }
        }
        if !shown.contains(&squeezed(entry.transcript.of(lang))) {
            return Err(format!("the transcript of {lang} is not printed").into());
        }
    }
    page.assert("getComputedStyle(document.body).backgroundColor === 'rgb(253, 253, 251)'")
}

fn fits(context: &Context) -> Outcome {
    for (_, path) in key_pages() {
        let page = printed(context, &path)?;
        page.assert(
            "(() => { const root = document.documentElement; \
             const wide = [root, ...document.querySelectorAll('pre, .table, figure')] \
             .filter(e => e.scrollWidth > e.clientWidth + 1); \
             return wide.length === 0 || wide.map(e => e.outerHTML.slice(0, 200)).join('\\n'); })()",
        )?;
        let screen_only = "header.top, .menu, .toc, .turn, .edit, .tabs, .copy, .anchor, .download, \
                           .pane-more, button, input, footer";
        page.assert(&format!(
            "(() => {{ const shown = [...document.querySelectorAll('{screen_only}')] \
             .filter(e => e.checkVisibility()); \
             return shown.length === 0 || shown.map(e => e.outerHTML.slice(0, 80)).join(); }})()"
        ))?;
    }
    Ok(())
}

fn pdf(context: &Context) -> Outcome {
    let page = printed(context, "p/cancellation-propagation/index.html")?;
    let pdf = page.call("Page.printToPDF", &json!({ "printBackground": false }))?;
    let pdf = STANDARD.decode(pdf["data"].as_str().unwrap_or_default())?;
    let text = String::from_utf8_lossy(&pdf);
    let pages = text.matches("/Type /Page\n").count() + text.matches("/Type /Page ").count();
    if (3..=20).contains(&pages) { Ok(()) } else { Err(format!("{pages} pages").into()) }
}
