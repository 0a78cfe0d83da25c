//! `counterpart new` makes an entry that `check` accepts but for its TODOs, and overwrites nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

struct Checkout(tempfile::TempDir);

impl Checkout {
    /// A copy of the valid fixture catalog.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid");
        copy(&fixture, &folder.path().join("patterns"));
        fs::write(folder.path().join("book.toml"), "[book]\n").expect("a writable folder");
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_counterpart"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the program starts")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap_or_default()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable folder");
    for file in fs::read_dir(from).expect("a readable folder") {
        let file = file.expect("a readable folder");
        let target = to.join(file.file_name());
        if file.path().is_dir() {
            copy(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).expect("a readable file");
        }
    }
}

#[test]
fn a_new_entry_has_nothing_wrong_but_its_todos() {
    let checkout = Checkout::new();
    let made = checkout.run(&["new", "basics/fan-in"]);
    assert!(made.status.success(), "{made:?}");
    assert!(checkout.read("patterns/basics/fan-in/pattern.md").contains("id = \"AP003\""));

    let check = checkout.run(&["check", "--format", "json"]);
    assert_eq!(check.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&check.stdout).expect("JSON");
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    assert!(diagnostics.len() > 5);
    for diagnostic in diagnostics {
        assert_eq!(diagnostic["code"], "C008", "{diagnostic}");
        let path = diagnostic["path"].as_str().expect("a path");
        assert!(path.starts_with("patterns/basics/fan-in/"), "{path}");
    }
}

#[test]
fn a_new_category_gets_its_page_and_comes_last() {
    let checkout = Checkout::new();
    assert!(checkout.run(&["new", "queues/fan-in"]).status.success());
    assert!(checkout.read("patterns/queues/category.md").contains("order = 30"));
}

#[test]
fn nothing_is_overwritten_and_no_name_is_taken_twice() {
    for (path, message) in [
        ("basics/greeting", "`greeting` is taken by `patterns/basics/greeting`"),
        ("web/greeting", "`greeting` is taken by `patterns/basics/greeting`"),
        ("web/hello", "`hello` is a former name of `patterns/basics/greeting`"),
        ("web/Farewell", "`Farewell` is not made of lower-case words"),
        ("../outside", "`..` is not made of lower-case words"),
        ("farewell", "`farewell` is not of the form `category/slug`"),
        ("a/b/c", "`a/b/c` is not of the form `category/slug`"),
    ] {
        let checkout = Checkout::new();
        let before = checkout.read("patterns/basics/greeting/pattern.md");
        let refused = checkout.run(&["new", path]);
        assert_eq!(refused.status.code(), Some(2), "{path}");
        let stderr = String::from_utf8_lossy(&refused.stderr);
        assert!(stderr.contains(message), "{path}: {stderr}");
        assert_eq!(checkout.read("patterns/basics/greeting/pattern.md"), before);
    }
}

#[test]
fn a_folder_that_is_there_already_is_left_alone() {
    let checkout = Checkout::new();
    let folder = checkout.0.path().join("patterns/basics/fan-in");
    fs::create_dir(&folder).expect("a writable folder");
    let refused = checkout.run(&["new", "basics/fan-in"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(fs::read_dir(&folder).expect("a readable folder").count(), 0);
}
