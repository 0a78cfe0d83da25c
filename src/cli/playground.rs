//! What can be typed after `counterpart playground`.

use std::time::Duration;

use clap::{Args, Subcommand};

use crate::links::BaseUrl;

/// `counterpart playground`
#[derive(Debug, Args)]
pub struct Playground {
    /// What to ask.
    #[command(subcommand)]
    pub command: PlaygroundCommand,
}

/// What a server can be asked.
#[derive(Debug, Subcommand)]
pub enum PlaygroundCommand {
    /// Run the programs there that have a link, and compare what they print with their transcripts.
    ///
    /// The server gets the programs, and may keep them. Ends with 0 when all print their
    /// transcripts, with 1 when one does not, and with 2 when one could not be run.
    Verify(Verify),
    /// Take the server's list of crates into `playground/crates.json` of this checkout, and print
    /// what that changes.
    ///
    /// Ends with 1 when a program loses its link, or `playground/Cargo.lock` has other versions.
    Snapshot(Snapshot),
}

/// `counterpart playground verify`
#[derive(Debug, Args)]
pub struct Verify {
    /// Only these: ids, slugs, or codes [default: every entry whose program has a link].
    #[arg(value_name = "REF")]
    pub references: Vec<String>,
    /// Write down in `patterns/playground.json` of this checkout which programs printed their
    /// transcripts today; their pages say so if the server is <https://play.rust-lang.org>.
    #[arg(long)]
    pub record: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub server: Server,
}

/// `counterpart playground snapshot`
#[derive(Debug, Args)]
pub struct Snapshot {
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub server: Server,
}

/// Which server, and how patient to be.
#[derive(Debug, Args)]
pub struct Server {
    /// The server, such as <https://play.rust-lang.org>; nothing is asked without.
    #[arg(long)]
    pub url: BaseUrl,
    /// Seconds from an answer to the next request.
    #[arg(long, default_value = "1", value_name = "SECONDS", value_parser = seconds)]
    pub pause: Duration,
    /// Seconds to wait for a whole answer.
    #[arg(long, default_value = "20", value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Duration,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "this is no number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if duration <= Duration::from_hours(1) => Ok(duration),
        _ => Err("at least 0, and at most an hour".to_owned()),
    }
}
