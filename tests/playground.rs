//! Every program that opens in the Rust Playground builds with the Playground's crates, and prints
//! its transcript; no change that `mutations.toml` makes to a `playground.rs` leaves it the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use counterpart::links::{NoPlayground, Playground};
use counterpart_catalog::{Catalog, Tree};
use counterpart_runner::{Run, capture};
use serde_json::Value;

/// The Playground stops a program, with its build, after ten seconds; a loaded machine gets more.
const LIMIT: Duration = Duration::from_mins(1);
/// A changed program may hang: then it does not print the transcript.
const CHANGED_LIMIT: Duration = Duration::from_secs(20);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn catalog() -> Catalog {
    counterpart_catalog::check(&Tree::read(&root().join("patterns")).expect("a catalog")).0
}

/// A program that is built there.
struct Program<'a> {
    code: String,
    transcript: &'a str,
    /// What was changed, and must be noticed.
    breaks: Option<&'a str>,
}

/// The programs that have a link, by slug, as the link spells them, and changed ones; what the
/// others lack is printed.
fn programs(catalog: &Catalog) -> BTreeMap<String, Program<'_>> {
    let playground = Playground::new().expect("a list of crates");
    let mut programs = BTreeMap::new();
    let mut links = 0;
    for entry in &catalog.entries {
        let slug = &entry.slug;
        let url = match playground.link(entry) {
            Ok(url) => url,
            Err(why) => {
                assert!(entry.smaller.is_none(), "`{slug}/playground.rs` has no link: {why}");
                println!("{slug}: {why}");
                continue;
            }
        };
        links += 1;
        println!("{slug}: {} characters", url.as_str().len());
        let code = url.query_pairs().find(|(name, _)| name == "code").expect("a program").1;
        let transcript = entry.for_playground().1;
        let program = |code, breaks| Program { code, transcript, breaks };
        programs.insert(slug.clone(), program(code.to_string(), None));
        let Some(smaller) = &entry.smaller else { continue };
        let why = playground.why_smaller(entry);
        assert!(why.is_some(), "`{slug}/rust.rs` has a link: remove `playground.rs`");
        for mutation in &smaller.mutations {
            // Changed programs teach nothing, so they need not be tidy.
            let code = format!("#![allow(warnings)]\n{}", mutation.apply(&code));
            let name = format!("{slug}-mutant-{}", mutation.name);
            programs.insert(name, program(code, Some(&mutation.breaks)));
        }
    }
    println!("{links} of {} programs open in the Playground", catalog.entries.len());
    programs
}

/// A copy of `playground/` with the programs in it. A file that is right already is left as it is,
/// so that cargo builds what is new.
fn workspace(programs: &BTreeMap<String, Program<'_>>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("playground");
    let bins = folder.join("src/bin");
    fs::create_dir_all(&bins).expect("a folder");
    for file in fs::read_dir(&bins).expect("a folder of ours") {
        let path = file.expect("a file").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if !programs.contains_key(name.as_ref()) {
            fs::remove_file(&path).expect("a file of ours");
        }
    }
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join("playground").join(file), folder.join(file)).expect(file);
    }
    for (name, program) in programs {
        let path = bins.join(name).with_extension("rs");
        if fs::read_to_string(&path).is_ok_and(|old| old == program.code) {
            continue;
        }
        fs::write(&path, &program.code).expect("a file");
    }
    folder
}

#[test]
fn every_program_with_a_link_builds_there_and_prints_its_transcript() {
    let catalog = catalog();
    let programs = programs(&catalog);
    let folder = workspace(&programs);
    let target = folder.join("target");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--quiet", "--bins"])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(&folder)
        .status()
        .expect("cargo starts");
    assert!(
        status.success(),
        "a program that has a link does not build with the Playground's crates; a crate that is \
         missing goes into playground/Cargo.toml and, if the Playground has it, crates.json"
    );
    let run = |name: &str, limit| -> Run {
        let program = target.join("debug").join(name).with_extension(env::consts::EXE_EXTENSION);
        capture(&mut Command::new(program), limit).expect("it starts")
    };
    let mut wrong = Vec::new();
    for (name, Program { transcript, breaks, .. }) in &programs {
        match breaks {
            None => {
                let run = run(name, LIMIT);
                if !run.ending.success() || run.stdout != *transcript {
                    let Run { stdout, stderr, ending } = run;
                    wrong.push(format!("{name} ended with {ending}:\n{stdout}{stderr}\n"));
                }
            }
            Some(breaks) => {
                let run = run(name, CHANGED_LIMIT);
                if run.ending.success() && run.stdout == *transcript {
                    wrong.push(format!("{name} still prints the transcript: {breaks}\n"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "programs do not print what they should:\n{}", wrong.join("\n"));
}

#[test]
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

#[test]
fn a_program_without_a_link_says_what_it_lacks() {
    let playground = Playground::new().expect("a list of crates");
    let catalog = catalog();
    let entry = catalog.entry("await-method-chain-precedence").expect("an entry");
    assert_eq!(playground.link(entry), Err(NoPlayground::Crates(vec!["sqlx".to_owned()])));
}
