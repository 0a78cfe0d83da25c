//! `playground.json`: which Rust programs printed their transcripts on a Playground server, and
//! when. A page says so only while its program is the one that was run.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The file's name, below `patterns/`.
pub const RUNS_FILE: &str = "playground.json";
/// The one server that is the Rust Playground.
const PLAYGROUND: &str = "https://play.rust-lang.org/";

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Runs {
    /// The address of the server.
    pub server: String,
    /// By the entry's id.
    pub programs: BTreeMap<String, Run>,
}

/// A run that printed the transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The day, as `2026-02-28`.
    pub date: String,
    /// SHA-256 of the program, in hexadecimal.
    pub sha256: String,
}

impl Runs {
    /// The day on which this program printed its transcript on the Rust Playground itself.
    #[must_use]
    pub fn on_playground(&self, id: &str, sha256: &str) -> Option<&str> {
        let run = self.programs.get(id)?;
        (self.server == PLAYGROUND && run.sha256 == sha256).then_some(&run.date)
    }
}

/// The file's text, with one program in a line.
impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let string = |text: &str| serde_json::Value::from(text).to_string();
        write!(f, "{{\n  \"server\": {},\n  \"programs\": {{", string(&self.server))?;
        for (place, (id, Run { date, sha256 })) in self.programs.iter().enumerate() {
            let (comma, id) = (if place > 0 { "," } else { "" }, string(id));
            let (date, sha256) = (string(date), string(sha256));
            write!(f, "{comma}\n    {id}: {{\"date\": {date}, \"sha256\": {sha256}}}")?;
        }
        let end = if self.programs.is_empty() { "" } else { "\n  " };
        writeln!(f, "{end}}}\n}}")
    }
}

#[cfg(test)]
mod tests {
    use super::{PLAYGROUND, Run, Runs};

    #[test]
    fn only_the_same_program_on_the_playground_itself_counts() {
        let run = Run { date: "2026-02-28".to_owned(), sha256: "a1".to_owned() };
        let programs = [("AP001".to_owned(), run)].into();
        let runs = Runs { server: PLAYGROUND.to_owned(), programs };
        assert_eq!(runs.on_playground("AP001", "a1"), Some("2026-02-28"));
        assert_eq!(runs.on_playground("AP001", "a2"), None);
        assert_eq!(runs.on_playground("AP002", "a1"), None);
        let elsewhere = Runs { server: "http://127.0.0.1:80/".to_owned(), ..runs.clone() };
        assert_eq!(elsewhere.on_playground("AP001", "a1"), None);
        for runs in [runs, Runs::default()] {
            assert_eq!(serde_json::from_str::<Runs>(&runs.to_string()).unwrap(), runs);
        }
    }
}
