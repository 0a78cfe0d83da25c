//! Pairs: what lights up, tabs on a narrow screen, copy buttons.

use libtest_mimic::Trial;

use crate::page::{Device, Page};
use crate::site::Origin;
use crate::{Context, Outcome, trial};

const ENTRY: &str = "p/concurrent-join/index.html";
const OTHER: &str = "p/task-group/index.html";

/// How the titles of the first pair's panes are coloured.
const TITLES: &str = "[...document.querySelectorAll('figure.pair')].slice(0, 1).flatMap(f => \
     [...f.querySelectorAll('.pane-title')]).map(t => getComputedStyle(t).backgroundColor)";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("pair::lights-both-sides", lights),
        trial("pair::lights-the-region-in-the-whole-programs", lights_in_programs),
        trial("pair::leads-to-the-whole-program", whole_program),
        trial("pair::stands-side-by-side", side_by_side),
        trial("pair::tabs-hold-across-pages", tabs),
        trial("pair::a-link-to-a-side-shows-it", link_to_side),
        trial("pair::a-link-to-a-region-lights-both-sides", link_to_region),
        trial("pair::copies-what-is-shown", copies),
    ]
}

fn lights(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    page.open(ENTRY)?;
    page.point("h1", false)?;
    let dark = page.evaluate(TITLES)?;
    let both_lit = format!("({TITLES}).every((c, i) => c !== {dark}[i])");
    for pane in ["#python pre", "#rust pre"] {
        page.point(pane, false)?;
        page.wait(&both_lit)?;
        page.point("h1", false)?;
        page.wait(&format!("JSON.stringify({TITLES}) === JSON.stringify({dark})"))?;
        page.evaluate(&format!("document.querySelector('{pane}').focus()"))?;
        page.assert(&both_lit)?;
        page.evaluate("document.activeElement.blur()")?;
    }
    // A link to the region, anywhere on the page.
    let link = "document.querySelector('figure.pair .pane-title a').getAttribute('href')";
    page.evaluate(&format!(
        "(() => {{ const a = document.createElement('a'); a.id = 'here'; a.href = {link}; \
         a.textContent = 'here'; document.querySelector('h1').after(a); }})()"
    ))?;
    page.point("#here", false)?;
    page.wait(&both_lit)?;
    page.clean()
}

fn lights_in_programs(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    page.open(ENTRY)?;
    page.evaluate("document.querySelectorAll('.program').forEach(d => d.open = true)")?;
    let region = |lang: &str| format!(".program.{lang} .region[data-region=core]");
    let colours = ["python", "rust"].map(|lang| {
        format!("getComputedStyle(document.querySelector('{}')).backgroundColor", region(lang))
    });
    let colours = format!("[{}]", colours.join(", "));
    page.point("h1", false)?;
    let dark = page.evaluate(&colours)?;
    let both_lit = format!("{colours}.every((c, i) => c !== {dark}[i])");
    let none_lit = format!("{colours}.every((c, i) => c === {dark}[i])");
    for part in ["#core #python pre", &region("python"), &region("rust")] {
        page.point(part, false)?;
        page.wait(&both_lit)?;
        page.assert("document.getElementById('core').matches('.lit')")?;
        page.point("h1", false)?;
        page.wait(&none_lit)?;
    }
    // The region is the whole of its lines, and nothing else.
    page.assert(
        "['python', 'rust'].every(lang => { \
         const text = e => e.textContent.trimEnd(); \
         const [shown, marked] = [`#${lang} code`, `.program.${lang} [data-region=core]`] \
         .map(s => document.querySelector(s)); return text(shown) === text(marked); })",
    )?;
    page.clean()
}

fn whole_program(context: &Context) -> Outcome {
    for (origin, script) in [(Origin::File, true), (Origin::Http, false)] {
        let device = Device { script, ..Device::DESKTOP };
        let page = Page::new(context.chromium, &context.site.base(origin), device)?;
        page.open(ENTRY)?;
        page.point("#rust .pane-more a", true)?;
        page.wait("document.querySelector('#whole-rust').offsetHeight > 0")?;
        page.wait(
            "(r => r.top >= 0 && r.top < innerHeight)(\
             document.querySelector('#whole-rust').getBoundingClientRect())",
        )?;
        page.clean()?;
    }
    Ok(())
}

