//! What comes out, in every format, of what real linters wrote.

use libtest_mimic::Trial;
use serde_json::Value;

use crate::harness::{annotate, folder, recorded, trial};

const SITE: &str = "https://example.org/async";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("formats::text_fits_eighty_columns", text_fits_eighty_columns),
        trial("formats::json_has_the_promised_shape", json_has_the_promised_shape),
        trial("formats::sarif_fits_the_schema", sarif_fits_the_schema),
        trial("formats::sarif_carries_the_link_where_github_looks", sarif_carries_the_link),
        trial("formats::sarif_knows_a_finding_again", sarif_knows_a_finding_again),
        trial("formats::rdjsonl_has_a_diagnostic_in_each_line", rdjsonl),
        trial("formats::github_escapes_what_it_must", github),
        trial("formats::nothing_found_says_nothing", nothing_found_says_nothing),
        trial("formats::a_file_and_a_name_for_the_format_do_the_same", a_file_and_a_name),
        trial("formats::without_an_address_links_are_relative", without_an_address),
        trial("formats::review_comments_are_short", review_comments_are_short),
    ]
}

/// The output of a run that found something.
fn found(file: &str, format: &str) -> String {
    let run = annotate(&["--format", format, "--base-url", SITE], &recorded(file));
    assert_eq!(run.code, Some(1), "{run:?}");
    run.stdout
}

fn json(file: &str, format: &str) -> Value {
    serde_json::from_str(&found(file, format)).expect("JSON")
}

