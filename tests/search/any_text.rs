//! Any text at all is answered.

use counterpart::search::{Hit, Request};
use proptest::prelude::*;

use super::{ENGINE, found, search};

fn well_formed(hits: &[Hit]) {
    for pair in hits.windows(2) {
        assert!(pair[0].score >= pair[1].score, "scores rise: {pair:?}");
        assert!(pair[0].score > pair[1].score || pair[0].id < pair[1].id, "ties by id: {pair:?}");
    }
    for Hit { excerpt, score, .. } in hits {
        assert!(score.is_finite() && *score > 0.0, "{score}");
        let mut end = 0;
        for mark in &excerpt.marks {
            assert!(mark.start >= end && !excerpt.text[mark.clone()].is_empty(), "{excerpt:?}");
            end = mark.end;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_text_gives_hits_or_none(text in "\\PC*") {
        well_formed(&search(&text, 3));
    }

    #[test]
    fn words_of_the_catalog_in_any_order_with_any_signs(
        text in "((await|tokio::|asyncio\\.|E0277|slep|_|::|\\.|\"|AND|-|\\*|~2|\\[|:|\n| |tag:|lang:rust|level:|-lint:){1,3}){0,20}"
    ) {
        well_formed(&search(&text, 3));
    }
}

#[test]
fn hostile_texts() {
    let noise: String =
        (0..100_000_u32).filter_map(|n| char::from_u32(n * 7919 % 0x3000)).collect();
    for text in [
        "",
        " \n\t",
        "-",
        "title:gather AND NOT (",
        "\"unclosed",
        "* ? ~ ^ [a TO b} \\",
        "\0\x1b[31m\u{202e}",
        "<script>alert(1)</script>",
        "ﬀ İ ß 中文 🦀🦀🦀",
        &"a.".repeat(50_000),
        &"x".repeat(100_000),
        &"await ".repeat(20_000),
        &noise,
    ] {
        well_formed(&search(text, 3));
    }
}

#[test]
fn a_limit_and_filters_narrow_the_hits() {
    let all = search("await", 1000);
    assert!(all.len() > 2);
    assert_eq!(search("await", 2), all[..2]);
    let slugs: Vec<&str> = all.iter().map(|hit| hit.slug.as_str()).collect();
    assert_eq!(found("await", 1000), slugs, "with excerpts and without");

    let category = all[1].category.as_str();
    let request =
        Request { text: "await", category: Some(category), limit: 1000, ..Request::default() };
    let hits = ENGINE.search(&request).expect("the category exists");
    let expected: Vec<_> = all.iter().filter(|hit| hit.category == category).cloned().collect();
    assert_eq!(hits, expected, "a filter changes neither scores nor order");
}
