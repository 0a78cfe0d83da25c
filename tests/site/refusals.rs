//! What `build` does not overwrite, and what it leaves when it cannot write.

use std::fs;
use std::path::Path;

use crate::fixture::{Checkout, PROGRAM, files, text};

/// Builds, expects exit code 2, and gives standard error.
fn refused(checkout: &Checkout, out: &str) -> String {
    let built = checkout.run(&["build", "--out", out]);
    let error = text(&built.stderr);
    assert_eq!(built.status.code(), Some(2), "{error}");
    error
}

fn beside(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a readable folder");
    let names = names.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let checkout = Checkout::new();
    fs::create_dir(checkout.path("notes")).expect("a folder");
    checkout.write("notes/todo.txt", "important");
    let error = refused(&checkout, "notes");
    assert!(error.contains("is not empty and was not made by `counterpart build`"), "{error}");
    assert_eq!(files(&checkout.path("notes")), [("todo.txt".to_owned(), b"important".to_vec())]);
    for out in [".", "patterns", "/"] {
        let error = refused(&checkout, out);
        assert!(error.contains("not made by") || error.contains("name a folder"), "{error}");
    }
}

#[test]
fn a_file_that_somebody_added_to_the_site_is_not_deleted() {
    let checkout = Checkout::new();
    let site = checkout.build("site");
    checkout.write("site/CNAME", "example.org");
    let error = refused(&checkout, "site");
    assert!(error.contains("holds `CNAME`, which"), "{error}");
    assert!(site.join("CNAME").is_file());
    fs::remove_file(site.join("CNAME")).expect("a file");
    checkout.build("site");
}

#[test]
fn an_empty_folder_is_filled_and_a_missing_one_made() {
    let checkout = Checkout::new();
    fs::create_dir(checkout.path("empty")).expect("a folder");
    assert!(checkout.build("empty").join("index.html").is_file());
    assert!(checkout.build("a/b/c").join("index.html").is_file());
}

#[test]
fn a_file_in_the_way_is_named() {
    let checkout = Checkout::new();
    checkout.write("file", "text");
    for out in ["file", "file/site", "file/a/b"] {
        let error = refused(&checkout, out);
        assert!(error.contains("file` is not a folder"), "{error}");
    }
    assert_eq!(fs::read_to_string(checkout.path("file")).expect("a file"), "text");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_site_is_followed() {
    let checkout = Checkout::new();
    let site = checkout.build("site");
    std::os::unix::fs::symlink(&site, checkout.path("link")).expect("a link");
    checkout.build("link");
    assert!(checkout.path("link").is_symlink());
    assert!(site.join("index.html").is_file());
}

/// Files may not grow beyond 8 kB: writing fails as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let checkout = Checkout::new();
    let site = checkout.build("site");
    let (old, names) = (files(&site), beside(&checkout.path(".")));
    checkout.replace("patterns/index.md", "A page by hand.", "A new page.");

    let limited = |before: &str| {
        let script = format!("{before} ulimit -f 8; exec {PROGRAM} build --out site");
        checkout.command("bash").args(["-c", &script]).output().expect("bash starts")
    };
    let built = limited("trap '' XFSZ;");
    let error = text(&built.stderr);
    assert_eq!(built.status.code(), Some(2), "{error}");
    assert!(error.contains("cannot write") && error.contains("the site is as it was"), "{error}");
    assert!(files(&site) == old);
    assert_eq!(beside(&checkout.path(".")), names);

    // Without the trap the system kills it in the middle of a file.
    let built = limited("");
    assert!(!built.status.success());
    assert!(files(&site) == old);
    checkout.build("site");
    assert_eq!(beside(&checkout.path(".")), names);
    let home = fs::read_to_string(site.join("index.html")).expect("a page");
    assert!(home.contains("A new page."));
}

#[test]
fn an_address_that_cannot_be_one_is_refused() {
    let checkout = Checkout::new();
    for base in ["example.org", "ftp://example.org", "https://example.org/?q=1"] {
        let built = checkout.run(&["build", "--base-url", base]);
        assert_eq!(built.status.code(), Some(2), "{base}");
        assert!(!checkout.path("book").exists());
    }
}

#[test]
fn an_archive_holds_the_whole_site_and_no_other_file_is_replaced() {
    let checkout = Checkout::new();
    let zip = |name: &str| checkout.run(&["build", "--zip", name]);
    for name in ["site.zip", "a/b/again.zip", "site.zip"] {
        let built = zip(name);
        assert!(built.status.success(), "{}", text(&built.stderr));
    }
    assert!(!checkout.path("book").exists(), "only what was asked for");
    let read = |name: &str| fs::read(checkout.path(name)).expect("a file");
    assert!(read("site.zip") == read("a/b/again.zip"), "the same site, the same bytes");

    let bytes = std::io::Cursor::new(read("site.zip"));
    let mut archive = zip::ZipArchive::new(bytes).expect("an archive");
    for (path, expected) in checkout.pages(None).1.iter() {
        let mut file = archive.by_name(&format!("counterpart/{path}")).expect(path);
        let mut found = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut found).expect("a whole file");
        assert!(found == expected, "{path}");
    }

    let names = beside(&checkout.path("."));
    checkout.write("notes.txt", "important");
    let refused =
        [("notes.txt", "was not made by"), ("patterns", "patterns`"), ("notes.txt/a", "notes.txt")];
    for (name, said) in refused {
        let built = zip(name);
        let error = text(&built.stderr);
        assert_eq!(built.status.code(), Some(2), "{error}");
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(read("notes.txt"), b"important");
    fs::remove_file(checkout.path("notes.txt")).expect("a file");
    assert_eq!(beside(&checkout.path(".")), names);
}
