//! What happens at the other end of a pipe.

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
    let output = command(&["search", "gather"]).env("CLICOLOR_FORCE", "1").output();
    let output = output.expect("the program starts");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\x1b[1m"));
}
