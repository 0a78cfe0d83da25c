//! Addresses stay: what `permalinks.lock` promises is in the site, whatever happens to an entry.

use std::collections::BTreeSet;
use std::fs;

use crate::fixture::{Checkout, text};

const LOCK: &str = "patterns/permalinks.lock";
const FAREWELL: &str = "patterns/web/farewell";

impl Checkout {
    /// Runs a command that must end with this code, and gives both outputs.
    #[track_caller]
    fn ends(&self, code: i32, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        let said = text(&run.stdout) + &text(&run.stderr);
        assert_eq!(run.status.code(), Some(code), "{arguments:?}: {said}");
        said
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a readable file")
    }

    /// Removes an entry, and what others say about it.
    fn remove_farewell(&self) {
        fs::remove_dir_all(self.path(FAREWELL)).expect("a folder");
        let greeting = "patterns/basics/greeting/pattern.md";
        self.replace(greeting, "related = [\"farewell\"]", "related = []");
        self.replace(greeting, "[the farewell](farewell#core)", "the farewell");
        self.replace(greeting, "[Farewell](farewell)", "Farewell");
    }

    /// Gives the region `count` of the second entry another name.
    fn rename_count(&self) {
        for file in ["python.py", "pattern.md"] {
            let path = format!("{FAREWELL}/{file}");
            self.write(&path, &self.read(&path).replace(" count", " counting"));
        }
        self.replace(&format!("{FAREWELL}/python.py"), "ANCHOR: counting", "ANCHOR: tally");
        self.replace(&format!("{FAREWELL}/python.py"), "ANCHOR_END: counting", "ANCHOR_END: tally");
        self.replace(
            &format!("{FAREWELL}/pattern.md"),
            "{{#python counting}}",
            "{{#python tally}}",
        );
    }
}

#[test]
fn an_entry_in_another_category_has_the_same_addresses() {
    let checkout = Checkout::new();
    let addresses = || -> BTreeSet<String> {
        let (_, pages) = checkout.pages(None);
        pages
            .iter()
            .map(|(path, _)| path.to_owned())
            .filter(|path| path.starts_with("p/"))
            .collect()
    };
    let before = addresses();
    fs::rename(checkout.path(FAREWELL), checkout.path("patterns/basics/farewell")).expect("a move");
    checkout.ends(0, &["check"]);
    assert_eq!(addresses(), before);
}

#[test]
fn a_line_that_was_taken_out_of_the_lock_is_still_online() {
    let checkout = Checkout::new();
    checkout.build("online");
    checkout.rename_count();
    let lock = checkout.read(LOCK).replace("AP002.fragments.count = \"active\"\n", "");
    checkout.write(LOCK, &lock);
    checkout.ends(0, &["check", "--update-links"]);
    checkout.build("next");
    let check = ["check", "--site", "next", "--published", "online/permalinks.lock"];
    let said = checkout.ends(1, &check);
    assert!(said.contains("#count"), "{said}");
    let same = ["check", "--site", "next", "--published", "next/permalinks.lock"];
    assert!(!checkout.ends(0, &same).contains("#count"));
    checkout.write("garbage.lock", "<!doctype html>");
    let garbage = ["check", "--site", "next", "--published", "garbage.lock"];
    assert!(checkout.ends(1, &garbage).contains("garbage.lock:1:1"));
}

#[test]
fn a_renamed_region_keeps_its_old_link() {
    let checkout = Checkout::new();
    checkout.rename_count();
    let said = checkout.ends(1, &["check", "--update-links"]);
    assert!(said.contains("error[C612]: the link `p/farewell/#count` is lost"), "{said}");
    assert!(checkout.read(LOCK).contains("AP002.fragments.tally = \"active\""));

    let reason = ["--reason", "a better name"];
    let retire = [&["retire", "farewell#count", "--into", "farewell#tally"][..], &reason].concat();
    checkout.ends(0, &retire);
    checkout.ends(0, &["check"]);
    let refused = checkout.ends(2, &retire);
    assert!(refused.contains("`AP002#count` is retired already"), "{refused}");

    let linked = checkout.ends(0, &["link", "farewell#count"]);
    assert!(linked.starts_with("p/farewell/index.html#count\n"), "{linked}");
    assert!(linked.contains("is moved (a better name); see `farewell#tally`"), "{linked}");
    let explained = checkout.ends(0, &["explain", "farewell#count"]);
    assert!(explained.contains("It is moved. a better name"), "{explained}");
    assert!(explained.contains("See counterpart explain farewell#tally\n"), "{explained}");

    let site = checkout.build("site");
    checkout.ends(0, &["check", "--site", "site"]);
    let page = fs::read_to_string(site.join("p/farewell/index.html")).expect("a page");
    assert!(page.contains("id=\"tally\"><span class=\"former\" id=\"count\"></span>"), "{page}");
}

