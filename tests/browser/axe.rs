//! axe-core finds nothing.
//!
//! Its rules about colours and sizes take four fifths of the time, and what they look at is decided
//! by the style sheet: they look at one page of each kind, in both themes. [`crate::every_page`]
//! asks the others, and [`crate::contrast`] on every page.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use serde_json::json;

use crate::layout::SCHEMES;
use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, npm, undrawn};

/// The rules about colours, and about sizes, which are the same in both themes.
const COLOURS: &str = "'color-contrast', 'link-in-text-block'";
const SIZES: &str = "'target-size'";

/// Takes the colours from code: half of all elements only colour a word. Of the rules, only that
/// about contrast looks at them, and [`crate::contrast`] asks about them on every page.
const PLAIN_CODE: &str = "document.querySelectorAll('pre code').forEach(c => c.textContent += '')";

/// Where npm puts it.
pub(crate) const SCRIPT: &str = "axe-core/axe.min.js";

pub(crate) fn trials() -> Vec<Trial> {
    let of = |scheme| {
        let name = format!("axe::style::{scheme}");
        match npm::file(SCRIPT) {
            Some(axe) => undrawn(name, move |context| style(context, &axe, scheme)),
            None => npm::missing(&name, "axe-core"),
        }
    };
    SCHEMES.into_iter().map(of).collect()
}

fn style(context: &Context, axe: &Path, scheme: &'static str) -> Outcome {
    let source = fs::read_to_string(axe)?;
    let base = context.site.base(Origin::Http);
    let page = Page::new(context.chromium, &base, Device { scheme, ..Device::DESKTOP })?;
    page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))?;
    let sizes = if scheme == SCHEMES[0] { SIZES } else { "" };
    let mut problems = Vec::new();
    for (_, path) in key_pages() {
        page.open(&path)?;
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")?;
        page.evaluate(PLAIN_CODE)?;
        let found = violations(&page, &format!("runOnly: [{COLOURS}, {sizes}]"))?;
        problems.extend(found.iter().map(|problem| format!("{path}: {problem}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

/// What it finds on a page that has it, by all other rules. Afterwards code has lost its colours.
pub(crate) fn without_style(page: &Page<'_>) -> Result<Vec<String>, Failed> {
    page.evaluate(PLAIN_CODE)?;
    violations(
        page,
        &format!(
            "rules: Object.fromEntries([{COLOURS}, {SIZES}].map(rule => [rule, {{ enabled: false }}]))"
        ),
    )
}

fn violations(page: &Page<'_>, rules: &str) -> Result<Vec<String>, Failed> {
    let found = page.evaluate(&format!(
        "axe.run({{ resultTypes: ['violations'], preload: false, {rules} }}) \
         .then(r => r.violations.flatMap(v => v.nodes.map(n => \
         `${{v.id}}: ${{n.html.slice(0, 120)}}: ${{n.failureSummary}}`)))"
    ))?;
    serde_json::from_value(found).map_err(|_| "axe gives no list".into())
}
