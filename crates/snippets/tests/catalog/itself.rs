//! Tests of the tests: a copy of an entry is broken in one place, and the trial that is for this,
//! run on the copy in a process of its own, turns red.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use counterpart_catalog::{Entry, Lang, Mistake, Mutation, Tree};
use counterpart_runner::{Ending, Prepared, Run, Service, Unavailable, capture};
use libtest_mimic::Failed;

use crate::context::{Context, PATTERNS};
use crate::trial;

const LIMIT: Duration = Duration::from_mins(5);

/// What is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breakage {
    Transcript,
    Behaviour,
    HiddenLine,
    Marker,
    Message,
    Filter,
    Server,
    Fork,
}

impl Breakage {
    pub(crate) const ALL: [Self; 8] = [
        Self::Transcript,
        Self::Behaviour,
        Self::HiddenLine,
        Self::Marker,
        Self::Message,
        Self::Filter,
        Self::Server,
        Self::Fork,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Transcript => "one-character-of-a-transcript",
            Self::Behaviour => "the-behaviour-of-a-program",
            Self::HiddenLine => "a-displayed-line-that-never-runs",
            Self::Marker => "the-code-that-a-mistake-expects",
            Self::Message => "one-character-of-the-compilers-message",
            Self::Filter => "a-filter-that-matches-nothing",
            Self::Server => "a-server-that-is-missing",
            Self::Fork => "a-fork-that-fails-or-hangs",
        }
    }
}

/// Breaks one thing, and wants it to be noticed.
pub(crate) fn turns_red(context: &Context, breakage: Breakage) -> Result<(), Failed> {
    match breakage {
        Breakage::Filter => return filter_matches_nothing(),
        Breakage::Server => return server_is_missing(),
        Breakage::Fork => return fork_fails_or_hangs(context),
        _ => {}
    }
    // The first entry that has everything that is broken here, and needs no server.
    let entry = (context.catalog.entries.iter())
        .find(|entry| entry.meta.needs.is_empty() && rejected(entry).is_some())
        .ok_or("no entry has a mistake")?;
    let copy = tempfile::tempdir()?;
    for (path, text) in Tree::read(&context.patterns)?.files() {
        let path = copy.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, text)?;
    }
    let folder = copy.path().join(entry.path());
    let (trial, says) = apply(breakage, entry, &folder)?;
    let trial = format!("{}::{trial}", entry.path());
    let run = run_trial(copy.path(), &trial)?;
    let red = format!("test {trial} ... FAILED");
    if run.stdout.contains(&red) && run.stdout.contains(&says) {
        return Ok(());
    }
    Err(format!("`{trial}` should be red, and say `{says}`\n{}", run.stdout).into())
}

/// Breaks the copy; gives the trial that must turn red, and what it must say.
fn apply(breakage: Breakage, entry: &Entry, folder: &Path) -> Result<(String, String), Failed> {
    let edit = |file: &str, change: &dyn Fn(&str) -> String| {
        let path = folder.join(file);
        fs::read_to_string(&path).and_then(|text| fs::write(&path, change(&text)))
    };
    let mistake = rejected(entry).ok_or("no mistake")?;
    let broken = match breakage {
        Breakage::Transcript => {
            let file = ["expected.txt", "expected.python.txt"]
                .into_iter()
                .find(|file| folder.join(file).exists())
                .ok_or("no transcript")?;
            edit(file, &|text| text.replacen('e', "3", 1))?;
            let line = entry.transcript.of(Lang::Python).lines().find(|line| line.contains('e'));
            let line = line.ok_or("no `e` in the transcript")?;
            ("python".to_owned(), format!("\n-{}\n", line.replacen('e', "3", 1)))
        }
        Breakage::Behaviour => {
            let of_python = |mutation: &&Mutation| mutation.lang == Lang::Python;
            let mutation = entry.mutations.iter().find(of_python).ok_or("no mutation")?;
            edit(Lang::Python.file_name(), &|text| mutation.apply(text))?;
            ("python".to_owned(), "+++ what it printed".to_owned())
        }
        Breakage::HiddenLine => {
            let region = &entry.python.regions[0];
            edit(Lang::Python.file_name(), &|text| {
                let mut lines: Vec<&str> = text.lines().collect();
                lines.insert(region.line, "if not __name__:\n    print(\"never\")");
                lines.join("\n") + "\n"
            })?;
            ("lines".to_owned(), format!("shown by `{}`, never runs", region.name))
        }
        Breakage::Marker => {
            let code = &mistake.markers[0].1;
            edit(&format!("mistakes/{}.rs", mistake.name), &|text| {
                text.replace(&format!("//~ {code}"), "//~ E9999")
            })?;
            (format!("mistake-{}", mistake.name), ": E9999".to_owned())
        }
        Breakage::Message => {
            edit(&format!("mistakes/{}.stderr", mistake.name), &|text| text.replacen('e', "3", 1))?;
            (format!("mistake-{}", mistake.name), "\n-3rror[".to_owned())
        }
        Breakage::Filter | Breakage::Server | Breakage::Fork => {
            unreachable!("they break no copy")
        }
    };
    Ok(broken)
}

