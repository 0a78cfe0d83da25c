//! A checkout to build from: the small fixture catalog with the project's own `book.toml`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, LazyLock};

use counterpart::site::{Pages, Site};
use counterpart_catalog::{Catalog, Tree};

/// The folder of this project.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A temporary folder; gone with the value.
pub(crate) struct Checkout(tempfile::TempDir);

impl Checkout {
    /// A copy of the fixture catalog.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&project().join("tests/fixtures/valid"), &folder.path().join("patterns"));
        fs::copy(project().join("book.toml"), folder.path().join("book.toml")).expect("a file");
        Self(folder)
    }

    /// A path below it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).expect("a writable folder");
    }

    /// Changes a file.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).expect("a readable file");
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, &text.replace(from, to));
    }

    /// A command in it, with a temporary folder of its own.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.0.path()).env_remove("COUNTERPART_BASE_URL");
        command
    }

    /// Runs `counterpart` in it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(PROGRAM).args(arguments).output().expect("the program starts")
    }

    /// Runs `counterpart` in it with this on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .command(PROGRAM)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // It may have stopped reading already.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        child.wait_with_output().expect("the program ends")
    }

    /// Runs `counterpart build`, which must succeed.
    pub(crate) fn build(&self, out: &str) -> PathBuf {
        let built = self.run(&["build", "--out", out]);
        assert!(built.status.success(), "{}", text(&built.stderr));
        self.path(out)
    }

    /// Its site, not written.
    pub(crate) fn pages(&self, base: Option<&str>) -> Built {
        pages(self.0.path(), base)
    }
}

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_counterpart");

/// A catalog and its site, not written.
pub(crate) type Built = (Arc<Catalog>, Pages);

/// The site of the fixture catalog, built once for all tests that change nothing.
pub(crate) fn small() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| Checkout::new().pages(None));
    &BUILT
}

/// The project's own site, built once for all tests.
pub(crate) fn own() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| pages(project(), None));
    &BUILT
}

/// The site of a checkout, not written.
pub(crate) fn pages(root: &Path, base: Option<&str>) -> Built {
    let tree = Tree::read(&root.join("patterns")).expect("a readable folder");
    let catalog = Arc::new(counterpart_catalog::check(&tree).0);
    let base = base.map(|base| base.parse().expect("an address"));
    let site = Site { root, catalog: Arc::clone(&catalog), base };
    (catalog, site.pages().expect("a site"))
}

/// Every file below a folder: path and bytes, in path order.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let entry = entry.expect("an entry");
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else {
                found.push((path, fs::read(entry.path()).expect("a readable file")));
            }
        }
    }
    found.sort();
    found
}

/// Bytes that a program printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable folder");
    for file in fs::read_dir(from).expect("a readable folder") {
        let file = file.expect("an entry");
        let target = to.join(file.file_name());
        if file.path().is_dir() {
            copy(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).expect("a readable file");
        }
    }
}
