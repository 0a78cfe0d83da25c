//! Runs Clippy and Ruff with the configurations that `counterpart lints` prints, over programs
//! that are faulty at the marked lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use counterpart_catalog::{Mistake, clippy_toml, ruff_rules, ruff_toml};
use counterpart_runner::capture;
use libtest_mimic::{Completion, Failed};
use serde_json::Value;

use crate::context::Context;
use crate::{mistakes, trial};

const LIMIT: Duration = Duration::from_mins(1);
const SITE: &str = "https://example.org/";

/// A linter with a configuration of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linter {
    Clippy,
    Ruff,
}

impl Linter {
    pub(crate) const ALL: [Self; 2] = [Self::Clippy, Self::Ruff];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clippy => "clippy.toml",
            Self::Ruff => "ruff.toml",
        }
    }

    /// The linter reports the marked lines and no others.
    pub(crate) fn reports(self, context: &Context) -> Result<Completion, Failed> {
        match self {
            Self::Clippy => clippy(context),
            Self::Ruff => ruff(context),
        }
    }
}

fn address(slug: &str, _fragment: &str) -> String {
    format!("{SITE}p/{slug}/")
}

fn faulty(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faulty").join(file)
}

/// Lines (from 1) and codes that stand after `#~` or `//~`.
fn markers(source: &str, sign: &str) -> Vec<(usize, String)> {
    let marked = |(index, line): (usize, &str)| {
        let (_, code) = line.split_once(sign)?;
        Some((index + 1, code.trim().to_owned()))
    };
    source.lines().enumerate().filter_map(marked).collect()
}

fn clippy(context: &Context) -> Result<Completion, Failed> {
    if let Some(missing) = mistakes::without_clippy() {
        return missing;
    }
    let source = fs::read_to_string(faulty("faulty.rs"))?;
    let markers = markers(&source, "//~");
    let program = Mistake { name: "faulty".to_owned(), source, markers, stderr: String::new() };
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("clippy.toml"), clippy_toml(&context.catalog, address))?;
    let said = mistakes::clippy_says(context, &program, folder.path())?;
    match said.iter().find(|text| !text.contains(SITE)) {
        Some(text) => Err(format!("this does not say where it is explained:\n{text}").into()),
        None => Ok(Completion::Completed),
    }
}

fn ruff(context: &Context) -> Result<Completion, Failed> {
    if Command::new("ruff").arg("--version").output().is_err() {
        let reason = "Ruff is not installed; install it with: pip install ruff";
        return trial::missing(reason, trial::on_ci());
    }
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("ruff.toml"), ruff_toml(&context.catalog, address))?;
    let mut command = Command::new("ruff");
    command
        .args(["check", "--no-cache", "--output-format=json", "--config=ruff.toml"])
        .arg(faulty("faulty.py"))
        .current_dir(folder.path());
    let run = capture(&mut command, LIMIT)?;
    // Without a warning: every rule is one that this Ruff has, and that the file switches on.
    if !run.stderr.is_empty() {
        return Err(format!("ruff complains\n{}", run.stderr).into());
    }
    let ours: Vec<&str> = ruff_rules(&context.catalog).map(|rule| rule.code.as_str()).collect();
    let report: Value = serde_json::from_str(&run.stdout)?;
    let said = report.as_array().ok_or("ruff prints a list")?.iter().filter_map(|one| {
        let line = usize::try_from(one["location"]["row"].as_u64()?).ok()?;
        let code = one["code"].as_str().filter(|code| ours.contains(code))?;
        Some((line, code.to_owned()))
    });
    let said: Vec<_> = said.collect();
    let marked = markers(&fs::read_to_string(faulty("faulty.py"))?, "#~");
    if said == marked {
        return Ok(Completion::Completed);
    }
    Err(format!("marked in `faulty.py`: {marked:?}\nreported by ruff:       {said:?}").into())
}
