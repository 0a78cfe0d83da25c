//! What is written is read again, and what is promised stays promised.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Fate, Lock, Promise, RetireError, Status};

fn fate(status: Status, successors: &[&str], reason: &str) -> Fate {
    let successors = successors.iter().map(|&successor| successor.to_owned()).collect();
    Fate { status, successors, reason: reason.to_owned() }
}

fn promise(slug: &str, fragments: &[&str]) -> Promise {
    let fragments = fragments.iter().map(|&fragment| (fragment.to_owned(), None)).collect();
    Promise { slug: slug.to_owned(), fragments, ..Promise::default() }
}

fn lock() -> Lock {
    let promises = [("AP001", promise("a", &["core", "join"])), ("AP002", promise("b", &["core"]))];
    Lock { promises: promises.map(|(id, promise)| (id.to_owned(), promise)).into() }
}

#[test]
fn an_address_leads_to_what_took_its_place() {
    let mut lock = lock();
    let moved = fate(Status::Moved, &["AP001#join"], "a better name");
    lock.retire("AP001", Some("core"), "", moved).expect("it is there");
    assert_eq!(lock.destinations("AP001#core"), ["AP001#join"]);
    let merged = fate(Status::Merged, &["AP002"], "they said the same");
    lock.retire("AP001", None, "A", merged).expect("it is there");
    assert_eq!(lock.destinations("AP001"), ["AP002"]);
    assert_eq!(lock.destinations("AP001#core"), ["AP002"]);
    assert_eq!(lock.destinations("AP003"), [""; 0]);
    assert_eq!(Lock::parse(&lock.to_string()), (lock, Vec::new()));
}

#[test]
fn what_cannot_be_retired_is_said() {
    let mut lock = lock();
    let mut retire = |id: &str, fragment, successors: &[&str]| {
        lock.retire(id, fragment, "", fate(Status::Moved, successors, "x"))
    };
    let name = |name: &str| name.to_owned();
    assert_eq!(retire("AP009", None, &[]), Err(RetireError::Unknown(name("AP009"))));
    assert_eq!(retire("AP001", Some("x"), &[]), Err(RetireError::Unknown(name("AP001#x"))));
    assert_eq!(retire("AP001", None, &["AP001"]), Err(RetireError::Itself(name("AP001"))));
    assert_eq!(
        retire("AP001", None, &["AP001#core"]),
        Err(RetireError::Itself(name("AP001#core")))
    );
    assert_eq!(retire("AP001", None, &["AP002#x"]), Err(RetireError::Successor(name("AP002#x"))));
    assert_eq!(retire("AP001", None, &["AP002"]), Ok(()));
    assert_eq!(retire("AP001", None, &["AP002"]), Err(RetireError::Twice(name("AP001"))));
    assert_eq!(retire("AP002", None, &["AP001"]), Err(RetireError::Successor(name("AP001"))));
}

#[test]
fn a_merge_of_two_branches_keeps_the_promises_of_both() {
    let base = lock();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.promises.insert("AP004".to_owned(), promise("d", &["core"]));
    theirs.promises.insert("AP003".to_owned(), promise("c", &["core"]));
    let withdrawn = fate(Status::Withdrawn, &[], "it was wrong");
    theirs.retire("AP001", Some("join"), "", withdrawn).expect("it is there");
    let both = Lock {
        promises: ours.promises.clone().into_iter().chain(theirs.promises.clone()).collect(),
    };
    let conflict =
        format!("<<<<<<< HEAD\n{ours}||||||| base\n{base}=======\n{theirs}>>>>>>> other\n");
    let (merged, problems) = Lock::parse(&format!("{conflict}# end\n"));
    assert_eq!(merged, both);
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["C604"]);

    // As git's union merge leaves it.
    let mut lines: Vec<&str> = Vec::new();
    let (ours, theirs) = (ours.to_string(), theirs.to_string());
    for line in ours.lines().chain(theirs.lines()).filter(|line| *line != "# end") {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let (merged, problems) = Lock::parse(&format!("{}\n# end\n", lines.join("\n")));
    assert_eq!(merged, both);
    assert!(problems.iter().all(|problem| problem.code == "C606"), "{problems:?}");
}

fn any_lock() -> impl Strategy<Value = Lock> {
    let name = "[a-z]{1,4}(-[a-z0-9]{1,3})?";
    let fate = ("[^\\r\\n]{1,20}", prop::collection::vec("AP[0-9]{3}(#[a-z]{1,3})?", 0..3));
    let fate = fate.prop_map(|(reason, successors)| Fate {
        status: if successors.len() > 1 { Status::Split } else { Status::Moved },
        successors,
        reason,
    });
    let fragments = prop::collection::btree_map(
        prop_oneof![name, "[^\\r\\n]{1,6}"],
        prop::option::of(fate.clone()),
        0..5,
    );
    let promise = (prop::collection::btree_set(name, 0..3), fragments, prop::option::of(fate));
    prop::collection::vec((promise, "[^\\r\\n]{0,10}"), 0..4).prop_map(|promises| {
        let mut lock = Lock { promises: BTreeMap::new() };
        for (number, ((former, fragments, fate), title)) in promises.into_iter().enumerate() {
            let former = former.into_iter().map(|slug| format!("{slug}-{number}")).collect();
            let title = if fate.is_some() { title } else { String::new() };
            let slug = format!("slug-{number}");
            let promise = Promise { slug, former, fragments, fate, title };
            lock.promises.insert(format!("AP{number:03}"), promise);
        }
        lock
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(lock in any_lock()) {
        prop_assert_eq!(Lock::parse(&lock.to_string()), (lock, Vec::new()));
    }

    #[test]
    fn a_file_that_is_cut_off_is_noticed(lock in any_lock(), at in any::<prop::sample::Index>()) {
        let text = lock.to_string();
        let whole = text.trim_end().len();
        let mut cut = at.index(whole);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let (_, problems) = Lock::parse(&text[..cut]);
        prop_assert_eq!(problems.iter().filter(|problem| problem.code == "C603").count(), 1);
    }

    #[test]
    fn any_text_is_read_without_a_crash(text in "(AP[0-9]{3}\\.|slugs|[a-z=\" .{}\\[\\]\n#<>])*") {
        let _ = Lock::parse(&text);
    }
}