/// A mistake of the entry that is an error, with its message.
fn rejected(entry: &Entry) -> Option<&Mistake> {
    entry.mistakes.iter().find(|mistake| mistake.stderr.starts_with("error["))
}

fn run_trial(patterns: &Path, name: &str) -> Result<Run, Failed> {
    let mut command = Command::new(env::current_exe()?);
    command.args([name, "--exact"]).env(PATTERNS, patterns).env_remove("BLESS");
    // On CI, words are compared whatever the release.
    command.env("CI", "true");
    Ok(capture(&mut command, LIMIT)?)
}

fn filter_matches_nothing() -> Result<(), Failed> {
    let run = capture(Command::new(env::current_exe()?).arg("no-such-entry"), LIMIT)?;
    if run.ending.success() || !run.stderr.contains("no trial of the catalog has `no-such-entry`") {
        return Err(format!("it ended with {}\n{}", run.ending, run.stderr).into());
    }
    Ok(())
}

fn server_is_missing() -> Result<(), Failed> {
    let missing = Unavailable::NotInstalled(Service::Postgres);
    let broken = Unavailable::Broken { service: Service::Postgres, reason: String::new() };
    for (unavailable, on_ci, ignored) in
        [(&missing, false, true), (&missing, true, false), (&broken, false, false)]
    {
        if trial::without(unavailable, on_ci).is_ok() != ignored {
            return Err(format!("wrong for {unavailable:?}, on CI: {on_ci}").into());
        }
    }
    Ok(())
}

/// What a program says and how it ends is seen in a fork as well, and nothing of it stays.
fn fork_fails_or_hangs(context: &Context) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let run = |source: &str, limit| -> Result<Run, Failed> {
        let path = folder.path().join("program.py");
        fs::write(&path, source)?;
        let mut prepared = Prepared::new(context.python().command(), context.services(), &[])?;
        Ok(context.warm()?.capture(&mut prepared, &path, limit)?)
    };
    let names = "print(sorted(name for name in globals() if not name.startswith('__')))";
    let failed = run(&format!("import sys\n{names}\nsys.exit('no')"), LIMIT)?;
    let Run { stdout, stderr, ending } = &failed;
    if (stdout.as_str(), stderr.as_str()) != ("['sys']\n", "no\n")
        || ending.to_string() != "exit status: 1"
    {
        return Err(format!("{failed:?}").into());
    }
    // What it leaves is taken apart at its end, which can also be heard.
    let leaves = "class Own:\n  def __init__(self): self.me = self\n  \
                  def __del__(self): print('gone')\n\
                  async def job(): pass\nown, forgotten = Own(), job()";
    let left = run(leaves, LIMIT)?;
    if left.stdout != "gone\n" || !left.stderr.contains("'job' was never awaited") {
        return Err(format!("{left:?}").into());
    }
    let child =
        "import subprocess, time\nsubprocess.Popen(['sleep', '600'])\nprint('on', flush=True)";
    let hangs = run(&format!("{child}\ntime.sleep(600)"), Duration::from_secs(2))?;
    if hangs.ending != Ending::TimedOut(Duration::from_secs(2)) || hangs.stdout != "on\n" {
        return Err(format!("{hangs:?}").into());
    }
    Ok(())
}
