//! What a Playground server can answer instead of a result, and what to do about it.
//!
//! The status alone does not say: 500 is also how the Playground says that a program took too
//! long, printed too much, or that a request was wrong.

use std::time::Duration;

use serde::Deserialize;

/// Characters of a server's text that are shown.
const SHOWN: usize = 200;

/// Why a request has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// There is no connection, or it broke.
    #[error("no connection: {0}")]
    Connection(String),
    /// The answer took longer than we wait.
    #[error("no whole answer within {} s", .0.as_secs_f64())]
    Slow(Duration),
    /// The connection ended in the middle of an answer.
    #[error("the answer ends in the middle")]
    Cut,
    /// It has too much to do.
    #[error("the server is busy")]
    Busy(Option<Duration>),
    /// Something is wrong over there.
    #[error("the server answers {0}: {1}")]
    Server(u16, String),
    /// The program, with its compilation and the wait for a free place, took too long.
    #[error("the Playground stopped it: {0}")]
    TimeLimit(String),
    /// The program printed more than the Playground takes.
    #[error("it prints more than the Playground takes")]
    Flood,
    /// The program is longer than the Playground takes.
    #[error("the server takes no program of this length ({0})")]
    TooLarge(u16),
    /// The answer is longer than any can be.
    #[error("the answer is longer than {} MiB", .0 >> 20)]
    Endless(usize),
    /// The answer is not what the Playground answers.
    #[error("the answer is not that of a Playground: `{0}`")]
    Garbage(String),
    /// The server does not take our requests.
    #[error("the server does not take the request ({0}): {1}")]
    Refused(u16, String),
    /// The server sends us elsewhere.
    #[error(
        "the server redirects to `{0}`, which is not followed: give that as `--url` if it is the Playground"
    )]
    Redirect(String),
    /// This is no Playground.
    #[error("there is no Playground at this address: it answers {0}")]
    Absent(u16),
}

/// What a failure means for the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The same request may succeed later.
    Retry,
    /// The same request fails again; another one may succeed.
    Skip,
    /// Every request fails.
    Stop,
}

impl Failure {
    /// What to do next.
    #[must_use]
    pub fn next(&self) -> Next {
        match self {
            Self::Connection(_)
            | Self::Slow(_)
            | Self::Cut
            | Self::Busy(_)
            | Self::Server(..)
            | Self::TimeLimit(_) => Next::Retry,
            Self::Flood | Self::TooLarge(_) | Self::Endless(_) | Self::Garbage(_) => Next::Skip,
            Self::Refused(..) | Self::Redirect(_) | Self::Absent(_) => Next::Stop,
        }
    }

    /// Whether it is the program that failed, and not the server.
    #[must_use]
    pub fn is_of_program(&self) -> bool {
        matches!(self, Self::TimeLimit(_) | Self::Flood | Self::TooLarge(_))
    }

    /// What an answer other than 200 means.
    pub(super) fn of(status: u16, body: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Said {
            error: String,
        }
        let said = serde_json::from_slice::<Said>(body).ok().map(|said| said.error);
        let text = said.as_deref().map_or_else(|| shown(&String::from_utf8_lossy(body)), shown);
        let said = said.unwrap_or_default();
        match status {
            400 | 415 | 422 => Self::Refused(status, text),
            401 | 403..=405 | 410 => Self::Absent(status),
            413 | 414 => Self::TooLarge(status),
            500 if said.starts_with('\'') && said.contains("is not a valid") => {
                Self::Refused(status, text)
            }
            500 if said.starts_with("The operation timed out") => Self::TimeLimit(text),
            500 if said.contains("bytes of output, exiting") => Self::Flood,
            _ => Self::Server(status, text),
        }
    }
}

/// The beginning of a text from elsewhere, in one line, without control characters.
pub(super) fn shown(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let mut shown: String = text.chars().take(SHOWN).map(plain).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
