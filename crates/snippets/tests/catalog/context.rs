//! What all trials share: the catalog, the servers, the Python environment, the binaries.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use counterpart_catalog::{Catalog, Diagnostic, Entry, Lang, Tree};
use counterpart_runner::{Python, Run, Services, Warm};
use libtest_mimic::Conclusion;

use crate::instrumented::Instrumented;
use crate::trial::Case;

/// Names another catalog than that of the checkout: the tests of the tests break a copy.
pub(crate) const PATTERNS: &str = "COUNTERPART_PATTERNS";

/// Made once, before the first trial; the servers stop when it is dropped.
pub(crate) struct Context {
    pub(crate) catalog: Catalog,
    /// The checkout.
    pub(crate) root: PathBuf,
    /// The catalog's folder: `patterns/`, or a changed copy of it.
    pub(crate) patterns: PathBuf,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) bless: Bless,
    // Before the folders that it uses.
    warm: OnceLock<Result<Warm, String>>,
    services: OnceLock<Services>,
    python: OnceLock<Python>,
    instrumented: OnceLock<Result<Instrumented, String>>,
    /// What [`crate::lines::in_a_fork`] found out about each entry.
    pub(crate) forked: HashMap<String, OnceLock<Result<BTreeSet<usize>, String>>>,
    /// What each program printed, so that it runs once for all trials that ask.
    pub(crate) runs: HashMap<(String, Lang), OnceLock<Result<Run, String>>>,
    notes: Mutex<BTreeSet<String>>,
}

/// What `BLESS` asks to be written instead of compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bless {
    Nothing,
    /// `BLESS=1`: the compiler's messages.
    Mistakes,
    /// `BLESS=transcripts`: what the programs print.
    Transcripts,
}

impl Context {
    pub(crate) fn new() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
        let patterns =
            std::env::var_os(PATTERNS).map_or_else(|| root.join("patterns"), PathBuf::from);
        let tree = Tree::read(&patterns).map_err(|error| format!("{error}: {}", error.source))?;
        let (catalog, diagnostics) = counterpart_catalog::check(&tree);
        let bless = match std::env::var("BLESS").as_deref() {
            Err(_) | Ok("") => Bless::Nothing,
            Ok("1") => Bless::Mistakes,
            Ok("transcripts") => Bless::Transcripts,
            Ok(other) => return Err(format!("BLESS is `1` or `transcripts`, not `{other}`")),
        };
        let slugs = catalog.entries.iter().map(|entry| entry.slug.clone());
        let forked = slugs.map(|slug| (slug, OnceLock::new())).collect();
        let runs = (catalog.entries.iter())
            .flat_map(|entry| Lang::BOTH.map(|lang| ((entry.slug.clone(), lang), OnceLock::new())))
            .collect();
        Ok(Self {
            catalog,
            root,
            patterns,
            diagnostics,
            bless,
            services: OnceLock::new(),
            python: OnceLock::new(),
            instrumented: OnceLock::new(),
            warm: OnceLock::new(),
            forked,
            runs,
            notes: Mutex::default(),
        })
    }

    /// Makes ready what `cases` need: on the main thread, because the servers end with it.
    pub(crate) fn start(&self, cases: &[&Case]) -> Result<(), String> {
        if cases.iter().any(|case| case.runs_python()) {
            let lock = self.root.join("python/requirements.lock");
            let note = || eprintln!("installing the Python packages of `python/requirements.lock`");
            let python =
                Python::prepare(target_tmp(), &lock, note).map_err(|error| error.to_string())?;
            let _ = self.python.set(python);
        }
        let running = cases.iter().filter(|case| case.runs_programs());
        let needs = running.flat_map(|case| &self.entry(&case.slug).meta.needs);
        let services = Services::start(needs.map(String::as_str))
            .map_err(|error| format!("cannot make a temporary folder: {error}"))?;
        let _ = self.services.set(services);
        Ok(())
    }

    pub(crate) fn entry(&self, slug: &str) -> &Entry {
        self.catalog.entry(slug).expect("cases are made from entries")
    }

    pub(crate) fn services(&self) -> &Services {
        self.services.get().expect("started before the first trial")
    }

    pub(crate) fn python(&self) -> &Python {
        self.python.get().expect("started before the first trial")
    }

    /// The build that counts executed lines; made by the first trial that asks.
    pub(crate) fn instrumented(&self) -> Result<&Instrumented, &String> {
        self.instrumented.get_or_init(|| Instrumented::build(&self.root)).as_ref()
    }

    /// The interpreter that mutants are forked from: with what the programs import.
    pub(crate) fn warm(&self) -> Result<&Warm, String> {
        let start = || {
            let lines = self.catalog.entries.iter().flat_map(|entry| entry.python.source.lines());
            let imports =
                lines.filter(|line| line.starts_with("import ") || line.starts_with("from "));
            let modules: BTreeSet<&str> =
                imports.filter_map(|line| line.split_whitespace().nth(1)).collect();
            let folder = self.root.join("python/warm");
            Warm::start(self.python(), &folder, self.services(), modules)
                .map_err(|error| format!("cannot start Python: {error}"))
        };
        self.warm.get_or_init(start).as_ref().map_err(Clone::clone)
    }

    /// Adds a line to the summary, once.
    pub(crate) fn note(&self, line: String) {
        self.notes.lock().expect("no trial panics here").insert(line);
    }

    /// Prints what the list of trials does not say.
    pub(crate) fn summary(&self, conclusion: &Conclusion) {
        for line in self.notes.lock().expect("no trial panics here").iter() {
            eprintln!("note: {line}");
        }
        if conclusion.num_filtered_out == 0 && conclusion.num_passed > 0 {
            eprintln!("{}", self.ledger());
        }
    }

    fn ledger(&self) -> String {
        let metas = || self.catalog.entries.iter().map(|entry| &entry.meta);
        let items: BTreeSet<_> = metas().flat_map(|meta| &meta.guide).map(|at| &at.id).collect();
        let findings: BTreeSet<_> =
            metas().flat_map(|meta| &meta.findings).map(|at| &at.id).collect();
        let ledger = &self.catalog.ledger;
        format!(
            "{} entries answer {} of {} guide items and {} of {} findings",
            self.catalog.entries.len(),
            items.len(),
            ledger.items.len(),
            findings.len(),
            ledger.findings.len()
        )
    }
}

/// A folder in cargo's target folder that is ours.
pub(crate) fn target_tmp() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}
