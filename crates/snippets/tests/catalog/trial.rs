//! The trials: their names, what they need, and which code runs them.

use std::sync::Arc;

use counterpart_catalog::{Catalog, Lang, Mutation};
use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::context::Context;
use crate::{lines, mistakes, programs};

/// One thing to prove about one entry.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    path: String,
    pub(crate) slug: String,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
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
}

/// All cases, those first that wait for nothing.
pub(crate) fn cases(catalog: &Catalog) -> Vec<Case> {
    let mut first = Vec::new();
    let mut last = Vec::new();
    for entry in &catalog.entries {
        let case = |what| Case { path: entry.path(), slug: entry.slug.clone(), what };
        first.extend([What::Program(Lang::Rust), What::Program(Lang::Python)].map(case));
        first.push(case(What::Pair));
        first.extend(entry.mutations.iter().cloned().map(What::Mutant).map(case));
        let mistakes = entry.mistakes.iter().map(|mistake| mistake.name.clone());
        last.extend(mistakes.map(What::Mistake).map(case));
        last.push(case(What::Lines));
    }
    first.append(&mut last);
    first
}

impl Case {
    fn name(&self) -> String {
        let path = &self.path;
        match &self.what {
            What::Program(lang) => format!("{path}::{lang}"),
            What::Pair => format!("{path}::pair"),
            What::Mutant(mutation) => format!("{path}::mutant-{}", mutation.name),
            What::Mistake(name) => format!("{path}::mistake-{name}"),
            What::Lines => format!("{path}::lines"),
        }
    }

    pub(crate) fn runs_python(&self) -> bool {
        match &self.what {
            What::Program(lang) => *lang == Lang::Python,
            What::Mutant(mutation) => mutation.lang == Lang::Python,
            What::Pair | What::Lines => true,
            What::Mistake(_) => false,
        }
    }

    pub(crate) fn runs_programs(&self) -> bool {
        !matches!(self.what, What::Mistake(_))
    }

    pub(crate) fn trial(&self, context: &Arc<Context>) -> Trial {
        let (case, context) = (self.clone(), context.clone());
        Trial::ignorable_test(self.name(), move || case.run(&context))
    }

    fn run(&self, context: &Context) -> Result<Completion, Failed> {
        let entry = context.entry(&self.slug);
        if self.runs_programs()
            && let Err(unavailable) = context.services().check(&entry.meta.needs)
        {
            let reason = unavailable.to_string();
            if !unavailable.is_missing() || on_ci() {
                return Err(reason.into());
            }
            context.ignored(reason.clone());
            return Ok(Completion::ignored_with(reason));
        }
        match &self.what {
            What::Program(lang) => programs::transcript(context, entry, *lang),
            What::Pair => programs::pair(context, entry),
            What::Mutant(mutation) => programs::mutant(context, entry, mutation),
            What::Mistake(name) => mistakes::mistake(context, entry, name),
            What::Lines => lines::lines(context, entry),
        }?;
        Ok(Completion::Completed)
    }
}

/// Where nothing may be missing.
fn on_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// The message for a filter that matches no trial.
pub(crate) fn nothing_matches(args: &Arguments, catalog: &Catalog) -> String {
    let filter = args.filter.as_deref().unwrap_or_default();
    let slugs: Vec<_> = catalog.entries.iter().map(|entry| entry.slug.as_str()).collect();
    format!(
        "no trial of the catalog has `{filter}` in its name\n\
         help: a name is `<category>/<slug>::` and one of `rust`, `python`, `pair`, `lines`, \
         `mutant-…`, `mistake-…`\n\
         help: the slugs are {}\n\
         help: `cargo test --workspace --test catalog -- --list` prints all names",
        slugs.join(", ")
    )
}
