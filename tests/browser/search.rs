//! Search in the page: the ways in, typing, the keys, the address, and what it may load.

use libtest_mimic::Trial;
use serde_json::json;

use crate::layout::WIDTHS;
use crate::page::{Device, Page};
use crate::site::Origin;
use crate::{Context, Outcome, trial};

const ENTRY: &str = "p/concurrent-join/index.html";

/// The titles that are shown.
const TITLES: &str = "[...document.querySelectorAll('.results .name')].map(e => e.textContent)";
const OPEN: &str =
    "document.querySelector('dialog').open && document.activeElement.id === 'search-field'";

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("search::ways-in", ways_in),
        trial("search::keys", keys),
        trial("search::address", address),
        trial("search::pasted-message", pasted),
        trial("search::filters-are-chips", chips),
        trial("search::nothing-found", nothing),
        trial("search::exact-phrase", phrase),
        trial("search::text-stays-text", text_stays_text),
        trial("search::no-script", without_script),
    ];
    for origin in Origin::ALL {
        let name = format!("search::{}::finds-explains-opens", origin.name());
        trials.push(trial(name, move |context| finds(context, origin)));
        let name = format!("search::{}::copies-the-review-link", origin.name());
        trials.push(trial(name, move |context| copies(context, origin)));
    }
    trials.push(trial("search::no-overflow", fits));
    trials
}

impl Page<'_> {
    /// Types letter by letter.
    fn write(&self, text: &str) -> Outcome {
        for letter in text.chars() {
            self.press(&letter.to_string())?;
        }
        Ok(())
    }

    /// Puts a query in the field, all at once.
    fn ask(&self, query: &str) -> Outcome {
        self.evaluate(&format!(
            "(field => {{ field.focus(); field.value = {}; \
             field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})\
             (document.querySelector('.search input'))",
            json!(query)
        ))?;
        self.wait("document.querySelector('.search .found').textContent !== ''")
    }
}

fn page<'a>(context: &Context, path: &str) -> Result<Page<'a>, libtest_mimic::Failed> {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    page.open(path)?;
    Ok(page)
}

fn ways_in(context: &Context) -> Outcome {
    let page = page(context, ENTRY)?;
    for way in ["/", "s", "Ctrl-k"] {
        match way.strip_prefix("Ctrl-") {
            Some(key) => page.press_with(key, 2)?,
            None => page.press(way)?,
        }
        page.wait(OPEN)?;
        page.assert("document.querySelector('#search-field').value === ''")?;
        page.press("Escape")?;
        page.wait("!document.querySelector('dialog').open")?;
    }
    page.evaluate("document.querySelector('.find').focus()")?;
    page.press("Enter")?;
    page.wait(OPEN)?;
    page.press("Escape")?;
    page.wait("document.activeElement.matches('.find')")?;
    page.point(".find", true)?;
    page.wait(OPEN)?;
    page.point("dialog form[method] button", true)?;
    page.wait("!document.querySelector('dialog').open")?;
    // Pages with a field of their own use that one.
    for path in ["index.html", "search.html"] {
        page.open(path)?;
        page.press("/")?;
        page.assert("document.activeElement.matches('main input[type=search]')")?;
        page.assert("document.activeElement.value === ''")?;
    }
    page.clean()
}

/// From the first letter to the page of an entry, with the keyboard alone.
fn finds(context: &Context, origin: Origin) -> Outcome {
    let page = Page::new(context.chromium, &context.site.base(origin), Device::DESKTOP)?;
    page.open(ENTRY)?;
    page.press("/")?;
    // Letters that are typed before the index is there are not lost.
    page.write("spwan_blocking")?;
    page.wait(&format!("{TITLES}[0] === 'Move a blocking call to a thread'"))?;
    page.wait("document.querySelector('.results .what mark') !== null")?;
    page.assert("document.querySelector('.found').textContent.endsWith(' entries')")?;
    page.press("Enter")?;
    page.wait("location.pathname.endsWith('/p/blocking-call-offload/index.html')")?;
    page.clean()
}

fn keys(context: &Context) -> Outcome {
    let page = page(context, ENTRY)?;
    page.press("/")?;
    page.write("cancel")?;
    page.wait(&format!("{TITLES}.length > 2"))?;
    let at = |number: usize| {
        format!("document.activeElement === document.querySelectorAll('.results li a')[{number}]")
    };
    page.press("ArrowDown")?;
    page.assert(&at(1))?;
    page.press("ArrowDown")?;
    page.assert(&at(2))?;
    page.press("ArrowUp")?;
    page.press("ArrowUp")?;
    page.assert("document.activeElement.id === 'search-field'")?;
    page.press("ArrowDown")?;
    let second = page.evaluate("document.activeElement.href")?;
    page.write("s")?;
    page.assert("document.activeElement.value === 'cancels'")?;
    page.evaluate(&format!("document.querySelector('.results a[href={second}]').focus()"))?;
    page.press("Enter")?;
    page.wait(&format!("location.href === {second}"))?;
    page.clean()
}

fn address(context: &Context) -> Outcome {
    let page = page(context, "p/task-group/index.html?q=asyncio.gather")?;
    page.wait(&format!("{OPEN} && {TITLES}.length > 1"))?;
    page.assert("document.querySelector('#search-field').value === 'asyncio.gather'")?;
    page.ask("a&b=\"c d\"")?;
    page.wait("new URLSearchParams(location.search).get('q') === 'a&b=\"c d\"'")?;
    page.press("Escape")?;
    page.wait("location.search === ''")?;
    for path in ["index.html?q=gather", "search.html?q=gather", "404.html?q=gather"] {
        page.open(path)?;
        page.wait(&format!("{TITLES}.length > 1"))?;
    }
    page.clean()
}

