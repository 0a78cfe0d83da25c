//! No two entries say the same thing: regions that share lines are an error.

use std::collections::HashMap;

use super::entry::Draft;
use crate::{Diagnostic, Lang, Position};

/// Regions of different entries may share fewer consecutive lines than this.
const LINES: usize = 6;

pub(crate) fn check(drafts: &[Draft], out: &mut Vec<Diagnostic>) {
    for lang in Lang::BOTH {
        let mut seen: HashMap<Vec<&str>, (&Draft, &str)> = HashMap::new();
        for draft in drafts {
            for region in &draft.entry.program(lang).regions {
                let lines: Vec<&str> =
                    region.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
                let mut reported = false;
                for window in lines.windows(LINES) {
                    let (other, name) =
                        *seen.entry(window.to_vec()).or_insert((draft, region.name.as_str()));
                    let same = other.entry.path() == draft.entry.path();
                    if same || reported || linked(draft, other) {
                        continue;
                    }
                    reported = true;
                    let path = format!("{}/{}", draft.entry.path(), lang.file_name());
                    let message = format!(
                        "region `{}` shares {LINES} lines with `{name}` of `{}`",
                        region.name, other.entry.slug
                    );
                    let help = "show it once and link to it, or name the other entry in `related`";
                    let place = Position::line(region.line);
                    out.push(Diagnostic::error("C501", path, place, message, help));
                }
            }
        }
    }
}

fn linked(one: &Draft, other: &Draft) -> bool {
    let names = |a: &Draft, b: &Draft| a.entry.meta.related.contains(&b.entry.slug);
    names(one, other) || names(other, one)
}
