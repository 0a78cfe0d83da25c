//! The server compiles and runs: with the crates of `playground/`, as the Playground does with
//! its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;
use std::{env, fs};

use counterpart_runner::{Ending, capture};
use serde_json::json;

use super::playground;
use super::record::checkout;
use super::server::{Answer, Server};

/// For a build on a loaded machine.
const BUILD: Duration = Duration::from_mins(10);
/// The Playground's is ten seconds.
const LIMIT: Duration = Duration::from_secs(1);
/// The Playground's limit of a stream, in bytes.
const MOST: usize = 640 << 10;

/// A copy of `playground/`, and the folder of its builds, which the test `playground` uses too.
static PROJECT: LazyLock<(PathBuf, PathBuf)> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("playground-server");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    for file in ["Cargo.toml", "Cargo.lock"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("playground").join(file);
        fs::copy(from, folder.join(file)).expect(file);
    }
    (folder, Path::new(env!("CARGO_TARGET_TMPDIR")).join("playground/target"))
});

/// Compiles and runs a program.
fn execute(code: &str) -> Answer {
    let (folder, target) = &*PROJECT;
    fs::write(folder.join("src/main.rs"), code).expect("a file");
    let mut cargo = counterpart_runner::cargo(folder);
    cargo.args(["build", "--locked"]).env("CARGO_TARGET_DIR", target);
    let build = capture(&mut cargo, BUILD).expect("cargo starts");
    if !build.ending.success() {
        return Answer::failed(&build.stderr);
    }
    let program =
        target.join("debug/counterpart-playground").with_extension(env::consts::EXE_EXTENSION);
    let run = capture(&mut Command::new(program), LIMIT).expect("the program starts");
    let status = match run.ending {
        Ending::TimedOut(_) => {
            return Answer::error(500, "The operation timed out: deadline has elapsed");
        }
        Ending::Exited(status) => status,
    };
    if run.stdout.len() > MOST {
        let bytes = run.stdout.len();
        let error =
            format!("Failed to copy child stdout: Generated {bytes} bytes of output, exiting");
        return Answer::error(500, &error);
    }
    let stderr = format!("{}     Running `target/debug/playground`\n{}", build.stderr, run.stderr);
    let ended = format!("Exited with status {}", status.code().unwrap_or_default());
    Answer::json(
        200,
        &json!({
            "success": status.success(), "exitDetail": ended, "stdout": run.stdout, "stderr": stderr,
        }),
    )
}

#[test]
fn programs_are_compiled_run_and_compared() {
    let hello = "fn main() { println!(\"hello ada\\nhello bob\"); }\n";
    let server = Server::start(vec![Answer::Real(execute)]);
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let run = playground(nowhere.path(), "verify", &server.url, &["AP001", "--timeout", "600"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "same     concurrent-join\n"), "{run:?}");
    for (code, expected) in [
        (hello, "same     greeting\n"),
        (
            "fn main() { println!(\"hello ada\"); }\n",
            "wrong    greeting: it prints something else: line 2 is empty, not `hello bob`\n",
        ),
        (
            "fn main() { let _: u8 = \"\"; }\n",
            "wrong    greeting: it does not compile there: error[E0308]: mismatched types\n",
        ),
        // Ours has only the crates that our programs need.
        (
            "use rayon as _;\nfn main() {}\n",
            "wrong    greeting: the crate `rayon` is missing there",
        ),
        ("fn main() { panic!(\"oh no\") }\n", "wrong    greeting: Exited with status 101: "),
        ("fn main() { loop { std::thread::park() } }\n", "the Playground stopped it"),
        (
            "fn main() { for _ in 0..100_000 { println!(\"hello\") } println!(\"{}\", \"x\".repeat(600_000)) }\n",
            "wrong    greeting: it prints more than the Playground takes\n",
        ),
    ] {
        let checkout = checkout(&[("greeting", code)]);
        let arguments = ["greeting", "--timeout", "600"];
        let run = playground(checkout.path(), "verify", &server.url, &arguments);
        assert!(run.stdout.contains(expected), "{code}: {run:?}");
        assert_eq!(run.code, Some(i32::from(code != hello)), "{run:?}");
    }
}
