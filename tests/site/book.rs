//! mdBook: the same files by its own program, and preprocessors of other people.

use std::env;
use std::path::Path;

use crate::fixture::{Checkout, PROGRAM, files, own, text};

#[test]
fn the_same_input_gives_the_same_bytes() {
    let checkout = Checkout::new();
    let (first, second) = (checkout.build("first"), checkout.build("second"));
    assert!(files(&first) == files(&second));
}

#[test]
fn mdbook_gives_the_same_files() {
    let checkout = Checkout::new();
    let found = checkout.command("mdbook").arg("--version").output();
    let Ok(version) = found.map(|output| text(&output.stdout)) else {
        let required = env::var_os("CI").is_some();
        assert!(!required, "mdbook is missing");
        eprintln!("skipped: `cargo install mdbook --version 0.5.4 --locked` lets this test run");
        return;
    };
    assert!(version.starts_with("mdbook v0.5."), "{version}");

    let folder = Path::new(PROGRAM).parent().expect("a folder").to_owned();
    let search = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([folder].into_iter().chain(env::split_paths(&search)));
    // The second run replaces what the first one wrote, from within it.
    for _ in 0..2 {
        let mut mdbook = checkout.command("mdbook");
        let built = mdbook.arg("build").env("PATH", path.as_ref().expect("a path")).output();
        let built = built.expect("mdbook starts");
        assert!(built.status.success(), "{}", text(&built.stderr));
    }
    let ours = checkout.build("ours");
    let (theirs, ours) = (files(&checkout.path("book")), files(&ours));
    let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&theirs), names(&ours));
    for ((name, theirs), (_, ours)) in theirs.iter().zip(&ours) {
        assert!(theirs == ours, "{name} differs");
    }
}

#[test]
fn another_preprocessor_sees_and_changes_every_chapter() {
    let checkout = Checkout::new();
    let script = "\
import json, sys
if sys.argv[1:2] == ['supports']: sys.exit(0)
context, book = json.load(sys.stdin)
def walk(items):
    for item in items:
        chapter = item.get('Chapter') if isinstance(item, dict) else None
        if chapter:
            text = chapter['content'].replace('A page by hand.', 'A page by machine.')
            chapter['content'] = text.replace('They expect a greeting.', 'They expect a bow.')
            walk(chapter['sub_items'])
walk(book['items'])
print(json.dumps(book))
";
    checkout.write("change.py", script);
    let toml =
        "\n[preprocessor.change]\ncommand = \"python3 change.py\"\nafter = [\"counterpart\"]\n";
    let book = std::fs::read_to_string(checkout.path("book.toml")).expect("a file");
    checkout.write("book.toml", &format!("{book}{toml}"));
    let (_, pages) = checkout.pages(None);
    let page = |path| text(pages.get(path).expect("a page"));
    assert!(page("index.html").contains("A page by machine."));
    assert!(page("p/greeting/index.html").contains("They expect a bow."));
}

#[test]
fn a_catalog_with_errors_is_not_built() {
    let checkout = Checkout::new();
    checkout.replace("patterns/basics/greeting/pattern.md", "{{#pair core}}", "{{#pair cor}}");
    let built = checkout.run(&["build"]);
    assert_eq!(built.status.code(), Some(1));
    assert!(text(&built.stdout).contains("patterns/basics/greeting/pattern.md:"), "{built:?}");
    assert!(!checkout.path("book").exists());

    for side in ["preprocess", "render"] {
        let input = format!(
            "{{\"version\":\"0.5.4\",\"mdbook_version\":\"0.5.4\",\"renderer\":\"counterpart\",\
             \"root\":{:?},\"destination\":{:?},\"book\":{{\"items\":[]}},\
             \"config\":{{\"book\":{{\"src\":\"patterns\"}}}}}}",
            checkout.path("."),
            checkout.path("book")
        );
        let input = if side == "render" { input } else { format!("[{input},{{\"items\":[]}}]") };
        let refused = checkout.run_with(&["mdbook", side], &input);
        assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stderr));
        assert!(text(&refused.stderr).contains("error[C1"), "{}", text(&refused.stderr));
        assert!(refused.stdout.is_empty());
    }
}

#[test]
fn a_directive_that_leads_nowhere_is_an_error() {
    let checkout = Checkout::new();
    checkout.replace("patterns/index.md", "A page by hand.", "{{#example greeting}}");
    let home = text(checkout.pages(None).1.get("index.html").expect("a page"));
    assert!(home.contains("id=\"core\"") && home.contains("id=\"transcript\""), "{home}");
    for (from, to, said) in [
        ("greeting", "greetings", "in `Home`"),
        ("{{#example greetings}}", "{{#pair core}}", "in `Home`"),
    ] {
        checkout.replace("patterns/index.md", from, to);
        let built = checkout.run(&["build"]);
        assert_eq!(built.status.code(), Some(2));
        assert!(text(&built.stderr).contains(said), "{}", text(&built.stderr));
        assert!(!checkout.path("book").exists());
    }
}

#[test]
fn what_mdbook_sends_may_be_garbage() {
    let checkout = Checkout::new();
    for side in ["preprocess", "render"] {
        for input in ["", "{", "[1, 2]", "null"] {
            let refused = checkout.run_with(&["mdbook", side], input);
            assert_eq!(refused.status.code(), Some(2), "{side} {input:?}");
        }
    }
    let supports = checkout.run(&["mdbook", "preprocess", "supports", "html"]);
    assert!(supports.status.success());
}

#[test]
fn an_empty_folder_gets_the_catalog_that_is_compiled_in() {
    assert_eq!(counterpart::embedded::errors(), "", "the catalog has errors: run `check`");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let built = std::process::Command::new(PROGRAM)
        .arg("build")
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert!(built.status.success(), "{}", text(&built.stderr));
    let (_, pages) = own();
    let written = files(&folder.path().join("book"));
    for (path, bytes) in pages.iter() {
        let found = written.iter().find(|(name, _)| name == path);
        assert!(found.is_some_and(|(_, found)| found == bytes), "{path}");
    }
}
