//! Which dependencies in `Cargo.lock` a crate does without: asks cargo, crate by crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

const HEAD: &str = "\
# Dependencies in Cargo.lock that a crate does without when it is the only one: something else in
# the workspace asks for the feature that needs them. `counterpart get` leaves them out.
# Made by a test: BLESS=1 cargo test --workspace --test cli get
";

/// Name and version.
type Id = (String, String);

/// A lock: packages, and what each needs, as the lock writes it and as it means it.
struct Lock(BTreeMap<Id, Vec<(String, Id)>>);

impl Lock {
    fn parse(text: &str) -> Self {
        let lock: Table = toml::from_str(text).expect("TOML");
        let packages = lock["package"].as_array().expect("a list");
        let id = |package: &Value| {
            let text = |key| package[key].as_str().unwrap_or_default().to_owned();
            (text("name"), text("version"))
        };
        let ids: Vec<Id> = packages.iter().map(id).collect();
        let meant = |written: &str| {
            let (name, version) = written.split_once(' ').unwrap_or((written, ""));
            let is_meant = |id: &&Id| id.0 == name && (version.is_empty() || id.1 == version);
            ids.iter().find(is_meant).expect(written).clone()
        };
        let needs = |package: &Value| {
            let needs = package.get("dependencies").and_then(Value::as_array);
            let needs = needs.into_iter().flatten().filter_map(Value::as_str);
            needs.map(|written| (written.to_owned(), meant(written))).collect()
        };
        Self(packages.iter().map(|package| (id(package), needs(package))).collect())
    }
}

/// The text of `crates/snippets/unused.toml` as it should be.
pub(crate) fn table(root: &Path, cargo: &dyn Fn(&Path, &[&str])) -> String {
    let read = |path: &str| fs::read_to_string(root.join(path)).expect(path);
    let snippets: Table = toml::from_str(&read("crates/snippets/Cargo.toml")).expect("TOML");
    let workspace: Table = toml::from_str(&read("Cargo.toml")).expect("TOML");
    let all = Lock::parse(&read("Cargo.lock"));
    let mut text = HEAD.to_owned();
    for (name, dependency) in snippets["dependencies"].as_table().expect("a table") {
        let project = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, text: &str| {
            fs::write(project.path().join(path), text).expect("a writable folder");
        };
        let dependencies = Table::from_iter([(name.clone(), dependency.clone())]);
        let shared = Table::from_iter([(
            "dependencies".to_owned(),
            workspace["workspace"]["dependencies"].clone(),
        )]);
        let mut manifest: Table = toml::from_str(
            "package = { name = 'one-crate', version = '0.1.0', edition = '2024' }\n\
             lib = { path = 'lib.rs' }\n",
        )
        .expect("TOML");
        manifest.insert("dependencies".to_owned(), dependencies.into());
        manifest.insert("workspace".to_owned(), shared.into());
        write("Cargo.toml", &manifest.to_string());
        write("Cargo.lock", &read("Cargo.lock"));
        write("lib.rs", "");
        cargo(project.path(), &["tree", "--quiet", "--offline"]);
        let left = fs::read_to_string(project.path().join("Cargo.lock")).expect("a lock");
        add(&mut text, name, &all, &Lock::parse(&left));
    }
    text
}

fn add(text: &mut String, name: &str, all: &Lock, left: &Lock) {
    let mut head = format!("\n[{name}]\n");
    for (id, kept) in &left.0 {
        let unused = all.0.get(id).into_iter().flatten();
        let unused = unused.filter(|(_, need)| kept.iter().all(|(_, other)| other != need));
        let unused: Vec<&str> = unused.map(|(written, _)| written.as_str()).collect();
        if !unused.is_empty() {
            text.push_str(&std::mem::take(&mut head));
            let _ = writeln!(text, "\"{} {}\" = {unused:?}", id.0, id.1);
        }
    }
}