fn copies(context: &Context, origin: Origin) -> Outcome {
    let base = context.site.base(origin);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    page.open("p/task-group/index.html?q=asyncio.gather")?;
    page.wait(&format!("{TITLES}.length > 1"))?;
    let copied = page.evaluate(
        "(() => { document.querySelector('#search-field').setSelectionRange(0, 0); \
         const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), \
         bubbles: true, cancelable: true }); \
         document.activeElement.dispatchEvent(event); \
         return event.clipboardData.getData('text/plain'); })()",
    )?;
    let expected = match origin {
        // A browser lists a folder.
        Origin::File => format!("{base}p/AP001/index.html"),
        _ => format!("{base}p/AP001/"),
    };
    if copied != expected.as_str() {
        return Err(format!("{copied}, not {expected}").into());
    }
    page.assert("document.querySelector('.found').textContent === 'Copied the link to AP001'")?;
    page.assert(&format!("location.href = {copied}, true"))?;
    page.wait("location.pathname.includes('/p/AP001/') && document.querySelector('h1') !== null")?;
    page.clean()
}

fn pasted(context: &Context) -> Outcome {
    let page = page(context, "search.html")?;
    page.evaluate("document.querySelector('#search-field').focus()")?;
    page.wait("typeof counterpartSearch === 'object'")?;
    page.evaluate(
        "(() => { const data = new DataTransfer(); \
         data.setData('text', 'Traceback (most recent call last):\\n  File \"a.py\", line 3\\n\
         RuntimeWarning: coroutine was never awaited\\n'); \
         document.activeElement.dispatchEvent(new ClipboardEvent('paste', \
         { clipboardData: data, bubbles: true, cancelable: true })); })()",
    )?;
    page.wait(&format!("{TITLES}.length > 0"))?;
    page.assert("location.href = document.querySelector('.results a').href, true")?;
    page.wait("location.pathname.includes('unawaited-coroutine')")?;
    page.clean()
}

fn chips(context: &Context) -> Outcome {
    let page = page(context, "search.html")?;
    page.ask("cancel")?;
    page.wait(&format!("{TITLES}.length > 1"))?;
    let pressed = "document.querySelector('.chips button[aria-pressed=true]')";
    page.assert(&format!("{pressed} === null"))?;
    page.evaluate("document.querySelector('.chips button').click()")?;
    page.assert("document.querySelector('#search-field').value.startsWith('cancel category:')")?;
    page.assert(&format!("{pressed}.textContent.startsWith('category:')"))?;
    page.assert("document.activeElement.id === 'search-field'")?;
    page.evaluate(&format!("{pressed}.click()"))?;
    page.assert("document.querySelector('#search-field').value === 'cancel'")?;
    page.clean()
}

fn nothing(context: &Context) -> Outcome {
    let page = page(context, "search.html")?;
    page.ask("qqqqxxxx")?;
    page.wait("document.querySelector('.found').textContent === 'Nothing found'")?;
    page.assert("document.querySelectorAll('.nothing a').length > 3")?;
    page.ask("xgatherxxx")?;
    page.wait("document.querySelector('.nothing .chips button').textContent === 'gather'")?;
    page.evaluate("document.querySelector('.nothing .chips button').click()")?;
    page.wait(&format!("{TITLES}.length > 1"))?;
    page.assert("document.querySelector('.everything').hidden")?;
    page.clean()
}

/// The positions of words are loaded when they are needed.
fn phrase(context: &Context) -> Outcome {
    let page = page(context, "search.html")?;
    page.ask("\"event loop\"")?;
    page.wait(&format!("{TITLES}.length > 1"))?;
    page.ask("\"loop event\"")?;
    page.wait("document.querySelector('.found').textContent === 'Nothing found'")?;
    page.clean()
}

fn text_stays_text(context: &Context) -> Outcome {
    let page = page(context, "search.html")?;
    page.ask("<img src=x onerror=document.title='hit'> await")?;
    page.wait("document.querySelector('.same code') !== null")?;
    page.assert("document.querySelector('.search img') === null")?;
    page.assert("document.querySelector('.same code').textContent.includes('<img')")?;
    page.assert("document.title !== 'hit'")?;
    page.clean()
}

fn without_script(context: &Context) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device { script: false, ..Device::DESKTOP })?;
    page.open(ENTRY)?;
    page.point(".find", true)?;
    page.wait("location.pathname === '/search.html' && document.readyState === 'complete'")?;
    let entries = context.site.catalog.entries.len();
    page.assert(&format!(
        "document.querySelectorAll('.everything .entries a').length === {entries}"
    ))?;
    page.assert("document.querySelector('dialog') === null")
}

fn fits(context: &Context) -> Outcome {
    let page = Page::new(context.chromium, &context.site.base(Origin::Http), Device::DESKTOP)?;
    for path in [ENTRY, "index.html", "search.html", "404.html"] {
        page.open(path)?;
        page.press("/")?;
        for query in ["tokio::task::spawn_blocking", "coroutine", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"]
        {
            page.ask(query)?;
            page.wait("document.querySelector('.results').childElementCount > 1")?;
            for width in WIDTHS {
                page.resize(width)?;
                page.assert(
                    "[document.documentElement, document.querySelector('.search')]\
                     .every(e => e.scrollWidth <= e.clientWidth)",
                )?;
            }
        }
    }
    page.clean()
}
