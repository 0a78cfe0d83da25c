use proptest::prelude::*;

use super::{MAX_URL, NoPlayground, Playground, playground_url};

fn refused(code: &str) -> String {
    Playground::new().unwrap().can_run(code).map_or_else(|no| no.to_string(), |()| String::new())
}

#[test]
fn what_is_there_can_run_there() {
    for code in [
        "pub fn main() {}",
        "#[tokio::main] async fn main() { tokio::time::sleep(d).await }",
        "use futures::{StreamExt as _, stream}; use tokio_util::sync::CancellationToken;",
        "//! See https://example.org/\nuse std::net::TcpListener;
            fn f() { TcpListener::bind(\"127.0.0.1:0\"); format!(\"http://{a}/x\"); }",
        "mod m { pub fn g() {} } use self::m::g; fn f() { m::g(); u8::from(1); std::env::temp_dir() }",
        "use tokio_stream::wrappers::ReceiverStream;",
    ] {
        assert_eq!(refused(code), "", "{code}");
    }
}

#[test]
fn what_cannot_run_there_says_why() {
    for (code, why) in [
        ("use sqlx::Row; fn f() { async_stream::stream! {} }", "async_stream and sqlx are not"),
        ("use sqlx::Row; use sqlx::query;", "sqlx is not available there"),
        ("use a::x; use b::x as y; use c::*;", "a, b and c are not"),
        ("#[tracing::instrument] fn f() {}", "tracing::instrument needs a feature"),
        ("use tracing::instrument as x;", "tracing::instrument needs a feature"),
        ("use tokio_stream::wrappers::WatchStream;", "WatchStream needs a feature"),
        ("mod other;", "more than one file"),
        ("const X: &str = include_str!(\"x.txt\");", "more than one file"),
        ("use std::env; fn f() { env::var(\"X\"); }", "environment variable"),
        ("fn f() { println!(\"{}\", get(\"https://example.org/x\")); }", "connects to example.org"),
        ("fn (", "does not parse"),
    ] {
        assert!(refused(code).contains(why), "{code}: {}", refused(code));
    }
}

#[test]
fn a_long_program_has_no_address() {
    let empty = playground_url("").unwrap().as_str().len();
    assert_eq!(playground_url(&"a".repeat(MAX_URL - empty)).unwrap().as_str().len(), MAX_URL);
    let long = playground_url(&"a".repeat(MAX_URL - empty + 1));
    assert_eq!(long, Err(NoPlayground::TooLong(MAX_URL + 1)));
}

proptest! {
    #[test]
    fn the_address_holds_exactly_the_program(code in "(\\PC|[\\n\\t#%&+=;\"'()<> ]|é|日|🦀){0,200}") {
        let url = playground_url(&code).unwrap();
        let pairs: Vec<_> = url.query_pairs().collect();
        let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_ref()).collect();
        prop_assert_eq!(names, ["version", "mode", "edition", "code"]);
        prop_assert_eq!(pairs[3].1.as_ref(), code.as_str());
        prop_assert!(url.fragment().is_none());
        let query = url.query().unwrap();
        prop_assert!(query.bytes().all(|b| b.is_ascii_alphanumeric() || b"%+=&*-._!,/:?".contains(&b)));
        prop_assert_eq!(query.matches('&').count(), 3);
    }
}

#[test]
fn the_committed_list_is_as_the_program_writes_it() {
    let text = super::CRATES;
    assert_eq!(text.parse::<super::Snapshot>().unwrap().to_string(), text);
}
