//! Carves marked regions out of programs: `# ANCHOR: name` … `# ANCHOR_END: name`.

use std::ops::Range;

use crate::model::OTHER_IDS;
use crate::{Diagnostic, FIXED_IDS, Lang, Position, Program, Region};

enum Marker<'a> {
    Start(&'a str),
    End(&'a str),
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let comment = line.trim_start();
    let text = comment.strip_prefix("//").or_else(|| comment.strip_prefix('#'))?.trim();
    if let Some(name) = text.strip_prefix("ANCHOR_END:") {
        return Some(Marker::End(name.trim()));
    }
    text.strip_prefix("ANCHOR:").map(|name| Marker::Start(name.trim()))
}

/// The source as a reader wants to copy it: without the lines that are markers, and with as many
/// blank lines in their place as the formatter left on one side of them. Beside it, each region
/// with the lines it now has, counted from 0.
pub(crate) fn without_markers(source: &str) -> (String, Vec<(&str, Range<usize>)>) {
    let mut text = String::with_capacity(source.len());
    let mut regions = Vec::new();
    // The region that is open, and its first line.
    let mut open: Option<(&str, Option<usize>)> = None;
    let (mut lines, mut before, mut blank) = (0, 0, 0);
    for line in source.lines() {
        match marker(line) {
            Some(marker) => {
                before = blank.max(before);
                blank = 0;
                match marker {
                    Marker::Start(name) => open = Some((name, None)),
                    Marker::End(_) => {
                        if let Some((name, Some(first))) = open.take() {
                            regions.push((name, first..lines));
                        }
                    }
                }
            }
            None if line.trim().is_empty() => blank += 1,
            None => {
                let gap = blank.max(before);
                (before, blank) = (0, 0);
                lines += gap;
                if let Some((_, first)) = &mut open {
                    first.get_or_insert(lines);
                }
                text.push_str(&"\n".repeat(gap));
                text.push_str(line);
                text.push('\n');
                lines += 1;
            }
        }
    }
    (text, regions)
}

/// Whether a name is lower-case words joined by hyphens: the form of slugs and region names.
#[must_use]
pub fn is_kebab_case(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// Finds the regions of a program; what is wrong with them becomes diagnostics for `path`.
pub(crate) fn carve(lang: Lang, path: &str, source: &str, out: &mut Vec<Diagnostic>) -> Program {
    let mut regions: Vec<Region> = Vec::new();
    let mut open: Option<(&str, usize, Vec<&str>)> = None;
    let mut report = |code, line, message: String, help: &str| {
        out.push(Diagnostic::error(code, path, Position::line(line), message, help));
    };
    for (index, line) in source.lines().enumerate() {
        let number = index + 1;
        match marker(line) {
            None => {
                if let Some((_, _, lines)) = &mut open {
                    lines.push(line);
                }
            }
            Some(Marker::Start(name)) => {
                if let Some((name, start, _)) = open.take() {
                    report("C102", start, unclosed(name), "close it before the next one starts");
                }
                if regions.iter().any(|region| region.name == name) {
                    let message =
                        format!("anchor `{name}` is used twice in `{}`", lang.file_name());
                    report("C101", number, message, "give the second region a name of its own");
                }
                if !is_kebab_case(name) || FIXED_IDS.iter().chain(&OTHER_IDS).any(|id| *id == name)
                {
                    let message = format!("`{name}` cannot name a region");
                    let help =
                        "use lower-case words joined by hyphens, and none of the page's own ids";
                    report("C106", number, message, help);
                }
                open = Some((name, number, Vec::new()));
            }
            Some(Marker::End(name)) => match open.take() {
                Some((opened, start, lines)) if opened == name => {
                    if lines.iter().all(|line| line.trim().is_empty()) {
                        let message = format!("anchor `{name}` marks no lines");
                        report(
                            "C103",
                            start,
                            message,
                            "put lines between the markers, or remove them",
                        );
                    }
                    if !regions.iter().any(|region| region.name == name) {
                        regions.push(Region {
                            name: name.to_owned(),
                            line: start,
                            text: dedent(&lines),
                        });
                    }
                }
                other => {
                    let message = format!("anchor `{name}` ends here but is not open");
                    report("C108", number, message, "add its start, or remove this line");
                    open = other;
                }
            },
        }
    }
    if let Some((name, start, _)) = open {
        report("C102", start, unclosed(name), "add the line `ANCHOR_END: …` after the region");
    }
    Program { source: source.to_owned(), regions }
}

fn unclosed(name: &str) -> String {
    format!("anchor `{name}` is never closed")
}

/// Removes the indentation that all lines share, and blank lines at the end: formatters put them
/// before a closing marker.
fn dedent(lines: &[&str]) -> String {
    let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    let lines = &lines[..end];
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    lines.iter().flat_map(|line| [line.get(indent..).unwrap_or(""), "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::{carve, without_markers};
    use crate::Lang;

    const SOURCE: &str = "a()\n# ANCHOR: core\n    b()\n\n        c()\n\n\n# ANCHOR_END: core\n";

    #[test]
    fn a_region_is_the_lines_between_its_markers_without_shared_indentation() {
        let mut out = Vec::new();
        let program = carve(Lang::Python, "python.py", SOURCE, &mut out);
        let region = program.region("core").expect("the region is there");
        assert_eq!(region.text, "b()\n\n    c()\n");
        assert_eq!(region.lines(), 3..=5);
        assert!(out.is_empty(), "{out:?}");
    }

    #[test]
    fn a_reader_gets_the_program_without_marker_lines() {
        assert_eq!(without_markers(SOURCE).0, "a()\n    b()\n\n        c()\n");
        let spaced = "a\n\n\n# ANCHOR: x\nb\n\n\n# ANCHOR_END: x\n\n\nc\n";
        assert_eq!(without_markers(spaced).0, "a\n\n\nb\n\n\nc\n");
    }

    #[test]
    fn a_region_is_found_where_the_markers_are_gone() {
        let source =
            "a\n# ANCHOR: x\nb\n\n\n# ANCHOR_END: x\n\n\n# ANCHOR: y\nc\nd\n# ANCHOR_END: y\n";
        let (text, places) = without_markers(source);
        assert_eq!(text, "a\nb\n\n\nc\nd\n");
        assert_eq!(places, [("x", 1..2), ("y", 4..6)]);
    }
}
