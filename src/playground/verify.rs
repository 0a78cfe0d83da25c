//! Runs programs on a Playground server, and compares what they print with their transcripts.

use super::failure::{Next, shown};
use super::{Client, Execution, Failure};

/// So many programs in a row may fail for the server's sake: then it is left alone.
const IN_A_ROW: usize = 3;

/// A program that has a link.
#[derive(Clone, Debug)]
pub struct Program {
    /// The entry's id.
    pub id: String,
    /// The entry's slug.
    pub slug: String,
    /// What the link opens.
    pub code: String,
    /// What it must print.
    pub transcript: String,
}

/// What became of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It prints its transcript.
    Same,
    /// It does not.
    Wrong(Wrong),
    /// It could not be run.
    NotRun(Failure),
}

/// Why a program is not what its page says, on that server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A crate is missing.
    #[error(
        "the crate `{0}` is missing there; `counterpart playground snapshot` takes the list of crates again"
    )]
    Crate(String),
    /// The compiler refuses it.
    #[error("it does not compile there: {0}")]
    Compile(String),
    /// It was compiled, and then failed.
    #[error("{0}: {1}")]
    Ended(String, String),
    /// It prints something else.
    #[error("it prints something else: line {line} is {found}, not {expected}")]
    Prints {
        /// The first line that differs, from 1.
        line: usize,
        /// What it prints there.
        found: String,
        /// What it should.
        expected: String,
    },
    /// The server has no result for this program.
    #[error("{0}")]
    Limit(Failure),
}

/// How many programs had which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// They print their transcripts.
    pub same: usize,
    /// They do not.
    pub wrong: usize,
    /// They could not be run.
    pub not_run: usize,
    /// They were not tried, since the server was left alone.
    pub left: usize,
}

/// Runs the programs one after the other, and reports each. Stops where the server does not take
/// our requests, or fails three times in a row.
pub async fn verify(
    client: &mut Client,
    programs: &[Program],
    mut report: impl FnMut(&Program, &Verdict),
) -> Tally {
    let mut tally = Tally::default();
    let mut in_a_row = 0;
    for (done, program) in (1..).zip(programs) {
        let result = client.execute(&program.code).await;
        let next = result.as_ref().err().map(Failure::next);
        let verdict = match result {
            Ok(execution) => {
                wrong(&execution, &program.transcript).map_or(Verdict::Same, Verdict::Wrong)
            }
            Err(failure) if failure.is_of_program() => Verdict::Wrong(Wrong::Limit(failure)),
            Err(failure) => Verdict::NotRun(failure),
        };
        // A time limit may be the server's fault as well: a full one lets programs wait.
        in_a_row = match (next, &verdict) {
            (Some(Next::Retry), _) | (_, Verdict::NotRun(_)) => in_a_row + 1,
            _ => 0,
        };
        *match verdict {
            Verdict::Same => &mut tally.same,
            Verdict::Wrong(_) => &mut tally.wrong,
            Verdict::NotRun(_) => &mut tally.not_run,
        } += 1;
        report(program, &verdict);
        if next == Some(Next::Stop) || in_a_row == IN_A_ROW {
            tally.left = programs.len() - done;
            break;
        }
    }
    tally
}

/// What is wrong with a run. Standard error is not compared: cargo's progress stands in it.
fn wrong(execution: &Execution, transcript: &str) -> Option<Wrong> {
    let Execution { success, ended, stdout, stderr } = execution;
    if *success {
        return differs(stdout, transcript);
    }
    let mut lines = stderr.lines();
    if lines.any(|line| line.trim_start().starts_with("Running `")) {
        let said: Vec<&str> = lines.collect();
        return Some(Wrong::Ended(shown(ended), shown(&said.join(" "))));
    }
    if let Some(name) = missing(stderr) {
        return Some(Wrong::Crate(shown(name)));
    }
    let error = stderr.lines().find(|line| line.starts_with("error")).unwrap_or(stderr);
    Some(Wrong::Compile(shown(error)))
}

/// The crate that the compiler does not find.
fn missing(stderr: &str) -> Option<&str> {
    let found = ["unlinked crate `", "no external crate `", "can't find crate for `"].into_iter();
    let rest = found.filter_map(|words| stderr.split_once(words)).map(|(_, rest)| rest).next()?;
    rest.split('`').next()
}

fn differs(stdout: &str, transcript: &str) -> Option<Wrong> {
    let (found, expected) = (stdout.replace("\r\n", "\n"), transcript);
    if found == expected {
        return None;
    }
    let (mut found, mut expected) = (found.split('\n'), expected.split('\n'));
    let quoted = |line: Option<&str>| match line {
        None => "missing".to_owned(),
        Some("") => "empty".to_owned(),
        Some(line) => format!("`{}`", shown(line)),
    };
    (1..).find_map(|line| match (found.next(), expected.next()) {
        (None, None) => Some(None),
        (a, b) if a == b => None,
        (a, b) => Some(Some(Wrong::Prints { line, found: quoted(a), expected: quoted(b) })),
    })?
}

#[cfg(test)]
mod tests {
    use super::{Execution, wrong};

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        let compiles = "   Compiling playground v0.0.1 (/playground)\n";
        let runs =
            format!("{compiles}    Finished `dev`\n     Running `target/debug/playground`\n");
        for (success, stdout, stderr, expected) in [
            (true, "a\nb\n", "", ""),
            (true, "a\r\nb\r\n", "warning: unused", ""),
            (true, "a\nc\n", "", "line 2 is `c`, not `b`"),
            (true, "a\n", "", "line 2 is empty, not `b`"),
            (true, "a\nb", "", "line 3 is missing, not empty"),
            (true, "a\nb\nc\n", "", "line 3 is `c`, not empty"),
            (true, "", "", "line 1 is empty, not `a`"),
            (true, "a\n\u{1b}[2J", "", "line 2 is `\u{fffd}[2J`"),
            (
                false,
                "",
                &format!("{compiles}error[E0308]: mismatched types\n --> x"),
                "there: error[E0308]: mismatched types",
            ),
            (
                false,
                "",
                "error[E0432]: unresolved import `axum`\n    ^^^ no external crate `axum`",
                "`axum` is missing",
            ),
            (
                false,
                "a\n",
                &format!("{runs}thread 'main' panicked at src/main.rs:1:1:\noh"),
                "status 101: thread 'main' panicked at src/main.rs:1:1: oh",
            ),
            (false, "", "", "does not compile there"),
        ] {
            let ended = "Exited with status 101".to_owned();
            let execution =
                Execution { success, ended, stdout: stdout.to_owned(), stderr: stderr.to_owned() };
            let said = wrong(&execution, "a\nb\n").map(|wrong| wrong.to_string());
            let said = said.unwrap_or_default();
            assert!(said.contains(expected), "{said}");
            assert_eq!(said.is_empty(), expected.is_empty(), "{said}");
        }
    }
}
