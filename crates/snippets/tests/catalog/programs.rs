//! Runs programs, their mutants, and compares what they print.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use counterpart_catalog::{Entry, Lang, Mutation, Parity, Transcript};
use counterpart_runner::{Prepared, Run, capture};
use libtest_mimic::Failed;

use crate::context::{Bless, Context};
use crate::{lines, verdict};

/// A program that runs longer hangs: the slowest take two seconds.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);
/// A mutant may hang: that is a way to turn red.
const MUTANT_LIMIT: Duration = Duration::from_secs(20);

/// `::python`, `::rust`: the program prints its transcript.
pub(crate) fn transcript(context: &Context, entry: &Entry, lang: Lang) -> Result<(), Failed> {
    let run = program(context, entry, lang)?;
    let file = transcript_file(entry, lang);
    if context.bless == Bless::Transcripts && run.ending.success() {
        return Ok(fs::write(context.patterns.join(entry.path()).join(file), &run.stdout)?);
    }
    Ok(verdict::prints(entry.transcript.of(lang), run, &file)?)
}

/// Runs the program of one side, whether it ran before or not, and compares its transcript.
pub(crate) fn once(context: &Context, entry: &Entry, lang: Lang) -> Result<(), String> {
    let run = run(context, entry, command(context, entry, lang), LIMIT)?;
    verdict::prints(entry.transcript.of(lang), &run, &transcript_file(entry, lang))
}

pub(crate) fn transcript_file(entry: &Entry, lang: Lang) -> String {
    match entry.transcript {
        Transcript::Same(_) => "expected.txt".to_owned(),
        Transcript::Differs { .. } => format!("expected.{lang}.txt"),
    }
}

/// `::pair`: what was really printed is the same on both sides, or differs as declared.
pub(crate) fn pair(context: &Context, entry: &Entry) -> Result<(), Failed> {
    let [python, rust] = Lang::BOTH.map(|lang| program(context, entry, lang));
    let (python, rust) = (&python?.stdout, &rust?.stdout);
    match &entry.meta.parity {
        Parity::Same if python != rust => {
            let diff = verdict::diff(python, rust, "python.py", "rust.rs");
            Err(format!("the programs do not print the same\n{diff}").into())
        }
        Parity::Differs(why) if python == rust => {
            Err(format!("both programs print the same, but `parity` says: {why}").into())
        }
        _ => Ok(()),
    }
}

/// `::mutant-…`: the changed program does not print the transcript.
pub(crate) fn mutant(context: &Context, entry: &Entry, mutation: &Mutation) -> Result<(), Failed> {
    let run = match mutation.lang {
        Lang::Rust => {
            let name = format!("{}::mutant-{}", entry.slug, mutation.name);
            run(context, entry, rust(&name), MUTANT_LIMIT)?
        }
        Lang::Python => {
            // It must not turn red for the fork alone.
            lines::in_a_fork(context, entry)?;
            let folder = tempfile::tempdir()?;
            let path = folder.path().join(Lang::Python.file_name());
            fs::write(&path, mutation.apply(&entry.python.source))?;
            let command = python(context, &path);
            let mut prepared = Prepared::new(command, context.services(), &entry.meta.needs)?;
            context.warm()?.capture(&mut prepared, &path, MUTANT_LIMIT)?
        }
    };
    if verdict::prints(entry.transcript.of(mutation.lang), &run, "").is_ok() {
        let Mutation { name, breaks, .. } = mutation;
        return Err(format!(
            "`{name}` changes the program, and nobody notices: it still prints its transcript\n\
             it should break this: {breaks}"
        )
        .into());
    }
    Ok(())
}

/// What the program of one side prints; it runs once, however many trials ask.
fn program<'a>(context: &'a Context, entry: &Entry, lang: Lang) -> Result<&'a Run, Failed> {
    let once = &context.runs[&(entry.slug.clone(), lang)];
    let result = once.get_or_init(|| run(context, entry, command(context, entry, lang), LIMIT));
    Ok(result.as_ref()?)
}

/// The command that runs the program of one side.
fn command(context: &Context, entry: &Entry, lang: Lang) -> Command {
    match lang {
        Lang::Python => {
            python(context, &context.patterns.join(entry.path()).join(lang.file_name()))
        }
        Lang::Rust => rust(&entry.slug),
    }
}

fn python(context: &Context, file: &Path) -> Command {
    let mut command = context.python().command();
    command.arg(file);
    command
}

fn rust(name: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterpart-snippets"));
    command.arg(name);
    command
}

/// Runs a command in the environment of an entry's programs.
fn run(context: &Context, entry: &Entry, command: Command, limit: Duration) -> Result<Run, String> {
    let mut prepared = Prepared::new(command, context.services(), &entry.meta.needs)
        .map_err(|error| error.to_string())?;
    capture(prepared.command(), limit).map_err(|error| format!("cannot run a program: {error}"))
}
