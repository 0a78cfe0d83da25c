//! What the other end of a pipe, the disk and the environment do to the output.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterpart"));
    command.args(arguments).env_remove("COUNTERPART_BASE_URL").env_remove("NO_COLOR");
    command
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for arguments in [
        &["list", "--format", "json"][..],
        &["explain", "concurrent-join"],
        &["search", "await", "--format", "json"],
        &["completions", "zsh"],
    ] {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // The pipe closes when the reader goes.
        let mut line = String::new();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
        reader.read_line(&mut line).expect("a line");
        drop(reader);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = command(&["list"]).stdout(full).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "));
}

#[test]
fn colours_come_when_they_are_forced() {
    for arguments in [["search", "gather"], ["explain", "concurrent-join"]] {
        let output = command(&arguments).env("CLICOLOR_FORCE", "1").output();
        let output = String::from_utf8(output.expect("the program starts").stdout);
        assert!(output.expect("UTF-8").contains("\x1b[1m"), "{arguments:?}");
    }
}

#[test]
fn links_can_be_followed_where_the_terminal_says_so() {
    let arguments = ["search", "gather", "--base-url", "https://example.org/"];
    let output = command(&arguments)
        .envs([("CLICOLOR_FORCE", "1"), ("FORCE_HYPERLINK", "1")])
        .output()
        .expect("the program starts");
    let link = "\x1b]8;;https://example.org/p/concurrent-join/\x1b\\";
    assert!(String::from_utf8_lossy(&output.stdout).contains(link));
}

#[test]
fn the_base_url_may_stand_in_the_environment() {
    let output = command(&["list", "--format", "json"])
        .env("COUNTERPART_BASE_URL", "https://example.org")
        .output()
        .expect("the program starts");
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let url = list[0]["url"].as_str().expect("a string");
    assert!(url.starts_with("https://example.org/p/"), "{url}");
}
