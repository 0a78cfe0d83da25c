//! `counterpart playground`: what a Playground server says about our programs.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anstream::{eprintln, stdout};
use anyhow::{Context as _, bail, ensure};
use counterpart_catalog::{Catalog, RUNS_FILE, Run, Runs, Tree, check};
use time::OffsetDateTime;

use super::source;
use crate::cli::{PlaygroundCommand, Server, Snapshot, Verify};
use crate::links::{self, Playground, targets};
use crate::playground::{
    Changes, Client, Pace, Program, Tally, Verdict, changes, locked_differently,
};
use crate::status::Status;
use crate::workspace::Checkout;

pub(super) fn run(command: &PlaygroundCommand) -> anyhow::Result<Status> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match command {
        PlaygroundCommand::Verify(args) => runtime.block_on(verify(args)),
        PlaygroundCommand::Snapshot(args) => runtime.block_on(snapshot(args)),
    }
}

fn client(server: &Server) -> anyhow::Result<Client> {
    Client::new(server.url.clone(), Pace { pause: server.pause, timeout: server.timeout })
}

fn today() -> String {
    OffsetDateTime::now_utc().date().to_string()
}

async fn verify(args: &Verify) -> anyhow::Result<Status> {
    let (checkout, catalog) = source::catalog()?;
    let url = args.server.url.to_string();
    let mut record = match (args.record, &checkout) {
        (false, _) => None,
        (true, Some(checkout)) => Some((checkout, record_of(&catalog, &url)?)),
        (true, None) => bail!("`--record` writes to a checkout, and this folder is in none"),
    };
    let (programs, without) = programs(&catalog, &args.references)?;
    let mut client = client(&args.server)?;
    if !programs.is_empty() {
        eprintln!("sending {} to {url}, one after the other", counted(programs.len(), "program"));
    }

    let mut failed = Ok(());
    let tally = crate::playground::verify(&mut client, &programs, |program, verdict| {
        if let Some((_, runs)) = &mut record {
            match verdict {
                Verdict::Same => {
                    let run = Run { date: today(), sha256: links::sha256(&program.code) };
                    runs.programs.insert(program.id.clone(), run);
                }
                Verdict::Wrong(_) => drop(runs.programs.remove(&program.id)),
                Verdict::NotRun(_) => {}
            }
        }
        if failed.is_ok() {
            failed = said(program, verdict);
        }
    })
    .await;
    failed?;
    if programs.is_empty() {
        return Ok(if without > 0 { Status::Findings } else { Status::Clean });
    }
    if let Some((checkout, runs)) = record {
        replace(&checkout.patterns().join(RUNS_FILE), &runs.to_string())?;
    }
    Ok(summary(tally, without))
}

/// The runs that are known already, unless they were on another server.
fn record_of(catalog: &Catalog, url: &str) -> anyhow::Result<Runs> {
    let known = &catalog.runs;
    ensure!(
        known.programs.is_empty() || known.server == url,
        "`patterns/{RUNS_FILE}` has the runs on {}: remove it to record those on {url}",
        known.server
    );
    Ok(Runs { server: url.to_owned(), ..known.clone() })
}

/// The programs that are asked for and have a link; and how many have none, each of which is named
/// if it was asked for.
fn programs(catalog: &Catalog, references: &[String]) -> anyhow::Result<(Vec<Program>, usize)> {
    let playground = Playground::new().context("the list of the Playground's crates is damaged")?;
    let mut slugs = Vec::new();
    for reference in references {
        slugs.extend(targets(catalog, reference)?.into_iter().map(|target| target.slug));
    }
    let (mut programs, mut without) = (Vec::new(), 0);
    for entry in &catalog.entries {
        if !references.is_empty() && !slugs.contains(&entry.slug) {
            continue;
        }
        match playground.link(entry) {
            Ok(_) => {
                let (code, transcript) = entry.for_playground();
                programs.push(Program {
                    id: entry.meta.id.clone(),
                    slug: entry.slug.clone(),
                    code,
                    transcript: transcript.to_owned(),
                });
            }
            Err(_) if references.is_empty() => {}
            Err(why) => {
                eprintln!("note: `{}` does not open in the Rust Playground: {why}", entry.slug);
                without += 1;
            }
        }
    }
    Ok((programs, without))
}

fn said(Program { slug, .. }: &Program, verdict: &Verdict) -> io::Result<()> {
    let mut out = stdout().lock();
    match verdict {
        Verdict::Same => writeln!(out, "same     {slug}"),
        Verdict::Wrong(wrong) => writeln!(out, "wrong    {slug}: {wrong}"),
        Verdict::NotRun(failure) => writeln!(out, "not run  {slug}: {failure}"),
    }
}

fn summary(Tally { same, wrong, not_run, left }: Tally, without: usize) -> Status {
    eprintln!(
        "{same} of {} printed the same there",
        counted(same + wrong + not_run + left, "program")
    );
    if left > 0 {
        eprintln!("the server is left alone: {} not tried", counted(left, "program"));
    }
    if not_run + left > 0 {
        return Status::Failed;
    }
    if wrong + without > 0 { Status::Findings } else { Status::Clean }
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

async fn snapshot(args: &Snapshot) -> anyhow::Result<Status> {
    let checkout = Checkout::find()?;
    let folder = checkout.root().join("playground");
    let read = |file: &str| {
        fs::read_to_string(folder.join(file))
            .with_context(|| format!("cannot read `playground/{file}`"))
    };
    let old: links::Snapshot = read("crates.json")?
        .parse()
        .context("`playground/crates.json` is damaged: put the committed one back")?;
    let lock = read("Cargo.lock")?;
    let (catalog, _) = check(&Tree::read(&checkout.patterns())?);
    let mut client = client(&args.server)?;
    let available = client.crates().await.context("there is no list of crates; nothing changed")?;
    let differently =
        locked_differently(&lock, &available).context("`playground/Cargo.lock` is damaged")?;
    let source = args.server.url.join("meta/crates");
    let Changes { snapshot, crates, lost, won } =
        changes(&old, &available, &catalog, source, today());
    replace(&folder.join("crates.json"), &snapshot.to_string())?;

    let mut out = stdout().lock();
    for line in &crates {
        writeln!(out, "{line}")?;
    }
    for (slug, why) in &lost {
        writeln!(out, "`{slug}` loses its link: {why}")?;
    }
    for slug in &won {
        writeln!(out, "`{slug}` gets a link to its whole program")?;
    }
    for line in &differently {
        writeln!(out, "playground/Cargo.lock: {line}")?;
    }
    eprintln!(
        "{} crates in `playground/crates.json`: {} changes, {} links lost, {} won",
        snapshot.crates.len(),
        crates.len(),
        lost.len(),
        won.len()
    );
    if !differently.is_empty() {
        eprintln!(
            "next: the same versions in `playground/Cargo.toml`, `cargo update` there, and \
             `cargo test --workspace --test playground`"
        );
    }
    let breaks = !lost.is_empty() || !differently.is_empty();
    Ok(if breaks { Status::Findings } else { Status::Clean })
}

/// Writes a file in place of the old one at once.
fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let new = path.with_extension(format!("{}.tmp", std::process::id()));
    let saved = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    saved
        .inspect_err(|_| _ = fs::remove_file(&new))
        .with_context(|| format!("cannot write `{}`", path.display()))
}