#[test]
fn a_withdrawn_place_is_explained_on_its_page() {
    let checkout = Checkout::new();
    checkout.rename_count();
    checkout.ends(0, &["retire", "farewell#count", "--reason", "it was <wrong>"]);
    let site = checkout.build("site");
    let page = fs::read_to_string(site.join("p/farewell/index.html")).expect("a page");
    let note = "<li id=\"count\"><code>#count</code> was withdrawn: it was &#60;wrong&#62;</li>";
    assert!(page.contains(note), "{page}");
    checkout.ends(0, &["check", "--update-links", "--site", "site"]);
}

#[test]
fn an_entry_that_is_gone_leaves_a_page_that_says_where_to_go() {
    for (arguments, what, next) in [
        (&["--into", "greeting"][..], "This entry moved: they said the same", Some("greeting")),
        (&["--into", "hello", "--merged"], "is now part of another one", Some("greeting")),
        (&["--into", "AP001", "--into", "greeting#core"], "was split", Some("greeting")),
        (&[], "This entry was withdrawn: they said the same", None),
    ] {
        let checkout = Checkout::new();
        let reason = ["--reason", "they said\n  the same"];
        let said = checkout.ends(0, &[&["retire", "ap002"], arguments, &reason].concat());
        assert!(said.contains("remove the folder `patterns/web/farewell`"), "{said}");
        let said = checkout.ends(1, &["check"]);
        assert!(said.contains("error[C614]: `AP002` was retired"), "{said}");
        checkout.remove_farewell();
        checkout.ends(0, &["check"]);

        let site = checkout.build("site");
        checkout.ends(0, &["check", "--site", "site"]);
        let page = |name: &str| {
            fs::read_to_string(site.join(format!("p/{name}/index.html"))).expect("a page")
        };
        let farewell = page("farewell");
        for name in ["AP002", "ap002"] {
            assert!(page(name) == farewell, "{name}");
        }
        assert!(farewell.contains(what), "{farewell}");
        if let Some(next) = next {
            let link = format!("href=\"../../p/{next}/index.html\"");
            assert!(farewell.contains(&link), "{farewell}");
            let core = format!("<a href=\"../../p/{next}/index.html#core\">");
            assert!(farewell.contains(&core), "its region leads to the same region");
        }
        let url = "https://example.org/p/farewell/";
        let link = ["link", "AP002", "--base-url", "https://example.org"];
        let linked = checkout.ends(0, &link);
        assert!(linked.starts_with(&format!("{url}\nnote: `AP002` is ")), "{linked}");
        let json = checkout.ends(0, &[&link[..], &["--format", "json"]].concat());
        assert!(!json.contains("active"), "{json}");
        assert_eq!(json.contains("\"successors\":[\"greeting\""), next.is_some(), "{json}");
        let comment = checkout.ends(0, &[&link[..], &["--format", "text"]].concat());
        assert!(comment.contains(&format!("]({url})**: ")), "{comment}");
        assert_eq!(comment.contains("(https://example.org/p/greeting/"), next.is_some());
        let explained = checkout.ends(0, &["explain", "ap002"]);
        assert!(explained.contains("AP002 · farewell") && explained.contains("the same"));
        let see = explained.contains("See counterpart explain greeting\n");
        assert_eq!(see, next.is_some(), "{explained}");
        let run = checkout.ends(3, &["run", "farewell"]);
        assert!(run.contains("`farewell` has no entry: it is "), "{run}");
        assert_eq!(run.contains("; see `greeting`"), next.is_some(), "{run}");
        let made = checkout.ends(0, &["new", "web/wave"]);
        assert!(checkout.read("patterns/web/wave/pattern.md").contains("id = \"AP003\""), "{made}");
    }
}

