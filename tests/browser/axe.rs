//! axe-core finds nothing on any page.
//!
//! Its rule about contrast takes two thirds of the time and [`crate::contrast`] looks at every
//! page: here it looks at one of each kind, in both themes.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use serde_json::json;

use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, npm, trial};

/// The pages are shared out, so that more than one core can work.
const PARTS: usize = 2;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut add = |name: String, run: fn(&Context, &Path, usize) -> Outcome, part: usize| {
        trials.push(match npm::file("axe-core/axe.min.js") {
            Some(axe) => trial(name, move |context| run(context, &axe, part)),
            None => npm::missing(&name, "axe-core"),
        });
    };
    for part in 0..PARTS {
        add(format!("axe::{}-of-{PARTS}", part + 1), every_page, part);
    }
    for (part, scheme) in SCHEMES.iter().enumerate() {
        add(format!("axe::contrast::{scheme}"), contrast, part);
    }
    trials
}

const SCHEMES: [&str; 2] = ["light", "dark"];

fn every_page(context: &Context, axe: &Path, part: usize) -> Outcome {
    let pages = context.site.pages.iter().skip(part).step_by(PARTS);
    run(context, axe, "light", "rules: { 'color-contrast': { enabled: false } }", pages)
}

fn contrast(context: &Context, axe: &Path, part: usize) -> Outcome {
    let pages: Vec<String> = key_pages().into_iter().map(|(_, path)| path).collect();
    run(context, axe, SCHEMES[part], "runOnly: ['color-contrast']", &pages)
}

fn run<'a>(
    context: &Context,
    axe: &Path,
    scheme: &'static str,
    rules: &str,
    pages: impl IntoIterator<Item = &'a String>,
) -> Outcome {
    let source = fs::read_to_string(axe)?;
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device { scheme, ..Device::DESKTOP })?;
    page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))?;
    let mut problems = Vec::new();
    for path in pages {
        page.open(path)?;
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")?;
        let found = page.evaluate(&format!(
            "axe.run({{ resultTypes: ['violations'], preload: false, {rules} }}) \
             .then(r => r.violations.flatMap(v => v.nodes.map(n => \
             `${{v.id}}: ${{n.html.slice(0, 120)}}: ${{n.failureSummary}}`)))"
        ))?;
        let found = found.as_array().ok_or("axe gives no list")?;
        problems.extend(found.iter().map(|problem| format!("{path}: {problem}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}
