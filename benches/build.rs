//! What a build costs at 100 and at 1,000 entries: `cargo bench --bench build`.
//!
//! Beside it stands `mdbook build` of the same chapters, where mdBook is installed.
//! `cargo test --bench build -- write 300 FOLDER` only writes such a catalog, for other benches.

mod synthetic;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use counterpart::search;
use counterpart::site::{self, Highlighter, Site};
use counterpart_catalog::{Lang, Tree, check};
use wait4::Wait4 as _;

const SIZES: [usize; 2] = [100, 1000];

/// What a step takes, and for whole commands the most memory they hold, in bytes.
struct Cost {
    step: &'static str,
    time: Duration,
    memory: Option<u64>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, entries, folder, ..] = arguments.as_slice()
        && command == "write"
    {
        synthetic::write_book(entries.parse().expect("a number"), Path::new(folder));
        return;
    }
    let books = SIZES.map(|entries| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        synthetic::write_book(entries, &folder.path().join("book"));
        synthetic::write_plain_book(entries, &folder.path().join("plain"));
        folder
    });
    // Commands come first: a process counts the memory of the one that starts it as its own.
    let commands = books.each_ref().map(|folder| commands(folder.path()));
    let steps = books.each_ref().map(|folder| steps(folder.path()));
    println!("{:<36} {:>12} {:>14}", "", "100 entries", "1,000 entries");
    for [small, large] in [steps, commands] {
        for (small, large) in small.iter().zip(&large) {
            row(small.step, "ms", ms(small.time), ms(large.time));
            if let (Some(small), Some(large)) = (small.memory, large.memory) {
                row("  memory", "MB", mb(small), mb(large));
            }
        }
    }
}

fn steps(folder: &Path) -> Vec<Cost> {
    let book = folder.join("book");
    let mut costs = Vec::new();
    let (catalog, diagnostics) = timed(&mut costs, "load and check", || {
        check(&Tree::read(&book.join("patterns")).expect("a catalog"))
    });
    assert!(diagnostics.is_empty(), "{}", diagnostics[0]);
    timed(&mut costs, "highlight both programs", || {
        let highlighter = Highlighter::new().expect("the grammars fit");
        for entry in &catalog.entries {
            for lang in Lang::BOTH {
                std::hint::black_box(highlighter.lines(lang, &entry.program(lang).source));
            }
        }
    });
    timed(&mut costs, "index", || search::build(&catalog).expect("an index"));
    let catalog = Arc::new(catalog);
    let pages = timed(&mut costs, "all pages, with colours and index", || {
        Site { root: &book, catalog, base: None }.pages().expect("pages")
    });
    timed(&mut costs, "write", || {
        site::write(&pages, &folder.join("written")).expect("a site");
    });
    costs
}

fn timed<T>(costs: &mut Vec<Cost>, step: &'static str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    costs.push(Cost { step, time: start.elapsed(), memory: None });
    result
}

fn commands(folder: &Path) -> Vec<Cost> {
    let (book, site) = (folder.join("book"), folder.join("site"));
    let program = || Command::new(env!("CARGO_BIN_EXE_counterpart"));
    let mut build = program();
    build.arg("build").arg("--out").arg(&site);
    let mut search = program();
    search.args(["search", "fetch_7_1 timeout", "--site"]).arg(&site);
    let mut costs = vec![
        command("counterpart build", &mut build, &book),
        command("counterpart search --site", &mut search, &book),
    ];
    if Command::new("mdbook").arg("--version").stdout(Stdio::null()).status().is_ok() {
        let mut build = Command::new("mdbook");
        costs.push(command("mdbook build", build.arg("build"), &folder.join("plain")));
    } else {
        eprintln!("mdbook is not installed: its row is left out");
    }
    costs
}

fn command(step: &'static str, command: &mut Command, folder: &Path) -> Cost {
    let start = Instant::now();
    let silent = command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = silent.spawn().expect("the program starts");
    let used = child.wait4().expect("the program ends");
    assert!(used.status.success(), "{step} failed");
    Cost { step, time: start.elapsed(), memory: Some(used.rusage.maxrss) }
}

fn row(name: &str, unit: &str, small: f64, large: f64) {
    println!("{name:<36} {small:>9.1} {unit} {large:>11.1} {unit}  × {:.1}", large / small);
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn mb(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}
