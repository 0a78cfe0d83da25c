//! The README tells the truth: its commands run, and print what it says.

use std::path::Path;
use std::process::Command;

use clap::Parser as _;
use counterpart::cli::Cli;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A line of the README that stands for any number of lines; at the end of one, for its rest.
const ELISION: &str = "…";

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    std::fs::read_to_string(path).expect("the README is there")
}

/// The texts of the fences with this language.
fn fences(markdown: &str, lang: &str) -> Vec<String> {
    let mut fences = Vec::new();
    let mut open = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if *info == *lang => {
                open = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(fence) = &mut open {
                    fence.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}

/// Whether `actual` is `expected`, in which an elision stands for any lines.
fn fits(expected: &[&str], actual: &[&str]) -> bool {
    match (expected.split_first(), actual.split_first()) {
        (None, None) => true,
        (Some((&ELISION, rest)), _) => {
            (0..=actual.len()).any(|skipped| fits(rest, &actual[skipped..]))
        }
        (Some((wanted, wanted_rest)), Some((found, found_rest))) => {
            let rest_left_out = wanted.strip_suffix(ELISION);
            (wanted.trim_end() == found.trim_end()
                || rest_left_out.is_some_and(|start| found.starts_with(start)))
                && fits(wanted_rest, found_rest)
        }
        _ => false,
    }
}

#[test]
fn every_console_example_prints_what_it_says() {
    let program = Path::new(env!("CARGO_BIN_EXE_counterpart"));
    let folder = program.parent().expect("the program is in a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let mut examples = 0;
    for fence in fences(&readme(), "console") {
        for example in fence.split("$ ").filter(|example| !example.trim().is_empty()) {
            let (command, expected) = example.split_once('\n').unwrap_or((example, ""));
            let output = Command::new("sh")
                .args(["-c", command])
                .env("PATH", &path)
                .env("COLUMNS", "80")
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .expect("a shell");
            let actual = String::from_utf8_lossy(&output.stdout);
            let expected: Vec<&str> = expected.trim_end().lines().collect();
            let lines: Vec<&str> = actual.trim_end().lines().collect();
            assert!(
                fits(&expected, &lines),
                "`{command}` printed\n{actual}\nand the README says\n{}\nstandard error:\n{}",
                expected.join("\n"),
                String::from_utf8_lossy(&output.stderr)
            );
            examples += 1;
        }
    }
    assert!(examples >= 4, "the README shows only {examples} examples");
}

#[test]
fn every_counterpart_command_can_be_typed() {
    let mut commands = 0;
    for fence in fences(&readme(), "sh") {
        for line in fence.lines().filter(|line| line.contains("cargo run")) {
            let words = line.split_whitespace().skip_while(|word| *word != "--").skip(1);
            let parsed = Cli::try_parse_from(std::iter::once("counterpart").chain(words));
            assert!(parsed.is_ok(), "`{line}`: {parsed:?}");
            commands += 1;
        }
    }
    assert!(commands >= 1, "the README shows no command");
}

#[test]
fn ci_runs_the_test_command_of_the_readme() {
    let script = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run"))
        .expect("the script is there");
    assert!(script.lines().any(|line| line.starts_with("cargo test --workspace")));
    assert!(readme().contains("\ncargo test --workspace\n"));
}

#[test]
fn an_elision_stands_for_any_lines() {
    assert!(fits(&["a", "…", "d"], &["a", "b", "c", "d"]));
    assert!(fits(&["a", "…"], &["a"]));
    assert!(!fits(&["a", "…", "d"], &["a", "b"]));
    assert!(!fits(&["a"], &["a", "b"]));
    assert!(fits(&["a=…"], &["a=b"]) && !fits(&["a=…"], &["b=a"]));
}
