//! Compiles the mistakes: rustc and Clippy must say what the markers say, in the very words of
//! `<name>.stderr`.
//!
//! The words are rustc's where it has some: Clippy writes the same diagnostics with longer paths.
//! Another release words things differently, so words are compared with those of the release in
//! `tested.json` alone; on CI that is the only one allowed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use counterpart_catalog::{Entry, Mistake};
use counterpart_runner::capture;
use libtest_mimic::{Completion, Failed};
use serde_json::Value;

use crate::context::{Bless, Context};
use crate::{trial, verdict};

const LIMIT: Duration = Duration::from_mins(2);

/// What `rustc --version` and `clippy-driver --version` print, if they are installed.
static RUSTC: LazyLock<Option<String>> = LazyLock::new(|| version("rustc"));
static CLIPPY: LazyLock<Option<String>> = LazyLock::new(|| version("clippy-driver"));

fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// `::mistake-…`
pub(crate) fn mistake(context: &Context, entry: &Entry, name: &str) -> Result<Completion, Failed> {
    let mistake = entry.mistake(name).expect("cases are made from mistakes");
    let for_clippy = mistake.markers.iter().any(|(_, text)| text.starts_with("clippy::"));
    if let Some(missing) = without_clippy().filter(|_| for_clippy || trial::on_ci()) {
        return missing;
    }
    let dependencies = &context.instrumented()?.dependencies;
    let mut diagnostics = compile("rustc", mistake, dependencies, None)?;
    if CLIPPY.is_some() {
        let clippy = compile("clippy-driver", mistake, dependencies, None)?;
        diagnostics.extend(clippy.into_iter().filter(|one| one.what.starts_with("clippy::")));
    }
    let rendered: Vec<&str> = diagnostics.iter().map(|one| one.rendered.as_str()).collect();
    let rendered = normalise(&rendered.join("\n"));
    same_markers(mistake, &diagnostics).map_err(|diff| format!("{diff}\n{rendered}"))?;
    if context.bless == Bless::Mistakes {
        let path = context.patterns.join(entry.path()).join(stderr_file(mistake));
        fs::write(path, rendered)?;
    } else if trial::on_ci() || is_tested_release(context) {
        same_words(mistake, &rendered)?;
    }
    Ok(Completion::Completed)
}

fn stderr_file(mistake: &Mistake) -> String {
    format!("mistakes/{}.stderr", mistake.name)
}

/// What becomes of a trial that needs Clippy, where it is missing.
pub(crate) fn without_clippy() -> Option<Result<Completion, Failed>> {
    let reason = "Clippy is not installed; install it with: rustup component add clippy";
    CLIPPY.is_none().then(|| trial::missing(reason, trial::on_ci()))
}

/// What Clippy says about a program with the `clippy.toml` of a folder: exactly what is marked.
pub(crate) fn clippy_says(
    context: &Context,
    program: &Mistake,
    configuration: &Path,
) -> Result<Vec<String>, Failed> {
    let dependencies = &context.instrumented()?.dependencies;
    let said = compile("clippy-driver", program, dependencies, Some(configuration))?;
    let rendered: Vec<String> = said.iter().map(|one| one.rendered.clone()).collect();
    same_markers(program, &said).map_err(|diff| format!("{diff}\n{}", rendered.concat()))?;
    Ok(rendered)
}

/// The set of diagnostics equals the markers.
fn same_markers(mistake: &Mistake, diagnostics: &[Said]) -> Result<(), String> {
    let said = diagnostics.iter().map(|one| one.matched(&mistake.markers)).collect();
    let list = |mut all: Vec<(usize, String)>| {
        all.sort();
        let lines = all.into_iter().map(|(line, text)| format!("{line}: {text}\n"));
        lines.collect::<Vec<_>>().concat()
    };
    let (marked, said) = (list(mistake.markers.clone()), list(said));
    if marked == said {
        return Ok(());
    }
    let file = format!("mistakes/{}.rs", mistake.name);
    let diff = verdict::diff(&marked, &said, &file, "the compiler");
    Err(format!("the compiler does not say what is marked\n{diff}"))
}

fn same_words(mistake: &Mistake, rendered: &str) -> Result<(), String> {
    // Line numbers of the standard library decide how far everything is indented, but only
    // where its sources are installed.
    let words = |text: &str| text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
    if words(&mistake.stderr) == words(rendered) {
        return Ok(());
    }
    let diff = verdict::diff(&mistake.stderr, rendered, &stderr_file(mistake), "the compiler");
    let help = "if this is right, `BLESS=1 cargo test --workspace -- mistake` writes it";
    Err(format!("the compiler says something else\n{diff}\nhelp: {help}"))
}

