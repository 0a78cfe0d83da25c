//! The Rust project: `Cargo.toml`, a pruned `Cargo.lock`, and the program.

mod lock;

use std::fmt::Write as _;

use counterpart_catalog::Entry;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::ProjectError;
use crate::rust_paths::crates;
use lock::{Lock, Unused};

static WORKSPACE: &str = include_str!("../../Cargo.toml");
static SNIPPETS: &str = include_str!("../../crates/snippets/Cargo.toml");
static LOCK: &str = include_str!("../../Cargo.lock");
static UNUSED: &str = include_str!("../../crates/snippets/unused.toml");

/// The crate of this workspace whose dependencies the programs use.
const PROGRAMS: &str = "counterpart-snippets";

pub(super) fn files(entry: &Entry) -> Result<Vec<(&'static str, String)>, ProjectError> {
    let workspace: Table = parsed("Cargo.toml", WORKSPACE)?;
    let snippets: Table = parsed("crates/snippets/Cargo.toml", SNIPPETS)?;
    let lock: Lock = parsed("Cargo.lock", LOCK)?;
    let unused: Unused = parsed("crates/snippets/unused.toml", UNUSED)?;

    let source = entry.rust.without_markers();
    let used = crates(&source);
    let shared = workspace.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let dependencies = snippets.get("dependencies").and_then(Value::as_table);
    let dependencies = dependencies.into_iter().flatten();
    let dependencies: Vec<(&str, Dependency)> = dependencies
        .filter(|(name, _)| used.contains(&name.replace('-', "_")))
        .map(|(name, here)| {
            let shared = shared.and_then(|shared| shared.get(name));
            (name.as_str(), Dependency::new(shared, here))
        })
        .collect();
    let names: Vec<&str> = dependencies.iter().map(|(name, _)| *name).collect();
    Ok(vec![
        ("Cargo.toml", manifest(&entry.slug, &workspace, &dependencies)),
        ("Cargo.lock", lock.pruned(&unused, PROGRAMS, &names, &entry.slug)?),
        ("src/main.rs", source),
    ])
}

fn parsed<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, ProjectError> {
    toml::from_str(text).map_err(|source| ProjectError::Damaged { file, source })
}

fn manifest(slug: &str, workspace: &Table, dependencies: &[(&str, Dependency)]) -> String {
    let package = workspace.get("workspace").and_then(|workspace| workspace.get("package"));
    let mut text = format!("[package]\nname = \"{slug}\"\nversion = \"0.1.0\"\n");
    for key in ["edition", "rust-version"] {
        if let Some(value) = package.and_then(|package| package.get(key)) {
            let _ = writeln!(text, "{key} = {value}");
        }
    }
    text.push_str("publish = false\n\n[dependencies]\n");
    for (name, dependency) in dependencies {
        let _ = writeln!(text, "{name} = {}", dependency.written());
    }
    // Cargo would take it for a part of any workspace that the folder is in.
    text.push_str("\n[workspace]\n");
    text
}

/// What a manifest says about a dependency.
struct Dependency {
    version: String,
    default_features: bool,
    features: Vec<String>,
}

impl Dependency {
    /// From the table of the workspace, if the crate takes it from there, and from the crate's own.
    fn new(shared: Option<&Value>, here: &Value) -> Self {
        let shared = shared.filter(|_| here.get("workspace").is_some());
        let both = [shared, Some(here)].into_iter().flatten();
        let mut dependency =
            Self { version: String::new(), default_features: true, features: Vec::new() };
        for value in both {
            let version = value.as_str().or(value.get("version").and_then(Value::as_str));
            if let Some(version) = version {
                version.clone_into(&mut dependency.version);
            }
            let default = value.get("default-features").and_then(Value::as_bool);
            dependency.default_features = default.unwrap_or(dependency.default_features);
            let features = value.get("features").and_then(Value::as_array);
            let features = features.into_iter().flatten().filter_map(Value::as_str);
            dependency.features.extend(features.map(str::to_owned));
        }
        dependency
    }

    fn written(&self) -> String {
        let Self { version, default_features, features } = self;
        if *default_features && features.is_empty() {
            return format!("{version:?}");
        }
        let mut text = format!("{{ version = {version:?}");
        text.push_str(if *default_features { "" } else { ", default-features = false" });
        if !features.is_empty() {
            let _ = write!(text, ", features = {features:?}");
        }
        text.push_str(" }");
        text
    }
}

#[cfg(test)]
mod tests {
    use toml::Table;

    use super::Dependency;

    #[test]
    fn a_dependency_is_written_in_full() {
        for (text, expected) in [
            ("here = '1.2'", r#""1.2""#),
            ("shared = '1.2'\n[here]\nworkspace = true", r#""1.2""#),
            (
                "shared = '1'\nhere = { workspace = true, features = ['a', 'b'] }",
                r#"{ version = "1", features = ["a", "b"] }"#,
            ),
            (
                "shared = { version = '1', features = ['a'] }
                here = { workspace = true, features = ['b'] }",
                r#"{ version = "1", features = ["a", "b"] }"#,
            ),
            (
                "here = { version = '1', default-features = false }",
                r#"{ version = "1", default-features = false }"#,
            ),
            ("shared = '2'\nhere = { version = '1' }", r#""1""#),
        ] {
            let table: Table = toml::from_str(text).expect("TOML");
            let dependency = Dependency::new(table.get("shared"), &table["here"]);
            assert_eq!(dependency.written(), expected, "{text}");
        }
    }
}
