//! What real linters wrote about the projects beside this file, and what becomes of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use counterpart::annotate::{self, Finding};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::harness::{annotate as run, folder, recorded};

/// A linter, and where its output is recorded.
#[derive(Clone, Copy)]
struct Linter {
    file: &'static str,
    project: &'static str,
    program: &'static str,
    arguments: &'static str,
}

const RULES: &str = "ASYNC,F,PLE1142,RUF006";

const LINTERS: [Linter; 8] = [
    python(
        "ruff.json",
        "ruff",
        "check --isolated --no-cache --select RULES --output-format json .",
    ),
    python(
        "ruff.jsonl",
        "ruff",
        "check --isolated --no-cache --select RULES --output-format json-lines .",
    ),
    python(
        "ruff.sarif",
        "ruff",
        "check --isolated --no-cache --select RULES --output-format sarif .",
    ),
    python(
        "ruff-clean.json",
        "ruff",
        "check --isolated --no-cache --select E9 --output-format json .",
    ),
    python("mypy.jsonl", "mypy", "--strict --no-incremental --config-file= --output json app.py"),
    python("pyright.json", "pyright", "--outputjson app.py"),
    python("pylint.json", "pylint", "--rcfile= --output-format json2 app.py"),
    Linter {
        file: "clippy.jsonl",
        project: "rust",
        program: "cargo",
        arguments: "clippy --quiet --keep-going --jobs 1 --offline --message-format json",
    },
];

const fn python(file: &'static str, program: &'static str, arguments: &'static str) -> Linter {
    Linter { file, project: "python", program, arguments }
}

pub(crate) fn trials() -> Vec<Trial> {
    let bless = env::var_os("BLESS").is_some();
    let mut trials = Vec::new();
    for linter in LINTERS {
        let program = linter.find();
        let missing = program.is_none() && env::var_os("CI").is_none();
        let name = format!("fresh::{}", linter.file);
        trials.push(
            Trial::test(name, move || fresh(linter, program, bless)).with_ignored_flag(missing),
        );
    }
    if bless {
        // What is expected follows from what is recorded, which the trials above rewrite first.
        trials.clear();
        trials.push(Trial::test("bless", || {
            LINTERS.into_iter().try_for_each(|linter| {
                linter.find().map_or(Ok(()), |program| fresh(linter, Some(program), true))?;
                expected(linter, true)
            })
        }));
        return trials;
    }
    for linter in LINTERS {
        let name = format!("recorded::{}", linter.file);
        trials.push(Trial::test(name, move || expected(linter, false)));
    }
    trials
}

impl Linter {
    /// The program on the path.
    fn find(self) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path)
            .map(|folder| folder.join(self.program))
            .find(|program| program.is_file())
    }

    /// Runs it, and takes the place of the project out of what it writes.
    fn run(self, program: PathBuf) -> Result<Vec<u8>, Failed> {
        let project = folder().join("projects").join(self.project).canonicalize()?;
        let arguments = self.arguments.replace("RULES", RULES);
        let output = Command::new(program)
            .args(arguments.split(' '))
            .current_dir(&project)
            .env("CARGO_TARGET_DIR", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("annotate"))
            .env_remove("RUSTFLAGS")
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        if text.is_empty() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let text = text.replace(&project.display().to_string(), "/project");
        let kept = |line: &&str| !line.starts_with("{\"reason\":\"compiler-artifact");
        Ok(text.split_inclusive('\n').filter(kept).collect::<String>().into_bytes())
    }
}

/// Whether a linter of today finds what is recorded.
fn fresh(linter: Linter, program: Option<PathBuf>, bless: bool) -> Result<(), Failed> {
    let Some(program) = program else {
        return Err(format!("there is no `{}` on the path", linter.program).into());
    };
    let output = linter.run(program)?;
    if bless {
        fs::write(folder().join("recorded").join(linter.file), &output)?;
        return Ok(());
    }
    let (old, new) = (places(&recorded(linter.file))?, places(&output)?);
    if old == new {
        return Ok(());
    }
    let (lost, added): (Vec<_>, Vec<_>) =
        (old.difference(&new).collect(), new.difference(&old).collect());
    Err(format!("no longer found: {lost:#?}\nnew: {added:#?}\n`BLESS=1` records it again").into())
}

/// File, line and code of every finding.
fn places(output: &[u8]) -> Result<BTreeSet<(String, u32, Option<String>)>, Failed> {
    let mut places = BTreeSet::new();
    annotate::read(output, None, &mut |Finding { path, span, code, .. }| {
        places.insert((path, span.start.line, code));
    })?;
    Ok(places)
}

/// Whether what is recorded becomes the comments that are expected, in few words.
fn expected(linter: Linter, bless: bool) -> Result<(), Failed> {
    let run = run(&["--format", "json"], &recorded(linter.file));
    let document: Value = serde_json::from_str(&run.stdout)?;
    let comments = document["comments"].as_array().ok_or("no comments")?;
    let mut actual = String::new();
    for comment in comments {
        let text = |key: &str| comment[key].as_str().unwrap_or_default().to_owned();
        let start = &comment["range"]["start"];
        let sources: Vec<&str> =
            comment["sources"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let also: Vec<String> = comment["also"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|range| range["start"]["line"].to_string())
            .collect();
        let also =
            if also.is_empty() { String::new() } else { format!(", also {}", also.join(" ")) };
        writeln!(
            actual,
            "{}:{}:{} {} ({}){also}",
            text("path"),
            start["line"],
            start["column"],
            text("slug"),
            sources.join(", "),
        )?;
    }
    for note in run.stderr.lines().filter(|line| line.contains("no entry")) {
        writeln!(actual, "{note}")?;
    }
    writeln!(actual, "exit code {}", run.code.unwrap_or(-1))?;
    let path = folder().join("recorded").join(format!("{}.expected", linter.file));
    if bless {
        return Ok(fs::write(path, actual)?);
    }
    let expected = fs::read_to_string(path)?;
    if expected == actual {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(&expected, &actual);
    Err(format!("\n{}", diff.unified_diff().header("expected", "actual")).into())
}
