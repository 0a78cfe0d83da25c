//! What is no linter's output: one clear message, and exit code 2.

use std::io::{self, Read};

use counterpart::annotate::{self, Format, InputError};
use libtest_mimic::Trial;

use crate::harness::{annotate as run, recorded, trial};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("bad_input::what_is_wrong_is_said", what_is_wrong_is_said),
        trial("bad_input::every_cut_is_noticed_or_harmless", every_cut),
        trial("bad_input::the_output_of_another_linter_is_named", another_linter),
        trial("bad_input::a_file_that_cannot_be_read", a_file_that_cannot_be_read),
        trial("bad_input::endless_input_is_read_in_pieces", endless_input),
        trial("bad_input::the_terminal_sees_no_control_characters", control_characters),
    ]
}

#[track_caller]
fn refuses(arguments: &[&str], input: &[u8], message: &str) {
    let run = run(arguments, input);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.starts_with("error: "), "{run:?}");
    assert!(run.stderr.contains(message), "{message:?} is not in {:?}", run.stderr);
}

fn what_is_wrong_is_said() {
    for (input, message) in [
        (&b""[..], "there is no input; pipe a linter's JSON into this command"),
        (b" \n\t", "there is no input"),
        (b"All checks passed!\n", "this is not JSON; let the linter write it, as in `ruff check"),
        (b"\xff\xfe[\0]\0", "the input is UTF-16"),
        (b"{}", "cannot tell which linter wrote this"),
        (b"[1, 2]", "cannot tell which linter wrote this"),
        (b"{\"files\": [], \"line\": 1}", "cannot tell which linter wrote this"),
        (b"[{\"filename\": 1, \"location\": 2}]", "line 1 of the input is not what Ruff writes"),
        (b"[{\"filename\": \"a\", \"location\": {", "stops in the middle, at line 1"),
        (b"{\"runs\": {}}", "line 1 of the input is not what SARIF writes"),
        (b"{\"reason\":\"build-finished\"}\nnot JSON\n", "line 2 of the input is not what cargo"),
    ] {
        refuses(&[], input, message);
    }
    refuses(&["--from", "ruff"], b"", "there is no input");
    refuses(&["--from", "mypy"], b"Success: no issues found", "as in `mypy --output json`");
    refuses(&["--from", "eslint"], b"[]", "invalid value 'eslint' for '--from <FROM>'");
    let long = [b"{\"reason\":\"".as_slice(), &vec![b'x'; 17 << 20]].concat();
    refuses(&[], &long, "line 1 of the input has more than 16 MB");
}

/// However a recorded output is cut off, either that is said or the rest was of no account.
fn every_cut() {
    for file in ["ruff.json", "pyright.json", "pylint.json", "ruff.sarif"] {
        let whole = recorded(file);
        let end = whole.trim_ascii_end().len();
        for length in (0..end).step_by(97).chain([end - 1]) {
            let result = annotate::read(&whole[..length], None, &mut |_| ());
            assert!(result.is_err(), "{file} cut off at {length}");
        }
    }
    for file in ["mypy.jsonl", "clippy.jsonl", "ruff.jsonl"] {
        let whole = recorded(file);
        for length in (1..whole.len() - 1).step_by(997) {
            let result = annotate::read(&whole[..length], None, &mut |_| ());
            let ended = whole[length] == b'\n' || whole[length - 1] == b'\n';
            let noticed = matches!(result, Err(InputError::CutOff { .. } | InputError::Unknown));
            assert!(ended || noticed, "{file} cut off at {length}: {result:?}");
        }
    }
}

fn another_linter() {
    for (from, file, message) in [
        ("ruff", "mypy.jsonl", "this is what mypy writes, and not Ruff; leave out `--from`"),
        ("mypy", "clippy.jsonl", "this is what cargo writes, and not mypy"),
        ("sarif", "pyright.json", "this is what pyright writes, and not SARIF"),
        ("pylint", "ruff.sarif", "this is what SARIF writes, and not Pylint"),
    ] {
        refuses(&["--from", from], &recorded(file), message);
    }
}

fn a_file_that_cannot_be_read() {
    refuses(&["no/such/file.json"], b"", "cannot read `no/such/file.json`");
    refuses(&["."], b"", "cannot read `.`");
}

/// A list of this many findings, made while it is read.
struct Endless {
    left: u32,
    buffer: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.buffer.is_empty() && self.left > 0 {
            self.left -= 1;
            let close = if self.left == 0 { "]" } else { "," };
            self.buffer = format!(
                r#"{{"code":"ASYNC251","name":null,"message":"{}","filename":"a.py","location":{{"row":1,"column":1}},"end_location":null}}{close}"#,
                "x".repeat(1000)
            )
            .into_bytes();
        }
        let length = self.buffer.len().min(into.len());
        into[..length].copy_from_slice(&self.buffer[..length]);
        self.buffer.drain(..length);
        Ok(length)
    }
}

fn endless_input() {
    const FINDINGS: u32 = 20_000;
    let input = b"[".chain(Endless { left: FINDINGS, buffer: Vec::new() });
    let mut seen = 0;
    let format = annotate::read(input, None, &mut |_| seen += 1).expect("it is a list");
    assert_eq!((format, seen), (Format::Ruff, FINDINGS));
}

fn control_characters() {
    let finding = r#"[{"code":"ASYNC251","name":null,"message":"\u001b[31mred\u0007","filename":"a\u001b]0;x\u0007.py","location":{"row":3,"column":1},"end_location":null},
        {"code":"\u001b[31mX1","name":null,"message":"","filename":"b.py","location":{"row":1,"column":1},"end_location":null}]"#;
    let run = run(&[], finding.as_bytes());
    assert_eq!(run.code, Some(1));
    assert!(!run.stdout.contains(['\x1b', '\x07']), "{run:?}");
    assert!(!run.stderr.contains(['\x1b', '\x07']), "{run:?}");
}