#[test]
fn two_branches_that_took_the_same_id_are_told_apart() {
    let checkout = Checkout::new();
    for (file, bytes) in crate::fixture::files(&checkout.path(FAREWELL)) {
        let file = checkout.path(&format!("patterns/basics/parting/{file}"));
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
    let said = checkout.ends(1, &["check"]);
    let expected = "id `AP002` is taken by `basics/parting`\n  help: `farewell` was recorded first \
                    and keeps it: give `basics/parting` the next free id, `AP003`";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_lock_that_may_lack_promises_is_not_written() {
    let refused = [
        ("# end\n", "", "C603"),
        ("version = 1", "version = 7", "C602"),
        ("AP001.status = \"active\"", "AP001.status = \"open\"", "C605"),
    ];
    for (from, to, code) in refused {
        let checkout = Checkout::new();
        checkout.replace(LOCK, from, to);
        let before = checkout.read(LOCK);
        let said = checkout.ends(1, &["check", "--update-links"]);
        assert!(said.contains(code), "{said}");
        checkout.ends(1, &["retire", "farewell", "--reason", "x"]);
        assert_eq!(checkout.read(LOCK), before);
    }
    let checkout = Checkout::new();
    let before = checkout.read(LOCK);
    checkout.replace(&format!("{FAREWELL}/pattern.md"), "{{#pair core}}", "{{#pair cor}}");
    let said = checkout.ends(1, &["check", "--update-links"]);
    assert!(said.contains("nothing was recorded"), "{said}");
    assert_eq!(checkout.read(LOCK), before);
}

#[test]
fn a_conflict_is_resolved_by_the_command() {
    let checkout = Checkout::new();
    let whole = checkout.read(LOCK);
    let (first, second) = whole.split_once("AP002.slugs").expect("two entries");
    let cut = second.replace("# end\n", "");
    let conflict = format!("{first}<<<<<<< HEAD\n=======\nAP002.slugs{cut}>>>>>>> other\n# end\n");
    checkout.write(LOCK, &conflict);
    let said = checkout.ends(1, &["check"]);
    assert!(said.contains("C604"), "{said}");
    checkout.ends(0, &["check", "--update-links"]);
    assert_eq!(checkout.read(LOCK), whole);
}

#[test]
fn what_cannot_be_retired_is_refused() {
    let checkout = Checkout::new();
    let before = checkout.read(LOCK);
    for (arguments, said) in [
        (&["nobody", "--reason", "x"][..], "`nobody` is neither a slug nor an id"),
        (&["farewell#nothing", "--reason", "x"], "`AP002#nothing` was never recorded"),
        (&["farewell", "--into", "farewell", "--reason", "x"], "cannot take its own place"),
        (&["farewell", "--into", "greeting#no", "--reason", "x"], "no such address is recorded"),
        (&["farewell", "--reason", " "], "the reason is empty"),
        (&["farewell"], "--reason <TEXT>"),
        (&["farewell", "--merged", "--reason", "x"], "--into <REF>"),
    ] {
        let error = checkout.ends(2, &[&["retire"], arguments].concat());
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(checkout.read(LOCK), before);
}

#[test]
fn what_a_built_site_has_lost_is_found() {
    let page = "site/p/greeting/index.html";
    for (path, change, expected) in [
        ("site/p/AP001/index.html", None, "C701]: the link `p/AP001/` (AP001) leads nowhere"),
        ("site/p/hello/index.html", None, "C701]: the link `p/hello/`"),
        ("site/p/farewell/index.html", None, "C706]: the link `../../p/farewell/index.html"),
        (page, Some(("</body>", "<!-- -->\n</body>")), "C702]: `p/ap001/` is another page"),
        (page, Some(("id=\"smaller\"", "")), "C703]: the link `p/greeting/#smaller`"),
        (page, Some(("</body>", "<p id=\"core\"></body>")), "C705]: the id `core` stands twice"),
        (
            page,
            Some(("href=\"#why\"", "href='#whY'")),
            "C706]: the link `#whY` leads nowhere: `p/g",
        ),
        (page, Some(("href=\"#why\"", "href=../hello/")), "C706]: the link `../hello/` leads"),
        (page, Some(("href=\"#why\"", "href=../../../x")), "it leaves the site"),
    ] {
        let checkout = Checkout::new();
        checkout.build("site");
        checkout.ends(0, &["check", "--site", "site"]);
        match change {
            None => fs::remove_file(checkout.path(path)).expect("a file"),
            Some((from, to)) => checkout.replace(path, from, to),
        }
        let said = checkout.ends(1, &["check", "--site", "site"]);
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let checkout = Checkout::new();
    let error = checkout.ends(2, &["check", "--site", "patterns"]);
    assert!(error.contains("`patterns` is no built site"), "{error}");
    let error = checkout.ends(2, &["check", "--site", "nowhere"]);
    assert!(error.contains("cannot read `nowhere`"), "{error}");
}

#[test]
fn the_address_of_the_site_may_stand_in_the_book() {
    let checkout = Checkout::new();
    let with = |address: &str| format!("[output.counterpart]\nbase-url = {address}");
    checkout.replace("book.toml", "[output.counterpart]", &with("\"https://book.example\""));
    assert_eq!(checkout.ends(0, &["link", "hello"]), "https://book.example/p/greeting/\n");
    let other = checkout.ends(0, &["link", "hello", "--base-url", "https://a.example/b"]);
    assert_eq!(other, "https://a.example/b/p/greeting/\n");
    let shown = checkout.ends(0, &["link", "greeting", "--format", "markdown"]);
    assert!(shown.starts_with("[Greet \\<everybody\\> \\& more]("), "{shown}");
    for (address, said) in [("\"book.example\"", "write it in full"), ("7", "is no text")] {
        checkout.write("book.toml", &format!("[book]\n{}", with(address)));
        let error = checkout.ends(2, &["link", "hello"]);
        assert!(error.contains("`base-url` in `book.toml`") && error.contains(said), "{error}");
    }
}

#[test]
fn a_site_below_a_path_is_checked_with_its_own_addresses() {
    let checkout = Checkout::new();
    let built = checkout.run(&["build", "--out", "site", "--base-url", "https://a.example/b/c"]);
    assert!(built.status.success());
    checkout.ends(0, &["check", "--site", "site"]);
    let from = "https://a.example/b/c/assets";
    checkout.replace("site/404.html", "/b/c/assets/site.css", &format!("{from}/other.css"));
    let said = checkout.ends(1, &["check", "--site", "site"]);
    assert!(said.contains("there is no `assets/other.css`"), "{said}");
}
