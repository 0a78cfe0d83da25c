//! What can be typed: phrases, exclusions, filters, and what stands for what.

use super::{found, search};

fn slugs(text: &str) -> Vec<String> {
    found(text, 1000).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_phrase_is_found_as_it_stands() {
    let phrase = slugs("\"event loop is closed\"");
    assert!(phrase.contains(&"shared-http-client".to_owned()), "{phrase:?}");
    let words = slugs("event loop is closed");
    assert!(phrase.len() < words.len(), "{phrase:?} of {words:?}");
    assert_eq!(slugs("\"closed is loop event\""), [""; 0]);
    assert_eq!(slugs("\"loop is\""), slugs("\"loop is"), "an open phrase ends with the text");
}

#[test]
fn a_hyphen_excludes() {
    let (with, without) = (slugs("gather"), slugs("gather -TaskGroup"));
    let excluded = slugs("TaskGroup");
    assert!(with.iter().any(|slug| excluded.contains(slug)));
    assert!(!without.is_empty() && !without.iter().any(|slug| excluded.contains(slug)));
    assert!(slugs("gather -\"task group\"").len() < with.len());
    assert_eq!(slugs("gather -> - \"\" --"), with, "signs alone are nothing");
}

#[test]
fn filters_admit_some() {
    let all = slugs("await");
    for filter in ["category:pitfalls", "TAG:concurrency", "level:advanced", "lint:ASYNC251"] {
        let admitted = slugs(filter);
        assert!(!admitted.is_empty() && admitted.len() < 1000, "{filter}: {admitted:?}");
        let expected: Vec<_> = all.iter().filter(|slug| admitted.contains(slug)).cloned().collect();
        assert_eq!(slugs(&format!("await {filter}")), expected, "{filter}");
        assert_eq!(slugs(&format!("{filter} -{filter}")), [""; 0]);
        let others = slugs(&format!("-{filter}"));
        assert!(!others.iter().any(|slug| admitted.contains(slug)), "{filter}");
    }
    assert_eq!(slugs("await category:nowhere"), [""; 0]);
    assert_eq!(slugs(" - \"\" "), [""; 0], "no filter admits nothing");
    assert_eq!(slugs("lint:await_holding_lock"), slugs("lint:clippy::await_holding_lock"));
    assert!(slugs("lint:clippy").len() > slugs("lint:clippy::await_holding_lock").len());
}

#[test]
fn a_language_leaves_out_the_names_of_the_other() {
    assert_eq!(slugs("lang:rust JoinSet")[0], slugs("JoinSet")[0]);
    let score = |text| search(text, 1)[0].score;
    assert!(score("lang:python JoinSet") < score("JoinSet"));
    assert_eq!(slugs("lang:cobol JoinSet"), [""; 0]);
    assert_eq!(slugs("lang:python lang:rust JoinSet"), [""; 0]);
}

#[test]
fn a_few_words_are_all_wanted() {
    let both = slugs("gather semaphore");
    let (one, other) = (slugs("gather"), slugs("semaphore"));
    assert!(both.iter().all(|slug| one.contains(slug) && other.contains(slug)), "{both:?}");
    // Only if nothing has all, most are enough.
    assert_eq!(slugs("qwertzuiop gather"), one);
    assert_eq!(slugs("qwertzuiop asdfghjkl gather"), [""; 0]);
}

#[test]
fn beginnings_typos_and_synonyms_stand_for_words() {
    // A beginning stands for all words that begin so: it may score more than one of them.
    for (typed, meant) in [("semapho", "semaphore"), ("task::spawn_bloc", "task::spawn_blocking")] {
        assert_eq!(slugs(typed)[0], slugs(meant)[0], "{typed}");
    }
    for (typed, meant) in
        [("semaphroe", "semaphore"), ("spawnblocking", "spawn_blocking"), ("JionSet", "JoinSet")]
    {
        assert_eq!(slugs(typed)[0], slugs(meant)[0], "{typed}");
        assert!(search(typed, 1)[0].score < search(meant, 1)[0].score, "{typed}");
    }
    assert_eq!(slugs("E0278"), [""; 0], "a code has no typos");
}
