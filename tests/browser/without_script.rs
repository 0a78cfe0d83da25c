//! Everything can be read without JavaScript.

use libtest_mimic::Trial;

use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let widths = [360, 1440];
    let of = |width| trial(format!("{width}::without-script"), move |c: &Context| reads(c, width));
    widths.map(of).into_iter().collect()
}

fn reads(context: &Context, width: u32) -> Outcome {
    let base = context.site.base(Origin::Http);
    let device = Device { width, script: false, ..Device::PHONE };
    let page = Page::new(context.chromium, &base, device)?;
    for (_, path) in key_pages() {
        page.open(&path)?;
        page.assert("!document.documentElement.dataset.side")?;
        page.assert("document.documentElement.scrollWidth <= innerWidth")?;
        let seen = "e => e.checkVisibility({ visibilityProperty: true })";
        page.assert(&format!(
            "[...document.querySelectorAll('.pane, .pane-title > span, h1, h2')].every({seen})"
        ))?;
        // Nothing stands there that does nothing. The button of a form leads to its address.
        page.assert(&format!(
            "[...document.querySelectorAll('button')].every(b => b.form?.action || !({seen})(b))"
        ))?;
        // What is folded opens without a script.
        if page.evaluate("document.querySelector('.program') !== null")? == true {
            page.point(".program > summary", true)?;
            page.wait("document.querySelector('.program pre').offsetHeight > 0")?;
        }
        page.clean()?;
    }
    Ok(())
}
