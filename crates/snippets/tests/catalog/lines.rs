//! `::lines`: every line that a page shows is executed by its program, on both sides.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use counterpart_catalog::{Entry, Lang, Program};
use counterpart_runner::{Prepared, Run, capture};
use libtest_mimic::Failed;
use llvm_profparser::{CoverageMapping, CoverageResult, parse};

use crate::context::Context;
use crate::programs::{self, LIMIT};
use crate::verdict;

pub(crate) fn lines(context: &Context, entry: &Entry) -> Result<(), Failed> {
    let mut message = String::new();
    for lang in Lang::BOTH {
        let not_executed = match lang {
            Lang::Python => in_a_fork(context, entry)?,
            Lang::Rust => &rust(context, entry)?,
        };
        message += &report(entry.program(lang), lang, not_executed);
    }
    if message.is_empty() { Ok(()) } else { Err(message.into()) }
}

fn report(program: &Program, lang: Lang, not_executed: &BTreeSet<usize>) -> String {
    let source: Vec<&str> = program.source.lines().collect();
    let mut message = String::new();
    for region in &program.regions {
        for line in region.lines().filter(|line| not_executed.contains(line)) {
            let (file, name, text) = (lang.file_name(), &region.name, source[line - 1]);
            // A bracket alone shows nothing: it counts for the end of a function that is left
            // another way.
            if text.contains(char::is_alphanumeric) {
                let _ = writeln!(message, "{file}:{line}: shown by `{name}`, never runs: {text}");
            }
        }
    }
    message
}

/// Where statements of the Python program never run, after a copy that notes them printed the
/// transcript in a fork of an interpreter: neither the fork nor the notes change the program.
///
/// Not by coverage.py: on Python 3.11 it loses the lines that follow an exception thrown into a
/// coroutine, which is how every timeout and every cancellation arrives.
pub(crate) fn in_a_fork<'a>(
    context: &'a Context,
    entry: &Entry,
) -> Result<&'a BTreeSet<usize>, String> {
    let once = &context.forked[&entry.slug];
    once.get_or_init(|| python(context, entry).map_err(|error| format!("{error:#}")))
        .as_ref()
        .map_err(Clone::clone)
}

fn python(context: &Context, entry: &Entry) -> anyhow::Result<BTreeSet<usize>> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join(Lang::Python.file_name());
    let file = context.patterns.join(entry.path()).join(Lang::Python.file_name());
    let mut command = context.python().command();
    command
        .env("PYTHONPATH", context.root.join("python/lines"))
        .env("COUNTERPART_PROGRAM", &file)
        .env("COUNTERPART_COPY", &copy);
    let mut prepared = Prepared::new(command, context.services(), &entry.meta.needs)?;
    let warm = context.warm().map_err(anyhow::Error::msg)?;
    let run = warm.capture(&mut prepared, &copy, LIMIT)?;
    let expected = programs::transcript_file(entry, Lang::Python);
    verdict::prints(entry.transcript.of(Lang::Python), &run, &expected)
        .map_err(|problem| anyhow::anyhow!("in a fork of an interpreter: {problem}"))?;
    let noted = |name| -> anyhow::Result<BTreeSet<usize>> {
        let notes = fs::read_to_string(folder.path().join(name))?;
        Ok(notes.lines().map(str::parse).collect::<Result<_, _>>()?)
    };
    Ok(&noted("statements")? - &noted("ran")?)
}

fn rust(context: &Context, entry: &Entry) -> Result<BTreeSet<usize>, Failed> {
    let binary = context.instrumented()?.binary.clone();
    let folder = tempfile::tempdir()?;
    let profile = folder.path().join("lines.profraw");
    let mut program = Command::new(&binary);
    program.arg(&entry.slug).env("LLVM_PROFILE_FILE", &profile);
    let mut prepared = Prepared::new(program, context.services(), &entry.meta.needs)?;
    let Run { ending, stderr, .. } = capture(prepared.command(), LIMIT)?;
    if !ending.success() {
        return Err(format!(
            "the Rust program ended with {ending} while lines were counted\n{stderr}"
        )
        .into());
    }
    // It was compiled from the checkout, whatever catalog is tested.
    let file = context.root.join("patterns").join(entry.path()).join(Lang::Rust.file_name());
    Ok(not_executed(&binary, &profile, &file).map_err(|error| format!("{error:#}"))?)
}

fn not_executed(binary: &Path, profile: &Path, file: &Path) -> anyhow::Result<BTreeSet<usize>> {
    let profile = parse(profile)?;
    let objects = [binary.to_owned()];
    let mapping = CoverageMapping::new(&objects, &profile, false)?;
    let report = mapping.generate_subreport(|paths| paths.iter().any(|path| path == file))?;
    let Some(result) = report.files.get(file) else {
        anyhow::bail!("the profile says nothing about `{}`", file.display());
    };
    let last = result.hits.keys().map(|place| place.line_end).max().unwrap_or(0);
    Ok((1..=last).filter(|line| executed(result, *line) == Some(false)).collect())
}

/// Whether a line ran, as LLVM's own reports say it: some code that begins on it did, or the
/// code that it continues did. None for a line without code.
fn executed(result: &CoverageResult, line: usize) -> Option<bool> {
    let mut begins = result.hits.iter().filter(|(place, _)| place.line_start == line).peekable();
    let continues = result
        .hits
        .iter()
        .filter(|(place, _)| place.line_start < line && line <= place.line_end)
        .max_by_key(|(place, _)| (place.line_start, place.column_start));
    if begins.peek().is_none() && continues.is_none() {
        return None;
    }
    Some(begins.chain(continues).any(|(_, count)| *count > 0))
}