/// Whether this is the release of the compiler that wrote the messages.
fn is_tested_release(context: &Context) -> bool {
    let Some(tested) = context.catalog.tested.get("rustc") else { return true };
    let ours = RUSTC.as_deref().unwrap_or_default();
    let release = |version: &str| version.rsplit_once('.').map(|(release, _)| release.to_owned());
    let same = release(ours.split(' ').nth(1).unwrap_or_default()) == release(tested);
    if !same {
        context.note(format!(
            "the messages of mistakes were written by rustc {tested}, this is {ours}: codes and \
             places were compared, words were not"
        ));
    }
    same
}

/// What the compiler said once.
#[derive(Debug)]
struct Said {
    line: usize,
    /// A code, or `error: message` where there is none.
    what: String,
    rendered: String,
}

impl Said {
    /// Place and code; where there is no code, the marker whose text is part of the message.
    fn matched(&self, markers: &[(usize, String)]) -> (usize, String) {
        let ours = markers.iter().find(|(line, text)| {
            let part = text.split_once(": ").map(|(_, part)| part);
            *line == self.line && part.is_some_and(|part| self.what.contains(part))
        });
        ours.cloned().unwrap_or_else(|| (self.line, self.what.clone()))
    }
}

/// Compiles a program, with Clippy's configuration in a folder if there is one.
fn compile(
    compiler: &str,
    mistake: &Mistake,
    dependencies: &Path,
    configuration: Option<&Path>,
) -> Result<Vec<Said>, Failed> {
    let folder = tempfile::tempdir()?;
    let file = Path::new("mistakes").join(&mistake.name).with_extension("rs");
    fs::create_dir(folder.path().join("mistakes"))?;
    // The reader sees the program without the markers, and so does the compiler.
    let source: String =
        mistake.source.lines().flat_map(|line| [without_marker(line), "\n"]).collect();
    fs::write(folder.path().join(&file), source)?;
    let mut command = Command::new(compiler);
    command
        .arg(&file)
        .args(["--crate-name", &mistake.name.replace('-', "_"), "--crate-type=bin"])
        .args(["--emit=metadata", "--error-format=json", "--diagnostic-width=100"])
        .args(has_tests(&mistake.source).then_some("--test"))
        .arg(format!("@{}", dependencies.display()))
        .env("CLIPPY_CONF_DIR", configuration.unwrap_or(folder.path()))
        .current_dir(folder.path());
    let run =
        capture(&mut command, LIMIT).map_err(|error| format!("cannot run {compiler}: {error}"))?;
    let said: Vec<Said> = run.stderr.lines().filter_map(said).collect();
    if said.is_empty() && !run.ending.success() {
        return Err(format!("{compiler} ended with {}\n{}", run.ending, run.stderr).into());
    }
    Ok(said)
}

/// Whether it is compiled as `cargo test` does: elsewhere the functions of a test do not exist.
fn has_tests(source: &str) -> bool {
    ["#[test", "#[tokio::test"].iter().any(|attribute| source.contains(attribute))
}

fn without_marker(line: &str) -> &str {
    line.split_once("//~").map_or(line, |(code, _)| code.trim_end())
}

/// A diagnostic with a place; the others only count.
fn said(line: &str) -> Option<Said> {
    let message: Value = serde_json::from_str(line).ok()?;
    let spans = message["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let what = match message["code"]["code"].as_str() {
        Some(code) => code.to_owned(),
        None => format!("{}: {}", text(&message["level"]), text(&message["message"])),
    };
    let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
    Some(Said { line, what, rendered: text(&message["rendered"]) })
}

/// Removes what differs from machine to machine: where crates and the standard library lie.
fn normalise(rendered: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut in_library = false;
    for line in rendered.trim_end().lines() {
        let line = line.trim_end();
        if line.contains("the full name for the type has been written to")
            || line.contains("to print the full type name to the console")
            || line.contains("full type has been written to")
        {
            continue;
        }
        let trimmed = line.trim_start();
        if let Some((arrow, place)) = line.split_once("--> ").or_else(|| line.split_once("::: ")) {
            let place = short(place);
            in_library = place.starts_with("library/");
            let sign = if trimmed.starts_with("-->") { "-->" } else { ":::" };
            lines.push(format!("{arrow}{sign} {place}"));
            continue;
        }
        let gutter = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
        if in_library
            && (gutter.starts_with('|') || gutter.starts_with("...") || gutter.starts_with(" |"))
        {
            continue;
        }
        in_library = false;
        lines.push(clippy_address(line));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A path from the name of its crate on, or from `library/` of the standard library.
fn short(place: &str) -> &str {
    if let Some((_, rest)) = place.split_once("/registry/src/") {
        return rest.split_once('/').map_or(rest, |(_, path)| path);
    }
    let library = if place.starts_with('/') { place.find("/library/") } else { None };
    library.map_or(place, |at| &place[at + 1..])
}

/// Clippy's documentation of the current release, not of one.
fn clippy_address(line: &str) -> String {
    const SITE: &str = "https://rust-lang.github.io/rust-clippy/";
    let Some((before, after)) = line.split_once(SITE) else { return line.to_owned() };
    let page = after.split_once('/').map_or(after, |(_, page)| page);
    format!("{before}{SITE}stable/{page}")
}