fn side_by_side(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    page.open(ENTRY)?;
    page.assert(
        "(() => { const [a, b] = ['python', 'rust'].map(id => \
         document.getElementById(id).getBoundingClientRect()); \
         return a.top === b.top && a.bottom === b.bottom && a.right <= b.left + 1; })()",
    )
}

fn tabs(context: &Context) -> Outcome {
    let shown = |side: &str| {
        format!(
            "[...document.querySelectorAll('.pair > .pane')].every(pane => \
             (pane.offsetHeight > 0) === pane.classList.contains('{side}')) && \
             document.querySelectorAll('.tabs [value={side}][aria-pressed=true]').length > 0"
        )
    };
    for origin in [Origin::Http, Origin::File] {
        let page = Page::new(context.chromium, &context.site.base(origin), Device::PHONE)?;
        page.open(ENTRY)?;
        page.assert(&shown("python"))?;
        let before =
            page.evaluate("document.querySelector('.pair').getBoundingClientRect().top")?;
        page.point(".tabs [value=rust]", true)?;
        page.assert(&shown("rust"))?;
        page.assert(&format!("{before} > 0"))?;
        for path in [OTHER, ENTRY] {
            page.open(path)?;
            page.assert(&shown("rust"))?;
        }
        page.resize(1440)?;
        page.assert("document.querySelector('.tabs').offsetHeight === 0")?;
        page.assert(
            "[...document.querySelectorAll('.pair > .pane')].every(p => p.offsetHeight > 0)",
        )?;
        page.clean()?;
    }
    Ok(())
}

fn link_to_side(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::PHONE)?;
    page.open(&format!("{ENTRY}#rust"))?;
    page.wait("document.getElementById('rust').getBoundingClientRect().height > 0")?;
    page.wait("document.getElementById('rust').getBoundingClientRect().top < innerHeight")?;
    page.clean()
}

fn link_to_region(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    page.open(ENTRY)?;
    let paper = "[...document.querySelectorAll('figure.pair')].map(f => \
                 getComputedStyle(f).backgroundColor)[0]";
    let before = page.evaluate(paper)?;
    let id = page.evaluate("document.querySelector('figure.pair').id")?;
    let id = id.as_str().unwrap_or_default();
    page.open(&format!("{ENTRY}#{id}"))?;
    page.assert(&format!("{paper} !== {before}"))?;
    page.wait(
        "(r => r.top >= 0 && r.top < innerHeight)(\
               document.querySelector('figure.pair').getBoundingClientRect())",
    )
}

fn copies(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    for (origin, device) in [(Origin::Http, Device::DESKTOP), (Origin::File, Device::PHONE)] {
        let base =
            if matches!(origin, Origin::Http) { base.clone() } else { context.site.base(origin) };
        let page = Page::new(context.chromium, &base, device)?;
        page.open(ENTRY)?;
        // What would reach the clipboard; the clipboard itself belongs to the whole machine.
        page.evaluate(
            "Object.defineProperty(navigator, 'clipboard', { value: { \
             writeText: text => { window.copied = text; return Promise.resolve(); } } }); 1",
        )?;
        page.point("#python .copy", true)?;
        page.wait("window.copied !== undefined")?;
        page.assert("copied === document.querySelector('#python pre').textContent + '\\n'")?;
        page.assert("!copied.includes('ANCHOR') && copied.trim().length > 20")?;
        page.wait("document.querySelector('#python .copy').textContent === 'Copied'")?;
        page.evaluate("document.querySelector('.program.rust').open = true")?;
        page.point(".program.rust .copy", true)?;
        let entry = context.site.catalog.entry("concurrent-join").ok_or("no such entry")?;
        let whole = entry.program(counterpart_catalog::Lang::Rust).without_markers();
        let whole = serde_json::to_string(&whole).map_err(|error| error.to_string())?;
        page.wait(&format!("copied === {whole}"))?;
        page.clean()?;
    }
    Ok(())
}