fn text_fits_eighty_columns() {
    let text = found("ruff.json", "text");
    assert!(text.contains("app.py:16:5: Blocking sleep versus async sleep (AP004)\n"), "{text}");
    assert!(text.contains("\n  Also at lines 17 and 18.\n"), "{text}");
    assert!(text.contains(&format!("\n  {SITE}/p/blocking-sleep-in-async/#bad\n")), "{text}");
    for line in text.lines().filter(|line| line.starts_with("  ") && !line.contains("://")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(!text.contains('\x1b'), "no colours into a pipe");
}

fn json_has_the_promised_shape() {
    let document = json("ruff.json", "json");
    assert_eq!(document["version"], 1);
    let sleep = document["comments"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|comment| comment["slug"] == "blocking-sleep-in-async")
        .expect("the blocking sleep");
    assert_eq!(sleep["id"], "AP004");
    assert_eq!(sleep["url"], format!("{SITE}/p/blocking-sleep-in-async/#bad"));
    assert_eq!(sleep["sources"], serde_json::json!(["ruff ASYNC251"]));
    assert_eq!(sleep["range"]["start"], serde_json::json!({ "line": 16, "column": 5 }));
    assert_eq!(sleep["also"].as_array().map(Vec::len), Some(2));
    for key in ["title", "review", "path", "message"] {
        assert!(sleep[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
}

/// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>
fn sarif_fits_the_schema() {
    let schema = std::fs::read_to_string(folder().join("sarif-schema-2.1.0.json"));
    // One bracket too many in the pattern of `language`, which later editions mend.
    let schema = schema.expect("the schema").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schema needs nothing else");
    let valid = |log: &Value| {
        let errors: Vec<String> = validator.iter_errors(log).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    };
    for file in
        ["ruff.json", "ruff.sarif", "mypy.jsonl", "pyright.json", "pylint.json", "clippy.jsonl"]
    {
        valid(&json(file, "sarif"));
        // Also when nobody says where the site is.
        let run = annotate(&["--format", "sarif"], &recorded(file));
        valid(&serde_json::from_str(&run.stdout).expect("JSON"));
    }
    let clean = annotate(&["--format", "sarif"], &recorded("ruff-clean.json"));
    assert_eq!(clean.code, Some(0));
    valid(&serde_json::from_str(&clean.stdout).expect("JSON"));
    let mut broken = json("ruff.json", "sarif");
    broken["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(!validator.is_valid(&broken), "the schema finds nothing");
}

fn sarif_carries_the_link() {
    let log = json("ruff.json", "sarif");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index");
        let rule = &rules[usize::try_from(index).expect("a small number")];
        assert_eq!(rule["id"], result["ruleId"]);
        let slug = rule["name"].as_str().expect("a name");
        let page = format!("{SITE}/p/{slug}/");
        let markdown = rule["help"]["markdown"].as_str().expect("text");
        assert!(markdown.contains(&format!("]({page})")), "{markdown}");
        let message = result["message"]["text"].as_str().expect("text");
        assert!(message.contains(&page), "{message}");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], region["endLine"], "one line: {region}");
    }
    let uris = found("ruff.json", "sarif");
    assert!(uris.contains("/jobs,%20weekly%20100%25%20na%C3%AFve.py\""), "{uris}");
}

/// A line has the same fingerprint wherever it stands in its file.
fn sarif_knows_a_finding_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = "import time\n\n\nasync def wait() -> None:\n    time.sleep(1)\n";
    let fingerprint = |file: &str, text: &str, line: usize| {
        let path = folder.path().join(file);
        std::fs::write(&path, text).expect("a writable folder");
        let place = serde_json::json!({ "row": line, "column": 5 });
        let finding = serde_json::json!([{
            "code": "ASYNC251", "filename": path, "location": place, "end_location": place,
            "message": "Async functions should not call `time.sleep`",
        }]);
        let run = annotate(&["--format", "sarif"], finding.to_string().as_bytes());
        let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
        log["runs"][0]["results"][0]["partialFingerprints"]["primaryLocationLineHash"].clone()
    };
    let first = fingerprint("app.py", source, 5);
    assert!(first.as_str().is_some_and(|hash| hash.ends_with(":1")), "{first}");
    assert_eq!(fingerprint("app.py", &format!("# A comment.\n\n{source}"), 7), first);
    assert_ne!(fingerprint("app.py", &source.replace("(1)", "(2)"), 5), first);
    // A place that is not in the file has none.
    assert!(fingerprint("app.py", source, 70).is_null());
}

fn rdjsonl() {
    for line in found("mypy.jsonl", "rdjsonl").lines() {
        let diagnostic: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(diagnostic["severity"], "WARNING");
        assert_eq!(diagnostic["source"]["name"], "counterpart");
        let url = diagnostic["code"]["url"].as_str().expect("an address");
        assert!(url.starts_with(SITE), "{url}");
        assert!(diagnostic["location"]["range"]["start"]["line"].as_u64() >= Some(1));
        assert!(diagnostic["message"].as_str().is_some_and(|text| text.contains(url)));
    }
}

fn github() {
    let lines = found("ruff.json", "github");
    for line in lines.lines() {
        assert!(line.starts_with("::warning file="), "{line}");
    }
    assert!(lines.contains("/jobs%2C weekly 100%25 naïve.py,line=7,"), "{lines}");
    assert!(
        lines.contains(",title=Structured concurrency%3A") || !lines.contains("title=Structured")
    );
    assert!(lines.contains(&format!("See {SITE}/p/")), "the message holds the address: {lines}");
}

fn nothing_found_says_nothing() {
    for format in ["text", "rdjsonl", "github"] {
        let run = annotate(&["--format", format], &recorded("ruff-clean.json"));
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    }
    let run = annotate(&["--format", "json"], &recorded("ruff-clean.json"));
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((run.code, &document["comments"]), (Some(0), &serde_json::json!([])));
    for linter in ["mypy", "clippy"] {
        let run = annotate(&["--from", linter], b"");
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    }
}

fn a_file_and_a_name() {
    let piped = found("clippy.jsonl", "json");
    let file = folder().join("recorded/clippy.jsonl");
    let arguments =
        ["--from", "clippy", "--format", "json", "--base-url", SITE, file.to_str().expect("UTF-8")];
    assert_eq!(annotate(&arguments, b"").stdout, piped);
}

fn without_an_address() {
    let run = annotate(&[], &recorded("mypy.jsonl"));
    assert!(run.stdout.contains("\n  p/unawaited-coroutine/index.html#bad\n"), "{run:?}");
    assert!(run.stderr.contains("note: paths below the site's root"), "{run:?}");
}

fn review_comments_are_short() {
    for file in ["ruff.json", "mypy.jsonl", "clippy.jsonl"] {
        for line in found(file, "rdjsonl").lines() {
            let diagnostic: Value = serde_json::from_str(line).expect("JSON");
            let message = diagnostic["message"].as_str().expect("text");
            assert!(message.chars().count() <= 600, "{message}");
        }
    }
}
