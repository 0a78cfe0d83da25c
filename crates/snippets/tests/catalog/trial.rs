//! The trials: their names, what they need, and which code runs them.

use std::sync::Arc;

use counterpart_catalog::{Catalog, Lang, Mutation};
use counterpart_runner::Unavailable;
use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::context::{Bless, Context};
use crate::itself::{self, Breakage};
use crate::linters::Linter;
use crate::{lines, mistakes, programs};

/// One thing to prove, nearly always about an entry.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// `<category>/<slug>`
    path: String,
    pub(crate) slug: String,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// `counterpart check` has nothing to say.
    Check,
    /// The program prints its transcript.
    Program(Lang),
    /// Both print the same, or honestly not.
    Pair,
    /// The changed program does not print the transcript.
    Mutant(Mutation),
    /// The compiler says what it should.
    Mistake(String),
    /// Every displayed line runs.
    Lines,
    /// A configuration that `counterpart lints` prints works.
    Linter(Linter),
    /// These trials turn red when they should.
    Itself(Breakage),
}

/// All cases, those first that wait for nothing.
pub(crate) fn cases(catalog: &Catalog) -> Vec<Case> {
    let of_all = |path: &str, what| Case { path: path.to_owned(), slug: String::new(), what };
    let mut first = vec![of_all("catalog", What::Check)];
    let mut last = Vec::new();
    for entry in &catalog.entries {
        let case = |what| Case { path: entry.path(), slug: entry.slug.clone(), what };
        first.extend(
            [What::Check, What::Program(Lang::Rust), What::Program(Lang::Python)].map(case),
        );
        first.push(case(What::Pair));
        first.extend(entry.mutations.iter().cloned().map(What::Mutant).map(case));
        let mistakes = entry.mistakes.iter().map(|mistake| mistake.name.clone());
        last.extend(mistakes.map(What::Mistake).map(case));
        last.push(case(What::Lines));
    }
    last.extend(Linter::ALL.map(|linter| of_all("catalog", What::Linter(linter))));
    first.append(&mut last);
    first.extend(Breakage::ALL.map(|breakage| of_all("harness", What::Itself(breakage))));
    first
}

impl Case {
    pub(crate) fn name(&self) -> String {
        let path = &self.path;
        match &self.what {
            What::Check => format!("{path}::check"),
            What::Program(lang) => format!("{path}::{lang}"),
            What::Pair => format!("{path}::pair"),
            What::Mutant(mutation) => format!("{path}::mutant-{}", mutation.name),
            What::Mistake(name) => format!("{path}::mistake-{name}"),
            What::Lines => format!("{path}::lines"),
            What::Linter(linter) => format!("{path}::{}", linter.name()),
            What::Itself(breakage) => format!("{path}::{}", breakage.name()),
        }
    }

    /// The program that this is about and nothing else.
    pub(crate) fn program(&self) -> Option<Lang> {
        if let What::Program(lang) = self.what { Some(lang) } else { None }
    }

    pub(crate) fn runs_python(&self) -> bool {
        match &self.what {
            What::Program(lang) => *lang == Lang::Python,
            What::Mutant(mutation) => mutation.lang == Lang::Python,
            What::Pair | What::Lines => true,
            What::Itself(breakage) => *breakage == Breakage::Fork,
            What::Check | What::Mistake(_) | What::Linter(_) => false,
        }
    }

    pub(crate) fn runs_programs(&self) -> bool {
        !matches!(self.what, What::Check | What::Mistake(_) | What::Linter(_) | What::Itself(_))
    }

    pub(crate) fn trial(&self, context: &Arc<Context>) -> Trial {
        let (case, context) = (self.clone(), context.clone());
        Trial::ignorable_test(self.name(), move || {
            let result = case.run(&context);
            if let Ok(Completion::Ignored { reason: Some(reason) }) = &result {
                context.note(format!("trials were ignored: {reason}"));
            }
            result
        })
    }

    fn run(&self, context: &Context) -> Result<Completion, Failed> {
        let entry = || context.entry(&self.slug);
        if self.runs_programs()
            && let Err(unavailable) = context.services().check(&entry().meta.needs)
        {
            return without(&unavailable, on_ci());
        }
        match &self.what {
            What::Mistake(name) => return mistakes::mistake(context, entry(), name),
            What::Linter(linter) => return linter.reports(context),
            What::Check => self.check(context),
            What::Program(lang) => programs::transcript(context, entry(), *lang),
            What::Pair => programs::pair(context, entry()),
            What::Mutant(mutation) => programs::mutant(context, entry(), mutation),
            What::Lines => lines::lines(context, entry()),
            What::Itself(breakage) => itself::turns_red(context, *breakage),
        }?;
        Ok(Completion::Completed)
    }

    /// The diagnostics of an entry, or those that belong to none.
    fn check(&self, context: &Context) -> Result<(), Failed> {
        let entries = &context.catalog.entries;
        let within = |path: &str, folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let problems: Vec<String> = (context.diagnostics.iter())
            .filter(|problem| match self.slug.as_str() {
                "" => !entries.iter().any(|entry| within(&problem.path, &entry.path())),
                _ => within(&problem.path, &self.path),
            })
            .filter(|problem| !(problem.code == "C413" && context.bless == Bless::Mistakes))
            .map(|problem| format!("patterns/{problem}"))
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
    }
}

/// What becomes of a trial without its server.
pub(crate) fn without(server: &Unavailable, on_ci: bool) -> Result<Completion, Failed> {
    if server.is_missing() { missing(&server.to_string(), on_ci) } else { Err(server.into()) }
}

/// What becomes of a trial that needs something that is not installed: it is ignored, with the
/// command that installs it; but on CI nothing may be missing.
pub(crate) fn missing(reason: &str, on_ci: bool) -> Result<Completion, Failed> {
    if on_ci { Err(reason.into()) } else { Ok(Completion::ignored_with(reason)) }
}

/// Whether this is a place where nothing may be missing.
pub(crate) fn on_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// The message for a filter that matches no trial.
pub(crate) fn nothing_matches(args: &Arguments, catalog: &Catalog) -> String {
    let filter = args.filter.as_deref().unwrap_or_default();
    let slugs: Vec<_> = catalog.entries.iter().map(|entry| entry.slug.as_str()).collect();
    format!(
        "no trial of the catalog has `{filter}` in its name\n\
         help: a name is `<category>/<slug>::` and one of `check`, `rust`, `python`, `pair`, \
         `lines`, `mutant-…`, `mistake-…`\n\
         help: the slugs are {}\n\
         help: `cargo test --workspace --test catalog -- --list` prints all names",
        slugs.join(", ")
    )
}
