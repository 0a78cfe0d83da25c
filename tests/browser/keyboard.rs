//! The keyboard alone.

use libtest_mimic::Trial;

use crate::page::{Device, Page};
use crate::site::Origin;
use crate::{Context, Outcome, trial};

const ENTRY: &str = "p/concurrent-join/index.html";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("keyboard::skip-link", skip_link),
        trial("keyboard::focus-is-visible", focus),
        trial("keyboard::arrows-turn-the-page", arrows),
        trial("keyboard::arrows-stay-with-what-has-focus", arrows_elsewhere),
    ]
}

fn skip_link(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    page.open(ENTRY)?;
    page.press("Tab")?;
    page.assert("document.activeElement.matches('.skip')")?;
    page.assert("document.activeElement.getBoundingClientRect().left >= 0")?;
    page.press("Enter")?;
    page.wait("location.hash === '#content'")?;
    page.press("Tab")?;
    page.assert("document.activeElement.closest('main') !== null")
}

/// Every element that the keyboard reaches has an outline, is on the screen and has a size.
fn focus(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    for device in [Device::DESKTOP, Device::PHONE] {
        let page = Page::new(context.chromium, &base, device)?;
        page.open(ENTRY)?;
        for _ in 0..60 {
            page.press("Tab")?;
            page.assert(
                "(e => { if (e === document.body) return true; const s = getComputedStyle(e), \
                 r = e.getBoundingClientRect(); \
                 return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && \
                 r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && \
                 r.right > 0) || e.outerHTML.slice(0, 200); })(document.activeElement)",
            )?;
        }
    }
    Ok(())
}

fn arrows(context: &Context) -> Outcome {
    for origin in Origin::ALL {
        let page = Page::new(context.chromium, &context.site.base(origin), Device::DESKTOP)?;
        page.open(ENTRY)?;
        let next = page.evaluate("document.querySelector('.turn [rel=next]').href")?;
        let here = page.evaluate("location.href")?;
        page.press("ArrowRight")?;
        page.wait(&format!("location.href === {next} && document.readyState === 'complete'"))?;
        page.press("ArrowLeft")?;
        page.wait(&format!("location.href === {here}"))?;
        page.clean()?;
    }
    Ok(())
}

fn arrows_elsewhere(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::PHONE)?;
    page.open(ENTRY)?;
    let here = page.evaluate("location.href")?;
    let stays = format!("new Promise(d => setTimeout(() => d(location.href === {here}), 300))");
    let elements = [
        "[...document.querySelectorAll('pre')].find(p => p.scrollWidth > p.clientWidth)",
        "document.querySelector('h1').appendChild(document.createElement('input'))",
    ];
    for element in elements {
        page.evaluate(&format!("({element}).focus()"))?;
        page.assert("document.activeElement !== document.body")?;
        page.press("ArrowRight")?;
        page.assert(&stays)?;
    }
    Ok(())
}
