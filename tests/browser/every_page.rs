//! What must hold on every page. Each is opened once, since loading is what takes time.

use std::fs;

use libtest_mimic::{Failed, Trial};
use serde_json::json;

use crate::page::{Device, Page};
use crate::site::Origin;
use crate::{Context, Outcome, axe, contrast, layout, link, npm, undrawn};

/// The pages are shared out, so that more than one core can work.
const PARTS: usize = 4;

pub(crate) fn trials() -> Vec<Trial> {
    let part =
        |part| undrawn(format!("every-page::{}-of-{PARTS}", part + 1), move |c| run(c, part));
    let mut trials: Vec<Trial> = (0..PARTS).map(part).collect();
    if npm::file(axe::SCRIPT).is_none() {
        trials.push(npm::missing("every-page::axe", "axe-core"));
    }
    trials
}

fn run(context: &Context, part: usize) -> Outcome {
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device::DESKTOP)?;
    let axe = npm::file(axe::SCRIPT).map(fs::read_to_string).transpose()?;
    if let Some(source) = &axe {
        page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))?;
    }
    let mut problems = Vec::new();
    for path in context.site.pages.iter().skip(part).step_by(PARTS) {
        let found = look(context, &page, path, axe.is_some())?;
        problems.extend(found.into_iter().map(|problem| format!("{path}: {problem}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn look(context: &Context, page: &Page<'_>, path: &str, axe: bool) -> Result<Vec<String>, Failed> {
    page.open(path)?;
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")?;
    let mut problems = Vec::new();
    for width in layout::WIDTHS {
        page.resize(width)?;
        if let Err(failed) = layout::fits(page) {
            problems.push(failed.message().unwrap_or("it does not fit").to_owned());
        }
    }
    for scheme in layout::SCHEMES {
        page.prefer(scheme)?;
        let found = contrast::too_low(page)?;
        problems.extend(found.into_iter().map(|problem| format!("{scheme}: {problem}")));
    }
    problems.extend(link::missing_buttons(context, page, path)?);
    if axe {
        problems.extend(axe::without_style(page)?);
    }
    page.clean()?;
    Ok(problems)
}
