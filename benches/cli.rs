//! How long whole commands take, and how much memory: `cargo bench --bench cli`.
//!
//! The program is the optimised one; each row starts it anew, with output into a pipe.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

const RUNS: usize = 101;

const TRACEBACK: &str = r#"Traceback (most recent call last):
  File "/srv/shop/app/main.py", line 88, in <module>
    asyncio.run(main())
  File "/usr/lib/python3.12/asyncio/runners.py", line 194, in run
    return runner.run(main)
  File "/usr/lib/python3.12/asyncio/base_events.py", line 687, in run_until_complete
    return future.result()
  File "/srv/shop/app/mail.py", line 31, in notify
    users = db.scalars(select(User)).all()
AttributeError: 'coroutine' object has no attribute 'all'
sys:1: RuntimeWarning: coroutine 'AsyncSession.scalars' was never awaited
"#;

/// Arguments, and what comes over standard input.
const ROWS: [(&[&str], &str); 10] = [
    (&["--version"], ""),
    (&["search", "spawn_blocking"], ""),
    (&["search", "asyncio.gahter"], ""),
    (&["search", "limit how many requests run at once"], ""),
    (&["search", "\"never awaited\" -gather tag:pitfall"], ""),
    (&["search", "-"], TRACEBACK),
    (&["search", "gather", "--format", "json"], ""),
    (&["explain", "concurrent-join"], ""),
    (&["explain", "ASYNC251"], ""),
    (&["list"], ""),
];

fn main() {
    println!("{:<52} {:>10} {:>10} {:>10}", "command", "median", "95 %", "memory");
    for (arguments, input) in ROWS {
        let mut runs: Vec<(Duration, u64)> = (0..RUNS).map(|_| run(arguments, input)).collect();
        let memory = runs.iter().map(|(_, memory)| *memory).max().unwrap_or_default();
        runs.sort_unstable();
        let command = format!("counterpart {}", arguments.join(" "));
        println!(
            "{command:<52} {:>7.1} ms {:>7.1} ms {:>7.1} MB",
            milliseconds(runs[RUNS / 2].0),
            milliseconds(runs[RUNS * 95 / 100].0),
            f64::from(u32::try_from(memory >> 10).unwrap_or(u32::MAX)) / 1024.0,
        );
    }
}

/// How long a run takes, and the most memory it holds, in bytes.
fn run(arguments: &[&str], input: &str) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_counterpart"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("the program reads");
    drop(stdin);
    let mut stdout = child.stdout.take().expect("a pipe");
    std::io::copy(&mut stdout, &mut std::io::sink()).expect("the program writes");
    let used = child.wait4().expect("the program ends");
    assert!(used.status.success(), "{arguments:?} failed");
    (start.elapsed(), used.rusage.maxrss)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
