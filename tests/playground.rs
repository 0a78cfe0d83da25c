//! Every program that opens in the Rust Playground builds with the Playground's crates, and prints
//! its transcript.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use counterpart::links::{NoPlayground, Playground};
use counterpart_catalog::{Catalog, Lang, Tree};
use counterpart_runner::capture;
use serde_json::Value;

/// The Playground stops a program, with its build, after ten seconds; a loaded machine gets more.
const LIMIT: Duration = Duration::from_mins(1);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn catalog() -> Catalog {
    counterpart_catalog::check(&Tree::read(&root().join("patterns")).expect("a catalog")).0
}

/// The programs that have a link, by slug, as the link spells them; what the others lack is
/// printed.
fn programs(catalog: &Catalog) -> BTreeMap<&str, String> {
    let playground = Playground::new().expect("a list of crates");
    let mut programs = BTreeMap::new();
    for entry in &catalog.entries {
        match playground.link(entry) {
            Ok(url) => {
                let code = url.query_pairs().find(|(name, _)| name == "code");
                programs.insert(entry.slug.as_str(), code.expect("a program").1.into_owned());
            }
            Err(why) => println!("{}: {why}", entry.slug),
        }
    }
    println!("{} of {} programs open in the Playground", programs.len(), catalog.entries.len());
    programs
}

/// A copy of `playground/` with the programs in it.
fn workspace(programs: &BTreeMap<&str, String>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("playground");
    let bins = folder.join("src/bin");
    if bins.exists() {
        fs::remove_dir_all(&bins).expect("a folder of ours");
    }
    fs::create_dir_all(&bins).expect("a folder");
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join("playground").join(file), folder.join(file)).expect(file);
    }
    for (slug, code) in programs {
        fs::write(bins.join(slug).with_extension("rs"), code).expect("a file");
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
    let mut wrong = Vec::new();
    for slug in programs.keys() {
        let program = target.join("debug").join(slug).with_extension(env::consts::EXE_EXTENSION);
        let run = capture(&mut Command::new(program), LIMIT).expect("it starts");
        let expected = catalog.entry(slug).expect("an entry").transcript.of(Lang::Rust);
        if !run.ending.success() || run.stdout != expected {
            wrong
                .push(format!("{slug} ended with {}:\n{}{}\n", run.ending, run.stdout, run.stderr));
        }
    }
    assert!(wrong.is_empty(), "programs do not print their transcripts:\n{}", wrong.join("\n"));
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
