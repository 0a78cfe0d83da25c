//! Compares, and says what differs.

use counterpart_runner::Run;
use similar::TextDiff;

/// Whether a program exited with 0 and printed exactly `expected`; if not, all that helps.
pub(crate) fn prints(expected: &str, run: &Run, file: &str) -> Result<(), String> {
    let mut problems = Vec::new();
    if !run.ending.success() {
        problems.push(format!("the program ended with {}", run.ending));
    }
    if run.stdout != expected {
        problems.push(format!("the program does not print `{file}`"));
        problems.push(diff(expected, &run.stdout, file, "what it printed"));
    }
    if problems.is_empty() {
        return Ok(());
    }
    if !run.stderr.trim().is_empty() {
        problems.push(format!("standard error:\n{}", run.stderr.trim_end()));
    }
    Err(problems.join("\n"))
}

/// A unified diff.
pub(crate) fn diff(old: &str, new: &str, old_name: &str, new_name: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(3).header(old_name, new_name).to_string()
}
