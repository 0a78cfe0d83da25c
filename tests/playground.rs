//! Every program that opens in the Rust Playground builds with the Playground's crates, and prints
//! its transcript; no change that `mutations.toml` makes to a `playground.rs` leaves it the same.
//!
//! Trials are named `playground::<slug>` and `playground::<slug>::mutant-…`.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::LazyLock;
use std::time::Duration;
use std::{env, fs, thread};

use counterpart::links::{NoPlayground, Playground};
use counterpart_catalog::{Catalog, Tree};
use counterpart_runner::capture;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

/// The Playground stops a program, with its build, after ten seconds; a loaded machine gets more.
const LIMIT: Duration = Duration::from_mins(1);
/// A changed program may hang: then it does not print the transcript.
const CHANGED_LIMIT: Duration = Duration::from_secs(20);

/// What the programs are made of, and the folder where all of them are built by the first trial
/// that runs one.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    counterpart_catalog::check(&Tree::read(&root().join("patterns")).expect("a catalog")).0
});
static PROGRAMS: LazyLock<Vec<Program>> = LazyLock::new(programs);
static BUILT: LazyLock<Result<PathBuf, &str>> = LazyLock::new(|| build(&workspace(&PROGRAMS)));

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn main() -> ExitCode {
    let mut args = Arguments::from_args();
    // Programs wait more than they compute.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    args.test_threads.get_or_insert(2 * cores);
    let other: [(&str, fn()); 3] = [
        ("every-smaller-program-is-needed", every_smaller_program_is_needed),
        ("the-crates-are-those-of-the-snapshot", the_crates_are_those_of_the_snapshot),
        ("without-a-link", a_program_without_a_link_says_what_it_lacks),
    ];
    let mut trials: Vec<Trial> = other
        .into_iter()
        .map(|(name, run)| {
            Trial::test(format!("playground::{name}"), move || {
                run();
                Ok(())
            })
        })
        .collect();
    let run = |program: &'static Program| {
        let name = program.name.replacen("-mutant-", "::mutant-", 1);
        Trial::test(format!("playground::{name}"), || program.run())
    };
    trials.extend(PROGRAMS.iter().map(run));
    libtest_mimic::run(&args, trials).exit_code()
}

/// A program that is built there.
struct Program {
    /// That of its binary.
    name: String,
    code: String,
    transcript: &'static str,
    /// What was changed, and must be noticed.
    breaks: Option<&'static str>,
}

impl Program {
    fn run(&self) -> Result<(), Failed> {
        let Self { name, transcript, breaks, .. } = self;
        let folder = BUILT.as_ref()?;
        let binary = folder.join(name).with_extension(env::consts::EXE_EXTENSION);
        let limit = if breaks.is_some() { CHANGED_LIMIT } else { LIMIT };
        let run = capture(&mut Command::new(binary), limit)?;
        let prints = run.ending.success() && run.stdout == *transcript;
        match breaks {
            None if !prints => {
                Err(format!("it ended with {}:\n{}{}", run.ending, run.stdout, run.stderr).into())
            }
            Some(breaks) if prints => {
                Err(format!("it still prints the transcript: {breaks}").into())
            }
            _ => Ok(()),
        }
    }
}

/// The programs that have a link, as the link spells them, and changed ones; what the others lack
/// is printed.
fn programs() -> Vec<Program> {
    let playground = Playground::new().expect("a list of crates");
    let mut programs = Vec::new();
    for entry in &CATALOG.entries {
        let slug = &entry.slug;
        let url = match playground.link(entry) {
            Ok(url) => url,
            Err(why) => {
                println!("{slug} has no link to the Playground: {why}");
                continue;
            }
        };
        let code = url.query_pairs().find(|(name, _)| name == "code").expect("a program").1;
        let transcript = entry.for_playground().1;
        let program = |name, code, breaks| Program { name, code, transcript, breaks };
        programs.push(program(slug.clone(), code.to_string(), None));
        for mutation in entry.smaller.iter().flat_map(|smaller| &smaller.mutations) {
            // Changed programs teach nothing, so they need not be tidy.
            let code = format!("#![allow(warnings)]\n{}", mutation.apply(&code));
            let name = format!("{slug}-mutant-{}", mutation.name);
            programs.push(program(name, code, Some(&mutation.breaks)));
        }
    }
    programs
}

/// A copy of `playground/` with the programs in it. A file that is right already is left as it is,
/// so that cargo builds what is new.
fn workspace(programs: &[Program]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("playground");
    let bins = folder.join("src/bin");
    fs::create_dir_all(&bins).expect("a folder");
    for file in fs::read_dir(&bins).expect("a folder of ours") {
        let path = file.expect("a file").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if !programs.iter().any(|program| program.name == name) {
            fs::remove_file(&path).expect("a file of ours");
        }
    }
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join("playground").join(file), folder.join(file)).expect(file);
    }
    for Program { name, code, .. } in programs {
        let path = bins.join(name).with_extension("rs");
        if fs::read_to_string(&path).is_ok_and(|old| old == *code) {
            continue;
        }
        fs::write(&path, code).expect("a file");
    }
    folder
}

/// Builds a workspace; gives the folder of its binaries.
fn build(workspace: &Path) -> Result<PathBuf, &'static str> {
    let target = workspace.join("target");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--quiet", "--bins"])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(workspace)
        .status()
        .map_err(|_| "cargo does not start")?;
    if !status.success() {
        return Err(
            "a program that has a link does not build with the Playground's crates; a crate \
             that is missing goes into playground/Cargo.toml and, if the Playground has it, \
             crates.json",
        );
    }
    Ok(target.join("debug"))
}

fn every_smaller_program_is_needed() {
    let playground = Playground::new().expect("a list of crates");
    for entry in CATALOG.entries.iter().filter(|entry| entry.smaller.is_some()) {
        let slug = &entry.slug;
        let link = playground.link(entry);
        assert!(link.is_ok(), "`{slug}/playground.rs` has no link: {link:?}");
        let why = playground.why_smaller(entry);
        assert!(why.is_some(), "`{slug}/rust.rs` has a link: remove `playground.rs`");
    }
}

fn the_crates_are_those_of_the_snapshot() {
    let read = |file: &str| fs::read_to_string(root().join("playground").join(file)).expect(file);
    let snapshot: Value = serde_json::from_str(&read("crates.json")).expect("JSON");
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let dependencies = manifest["dependencies"].as_table().expect("a table");
    for (name, dependency) in dependencies {
        let known = snapshot["crates"].as_array().expect("a list").iter();
        let known = known.clone().find(|known| known["name"] == **name).expect(name);
        let version = dependency.get("version").unwrap_or(dependency).as_str().expect(name);
        assert_eq!(format!("={}", known["version"].as_str().expect(name)), version, "{name}");
        for feature in
            dependency.get("features").and_then(toml::Value::as_array).into_iter().flatten()
        {
            let feature = feature.as_str().expect(name);
            let features = known["features"].as_array().expect(name);
            assert!(features.iter().any(|known| known == feature), "{name}: {feature}");
        }
    }
}

fn a_program_without_a_link_says_what_it_lacks() {
    let playground = Playground::new().expect("a list of crates");
    let entry = CATALOG.entry("await-method-chain-precedence").expect("an entry");
    assert_eq!(playground.link(entry), Err(NoPlayground::Crates(vec!["sqlx".to_owned()])));
}
