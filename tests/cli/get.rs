//! `counterpart get`: the projects that it writes stand for themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use counterpart_catalog::{Catalog, Lang, Tree};
use counterpart_runner::{Prepared, Python, Services, capture};

use crate::get_unused;
use crate::harness::{counterpart, in_folder};

const LIMIT: Duration = Duration::from_mins(2);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn catalog() -> Catalog {
    let tree = Tree::read(&root().join("patterns")).expect("a readable folder");
    counterpart_catalog::check(&tree).0
}

/// Gets an entry; it is in `folder` then.
#[track_caller]
fn get(folder: &Path, slug: &str) {
    let target = folder.to_string_lossy();
    counterpart(&["get", slug, &target, "--base-url", "https://example.org/async"]).ok();
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Cargo in a project; builds go to one folder, so that most is built once.
fn cargo(project: &Path, arguments: &[&str]) {
    let output = counterpart_runner::cargo(project)
        .args(arguments)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("get"))
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a program prints, in the environment that the programs of the catalog are run in.
fn printed(command: Command) -> String {
    let services = Services::start([]).expect("a temporary folder");
    let mut prepared = Prepared::new(command, &services, &[]).expect("a folder");
    let run = capture(prepared.command(), LIMIT).expect("the program starts");
    assert!(run.ending.success(), "{}: {}", run.ending, run.stderr);
    run.stdout
}

#[test]
fn both_projects_are_complete_and_name_just_what_they_use() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("new/folder");
    get(&target, "AP001#core");
    let readme = read(target.join("README.md"));
    for part in [
        "# Run a fixed set of operations concurrently\n",
        "<https://example.org/async/p/concurrent-join/>",
        "python3 main.py",
        "cargo run --locked",
        "expected.txt",
    ] {
        assert!(readme.contains(part), "{part:?} is not in {readme}");
    }
    assert!(!readme.contains("requirements.lock") && !readme.contains("Services"), "{readme}");
    assert!(!target.join("python/requirements.lock").exists());
    let manifest: toml::Table =
        toml::from_str(&read(target.join("rust/Cargo.toml"))).expect("TOML");
    let crates: Vec<&String> =
        manifest["dependencies"].as_table().expect("a table").keys().collect();
    assert_eq!(crates, ["anyhow", "tokio"]);
    let lock = read(target.join("rust/Cargo.lock"));
    assert!(lock.contains("name = \"tokio\"") && !lock.contains("name = \"axum\""));

    let catalog = catalog();
    let entry = catalog.entry("concurrent-join").expect("the entry is there");
    for (lang, program) in [(Lang::Python, "main.py"), (Lang::Rust, "src/main.rs")] {
        let project = target.join(lang.as_str());
        assert_eq!(read(project.join("expected.txt")), entry.transcript.of(lang));
        let source = read(project.join(program));
        assert_eq!(source, entry.program(lang).without_markers());
        assert!(!source.contains("ANCHOR"), "{source}");
    }
}

#[test]
fn packages_and_services_are_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    get(folder.path(), "transaction-per-request");
    let project: toml::Table =
        toml::from_str(&read(folder.path().join("python/pyproject.toml"))).expect("TOML");
    let packages = project["project"]["dependencies"].as_array().expect("a list");
    let names: Vec<&str> = packages
        .iter()
        .filter_map(|package| package.as_str()?.split_once("==").map(|(name, _)| name))
        .collect();
    let expected = ["asyncpg", "fastapi", "greenlet", "httpx", "pydantic", "sqlalchemy", "uvicorn"];
    assert_eq!(names, expected);
    let lock = read(folder.path().join("python/requirements.lock"));
    assert!(lock.contains("\nstarlette==") && !lock.contains("pytest"), "{lock}");
    let readme = read(folder.path().join("README.md"));
    for part in ["PostgreSQL", "POSTGRES_URL", "--require-hashes -r requirements.lock"] {
        assert!(readme.contains(part), "{part:?} is not in {readme}");
    }
}

#[test]
fn cargo_accepts_the_lock_of_every_entry() {
    let mut seen = BTreeSet::new();
    for entry in &catalog().entries {
        let folder = tempfile::tempdir().expect("a temporary folder");
        get(folder.path(), &entry.slug);
        let manifest = read(folder.path().join("rust/Cargo.toml"));
        let dependencies = manifest.split("[dependencies]").nth(1).expect("a table").to_owned();
        if seen.insert(dependencies) {
            cargo(&folder.path().join("rust"), &["tree", "--quiet", "--locked", "--offline"]);
        }
    }
}

#[test]
fn what_a_crate_does_without_is_what_cargo_leaves_out() {
    let path = root().join("crates/snippets/unused.toml");
    let now = get_unused::table(root(), &cargo);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, now).expect("a writable file");
        return;
    }
    let help = "`BLESS=1 cargo test --workspace --test cli get` writes it";
    assert_eq!(read(path), now, "unused.toml is not up to date: {help}");
}

/// One with tokio alone, one with axum and reqwest, one with sqlx and `SQLite`.
#[test]
fn projects_are_built_and_print_their_transcripts() {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let lock = root().join("python/requirements.lock");
    let python = Python::prepare(temporary, &lock, || ()).expect("a Python environment");
    for slug in ["concurrent-join", "blocking-http-client-in-async", "unawaited-coroutine"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        get(folder.path(), slug);
        let rust = folder.path().join("rust");
        cargo(&rust, &["build", "--quiet", "--locked", "--offline"]);
        let built = Command::new(temporary.join("get/debug").join(slug));
        assert_eq!(printed(built), read(rust.join("expected.txt")), "{slug}");

        let project = folder.path().join("python");
        let mut program = python.command();
        program.arg(project.join("main.py"));
        assert_eq!(printed(program), read(project.join("expected.txt")), "{slug}");
    }
}

#[test]
fn of_entries_that_share_a_code_the_primary_one_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = in_folder(folder.path(), &["get", "E0277", "here"], b"");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("this is the primary one, the others are `"), "{run:?}");
    assert!(run.stderr.contains("--base-url"), "{run:?}");
    let readme = read(folder.path().join("here/README.md"));
    assert!(readme.contains("`counterpart explain send-and-static-bounds`"), "{readme}");
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let own = folder.path().join("own.txt");
    fs::write(&own, "mine").expect("a writable folder");
    in_folder(folder.path(), &["get", "AP001", "."], b"")
        .refuses(2, "`.` is not empty; nothing was written");
    in_folder(folder.path(), &["get", "AP001", "own.txt"], b"")
        .refuses(2, "`own.txt` is not a folder");
    in_folder(folder.path(), &["get", "AP001", "own.txt/below"], b"").refuses(2, "own.txt/below");
    in_folder(folder.path(), &["get", "concurent-join", "new"], b"")
        .refuses(3, "the nearest names are `concurrent-join`");
    in_folder(folder.path(), &["get", "AP001"], b"").refuses(2, "<DIR>");
    in_folder(folder.path(), &["get", "AP001", "new", "--base-url", "example.org"], b"")
        .refuses(2, "write it in full");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!((left.len(), read(own).as_str()), (1, "mine"));
}
