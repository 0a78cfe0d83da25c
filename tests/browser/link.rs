//! Links at headings and regions: what is copied, with the pointer and with the keyboard, and
//! where such a link leads.

use counterpart::links::{comment, markdown};
use libtest_mimic::{Failed, Trial};
use serde_json::json;

use crate::page::{Device, Page};
use crate::site::Origin;
use crate::{Context, Outcome, trial};

const SLUG: &str = "concurrent-join";
const PAGE: &str = "p/concurrent-join/index.html";
/// The buttons of the first pair, and of a heading.
const REGION: &str = "figure.pair .python > .pane-title";
const HEADING: &str = "#changes";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("link::copies-each-form", forms),
        trial("link::is-that-of-the-published-site", published),
        trial("link::works-with-the-keyboard", keyboard),
        trial("link::opens-a-region-on-both-sides", opens),
    ]
}

/// Keeps what would reach the clipboard, which belongs to the whole machine.
fn catch(page: &Page<'_>) -> Outcome {
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { \
         writeText: text => { window.copied = text; return Promise.resolve(); } } }); 1",
    )
    .map(drop)
}

/// Opens the choice at a place, copies one form, and compares.
fn copies(page: &Page<'_>, place: &str, form: usize, expected: &str) -> Outcome {
    page.point(&format!("{place} > .share"), true)?;
    page.assert(&format!("document.querySelector('{place} > .links').offsetHeight > 0"))?;
    let button = format!("{place} > .links > :nth-child({form})");
    // Nothing lies over it, and it is within the window.
    page.assert(&format!(
        "(b => {{ const r = b.getBoundingClientRect(); return r.left >= 0 && \
         r.right <= innerWidth && document.elementFromPoint(r.x + 4, r.y + 4) === b; }})\
         (document.querySelector('{button}'))"
    ))?;
    page.point(&button, true)?;
    page.wait(&format!("window.copied === {}", json!(expected)))?;
    page.point("h1", true)?;
    page.assert(&format!("document.querySelector('{place} > .links').offsetHeight === 0"))
}

fn forms(context: &Context) -> Outcome {
    let entry = context.site.catalog.entry(SLUG).ok_or("no such entry")?;
    let (title, review) = (&entry.meta.title, &entry.meta.review);
    for (origin, device) in [
        (Origin::Http, Device::DESKTOP),
        (Origin::SubPath, Device::PHONE),
        (Origin::File, Device::PHONE),
    ] {
        let base = context.site.base(origin);
        let page = Page::new(context.chromium, &base, device)?;
        page.open(PAGE)?;
        catch(&page)?;
        for (place, id) in [(REGION, "core"), (HEADING, "changes")] {
            let url = format!("{base}{PAGE}#{id}");
            let comment = comment(title, &url, review).ok_or("too long")?;
            for (form, expected) in [(1, &url), (2, &markdown(title, &url)), (3, &comment)] {
                copies(&page, place, form, expected)?;
            }
        }
        page.clean()?;
    }
    Ok(())
}

fn published(context: &Context) -> Outcome {
    let page = Page::new(context.chromium, &context.site.base(Origin::File), Device::DESKTOP)?;
    page.open(PAGE)?;
    catch(&page)?;
    page.evaluate(
        "(l => { l.rel = 'canonical'; l.href = 'https://example.org/p/concurrent-join/'; \
         document.head.append(l); })(document.createElement('link'))",
    )?;
    copies(&page, HEADING, 1, "https://example.org/p/concurrent-join/#changes")
}

fn keyboard(context: &Context) -> Outcome {
    let page = Page::new(context.chromium, &context.site.base(Origin::Http), Device::PHONE)?;
    page.open(PAGE)?;
    catch(&page)?;
    let at = |class: &str| format!("document.activeElement === document.querySelector('{class}')");
    page.evaluate(&format!("document.querySelector('{HEADING} > .share').focus()"))?;
    page.press("Enter")?;
    page.assert("document.activeElement.getAttribute('aria-expanded') === 'true'")?;
    page.press("Tab")?;
    page.assert(&at(&format!("{HEADING} > .links > :first-child")))?;
    page.press("Enter")?;
    page.wait("window.copied !== undefined && copied.endsWith('#changes')")?;
    page.press("Escape")?;
    page.assert(&at(&format!("{HEADING} > .share")))?;
    page.assert("document.activeElement.getAttribute('aria-expanded') === 'false'")?;
    // Going on closes it as well.
    page.press("Enter")?;
    for _ in 0..4 {
        page.press("Tab")?;
    }
    page.assert("document.querySelector('.links:not([hidden])') === null")
}

/// The promised places of an entry's page that have no button.
pub(crate) fn missing_buttons(
    context: &Context,
    page: &Page<'_>,
    path: &str,
) -> Result<Vec<String>, Failed> {
    let slug = path.split('/').nth(1).unwrap_or_default();
    let Some(entry) = context.site.catalog.entry(slug).filter(|_| path.starts_with("p/")) else {
        return Ok(Vec::new());
    };
    let promised = entry.fragments();
    let silent = ["python", "rust", "transcript"];
    let wanted: Vec<_> = promised.iter().filter(|id| !silent.contains(id)).collect();
    let missing = page.evaluate(&format!(
        "{}.filter(id => !document.getElementById(id)?.querySelector('.share'))",
        json!(wanted)
    ))?;
    let missing: Vec<String> = serde_json::from_value(missing).map_err(|_| "no list")?;
    Ok(missing.into_iter().map(|id| format!("no button at {id}")).collect())
}

/// Both sides are marked, and on a narrow screen whichever is chosen is on the screen.
fn opens(context: &Context) -> Outcome {
    let papers = "[...document.querySelectorAll('#core > .pane')].map(p => \
                  getComputedStyle(p.querySelector('pre')).backgroundImage + \
                  getComputedStyle(p.parentNode).backgroundColor)";
    for device in [Device::DESKTOP, Device::PHONE, Device { script: false, ..Device::PHONE }] {
        let page = Page::new(context.chromium, &context.site.base(Origin::File), device)?;
        page.open(PAGE)?;
        let before = page.evaluate(papers)?;
        for name in ["p/concurrent-join/index.html", "p/AP001/index.html"] {
            page.open(&format!("{name}#core"))?;
            page.wait(&format!("{papers}.every((c, i) => c !== {before}[i])"))?;
            page.wait(
                "(r => r.top >= 0 && r.top < innerHeight)\
                 (document.getElementById('core').getBoundingClientRect())",
            )?;
        }
        for side in ["python", "rust"] {
            page.open(&format!("{PAGE}#{side}"))?;
            page.wait(&format!("document.getElementById('{side}').offsetHeight > 0"))?;
        }
    }
    Ok(())
}
