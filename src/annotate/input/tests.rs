//! Every format in its smallest form, and the fields that some tools leave out.

use super::{Finding, Format, InputError, read};

/// Tool and code, path, place and message of every finding.
fn findings(input: &str) -> Result<Vec<String>, InputError> {
    let mut found = Vec::new();
    read(input.as_bytes(), None, &mut |finding: Finding| {
        let Finding { tool, code, name, message, path, span, .. } = finding;
        let tool = tool.map_or("?", |tool| tool.as_str());
        let code = code.or(name).unwrap_or_default();
        let start = (span.start.line, span.start.column.unwrap_or(0));
        let end = span.end.map(|end| (end.line, end.column.unwrap_or(0)));
        found.push(format!("{tool} {code} {path} {start:?} {end:?} {message}"));
    })?;
    Ok(found)
}

#[test]
fn every_format_is_recognised_and_counts_from_one() {
    for (input, expected) in [
        (
            r#"[{"filename":"a.py","location":{"row":2,"column":5},"end_location":{"row":2,"column":9},"code":"ASYNC251","name":"n","message":"m"}]"#,
            "ruff ASYNC251 a.py (2, 5) Some((2, 9)) m",
        ),
        (
            "{\"filename\":\"a.py\",\"location\":{\"row\":2,\"column\":5},\"code\":null,\"name\":\"n\",\"message\":\"m\"}\n",
            "ruff n a.py (2, 5) None m",
        ),
        (
            r#"{"file":"a.py","line":2,"column":4,"message":"m","hint":null,"code":"c","severity":"error"}"#,
            "mypy c a.py (2, 5) None m",
        ),
        (
            r#"{"file":"a.py","line":-1,"column":-1,"message":"m","code":null}"#,
            "mypy  a.py (1, 0) None m",
        ),
        (
            r#"{"version":"1","generalDiagnostics":[{"file":"a.py","severity":"error","message":"m","range":{"start":{"line":1,"character":4},"end":{"line":1,"character":8}},"rule":"r"}],"summary":{}}"#,
            "pyright r a.py (2, 5) Some((2, 9)) m",
        ),
        (
            r#"{"messages":[{"messageId":"E1","symbol":"s","message":"m","path":"a.py","line":2,"column":4,"endLine":null,"endColumn":null}],"statistics":{}}"#,
            "pylint E1 a.py (2, 5) None m",
        ),
        (
            r#"{"reason":"compiler-message","message":{"message":"m","code":{"code":"clippy::x"},"level":"warning","spans":[{"file_name":"a.rs","line_start":2,"line_end":2,"column_start":5,"column_end":9,"is_primary":true}],"rendered":"r"}}"#,
            "clippy x a.rs (2, 5) Some((2, 9)) m",
        ),
        (
            r#"{"reason":"compiler-message","message":{"message":"no code","code":null,"level":"error","spans":[{"file_name":"/std/macros.rs","line_start":9,"line_end":9,"column_start":1,"column_end":2,"is_primary":true,"expansion":{"span":{"file_name":"a.rs","line_start":2,"line_end":2,"column_start":5,"column_end":9,"is_primary":false}}}],"rendered":null}}"#,
            "rustc no code a.rs (2, 5) Some((2, 9)) no code",
        ),
        (
            r#"{"version":"2.1.0","runs":[{"results":[{"ruleId":"S7488","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.py"},"region":{"startLine":2}}}]}],"tool":{"driver":{"name":"Sonar"}}}]}"#,
            "sonar S7488 a.py (2, 0) None m",
        ),
    ] {
        assert_eq!(findings(input).expect(input), [expected], "{input}");
        let marked = format!("\u{feff}{input}");
        assert_eq!(findings(&marked).expect(input), [expected], "with a byte order mark");
    }
}

#[test]
fn what_is_no_finding_is_left_out() {
    for input in [
        "[]",
        " [ ]\n",
        r#"{"file":"a.py","line":1,"message":"m","code":null,"severity":"note"}"#,
        r#"{"reason":"build-finished","success":true}"#,
        r#"{"reason":"compiler-message","message":{"message":"2 warnings","code":null,"level":"warning","spans":[]}}"#,
        r#"{"runs":[]}"#,
        r#"{"runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"ASYNC251","message":{},"suppressions":[{"kind":"inSource"}],"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a"}}}]}]}]}"#,
        r#"{"runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"ASYNC251","message":{},"kind":"pass","locations":[{"physicalLocation":{"artifactLocation":{"uri":"a"}}}]}]}]}"#,
        r#"{"runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"ASYNC251","message":{"text":"no place"}}]}]}"#,
    ] {
        assert_eq!(findings(input).expect(input), Vec::<String>::new(), "{input}");
    }
}

#[test]
fn a_format_can_be_named_when_it_cannot_be_seen() {
    let strange = "{\"unknown\":1,\"messages\":[]}";
    let format = read(strange.as_bytes(), Some(Format::Pylint), &mut |_| ()).expect("it is read");
    assert_eq!(format, Format::Pylint);
    let late = format!("{{\"x\":\"{}\",\"runs\":[]}}", "x".repeat(100_000));
    assert!(matches!(findings(&late), Err(InputError::Unknown)), "its key is too far in");
    assert!(read(late.as_bytes(), Some(Format::Sarif), &mut |_| ()).is_ok());
}
