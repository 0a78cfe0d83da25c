//! axe-core finds nothing on any page.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;

use crate::page::{Device, Page};
use crate::site::Origin;
use crate::{Context, Outcome, npm, trial};

/// The pages are shared out, so that more than one core can work.
const PARTS: usize = 2;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for scheme in ["light", "dark"] {
        for part in 0..PARTS {
            let name = format!("axe::{scheme}::{}-of-{PARTS}", part + 1);
            trials.push(match npm::file("axe-core/axe.min.js") {
                Some(axe) => trial(name, move |context| run(context, &axe, scheme, part)),
                None => npm::missing(&name, "axe-core"),
            });
        }
    }
    trials
}

fn run(context: &Context, axe: &Path, scheme: &'static str, part: usize) -> Outcome {
    let source = fs::read_to_string(axe)?;
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device { scheme, ..Device::DESKTOP })?;
    // Structure is the same in both themes.
    let rules = if scheme == "light" { "{}" } else { "{ runOnly: ['color-contrast'] }" };
    let mut problems = Vec::new();
    for path in context.site.pages.iter().skip(part).step_by(PARTS) {
        page.open(path)?;
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")?;
        page.evaluate(&format!("{source}; 1"))?;
        let found = page.evaluate(&format!(
            "axe.run({rules}).then(r => r.violations.flatMap(v => v.nodes.map(n => \
             `${{v.id}}: ${{n.html.slice(0, 120)}}: ${{n.failureSummary}}`)))"
        ))?;
        let found = found.as_array().ok_or("axe gives no list")?;
        problems.extend(found.iter().map(|problem| format!("{path}: {problem}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}
