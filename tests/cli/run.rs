//! `counterpart run`: the programs of a checkout.

use std::fs;
use std::path::Path;

use counterpart_catalog::{Lang, Tree};

use crate::harness::{counterpart, in_folder};

/// The fixture catalog as a checkout, in which one program ends with 7.
fn checkout() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(path, text).expect("a writable folder");
    };
    let fixture = Tree::read(&root.join("tests/fixtures/valid")).expect("a readable folder");
    for (path, text) in fixture.files() {
        write(&format!("patterns/{path}"), text);
    }
    write("patterns/web/farewell/python.py", "\"\"\"Ends with 7.\"\"\"\nraise SystemExit(7)\n");
    write("book.toml", "[book]\n");
    write("Cargo.toml", "[workspace]\n");
    let lock = fs::read_to_string(root.join("python/requirements.lock")).expect("the lock");
    write("python/requirements.lock", &lock);
    folder
}

#[test]
fn both_programs_print_their_transcripts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = Tree::read(&root.join("patterns")).expect("a readable folder");
    let (catalog, _) = counterpart_catalog::check(&tree);
    let entry = catalog.entry("concurrent-join").expect("the entry is there");

    let run = in_folder(root, &["run", "ap001"], b"");
    let printed = Lang::BOTH.map(|lang| entry.transcript.of(lang)).concat();
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), printed.as_str()), "{}", run.stderr);
    for file in ["== concurrency/concurrent-join/python.py", "/rust.rs"] {
        assert!(run.stderr.contains(file), "{}", run.stderr);
    }
}

#[test]
fn the_exit_code_is_that_of_the_program() {
    let checkout = checkout();
    let greeting = in_folder(checkout.path(), &["run", "greeting", "--python"], b"");
    assert_eq!(greeting.stdout, "hello ada\nhello bob\n", "{}", greeting.stderr);
    let farewell = in_folder(checkout.path(), &["run", "farewell", "--python"], b"");
    assert_eq!(farewell.code, Some(7), "{}", farewell.stderr);
}

#[test]
fn what_cannot_be_run_is_named() {
    counterpart(&["run", "concurrent-join"]).refuses(2, "this folder is not in a checkout");
    counterpart(&["run", "AP001", "--python", "--rust"]).refuses(2, "cannot be used with '--rust'");
    in_folder(checkout().path(), &["run", "gretting"], b"")
        .refuses(3, "nothing in the catalog is called `gretting`; the nearest");
}
