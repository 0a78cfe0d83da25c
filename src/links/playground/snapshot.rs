//! `playground/crates.json`: the Playground's crates as far as our programs could use them.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// What the file is.
    pub about: String,
    /// Where the list was taken from.
    pub source: String,
    /// When.
    pub date: String,
    /// The crates, by name.
    pub crates: Vec<Crate>,
}

/// A crate that programs can use there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crate {
    /// With dashes, as in a manifest.
    pub name: String,
    /// The version.
    pub version: String,
    /// Features that are on; empty where only the default ones are, or nobody looked.
    pub features: Vec<String>,
    /// Paths that need a feature which is off there.
    #[serde(default)]
    pub lacks: Vec<String>,
}

impl FromStr for Snapshot {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// The file's text, with one crate in a line.
impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { about, source, date, crates } = self;
        writeln!(f, "{{")?;
        for (key, value) in [("about", about), ("source", source), ("date", date)] {
            writeln!(f, "  \"{key}\": {},", string(value))?;
        }
        writeln!(f, "  \"crates\": [")?;
        for (place, Crate { name, version, features, lacks }) in (1..).zip(crates) {
            let (name, version) = (string(name), string(version));
            write!(f, "    {{\"name\": {name}, \"version\": {version}, \"features\": ")?;
            write!(f, "{}", list(features))?;
            if !lacks.is_empty() {
                write!(f, ", \"lacks\": {}", list(lacks))?;
            }
            writeln!(f, "}}{}", if place < crates.len() { "," } else { "" })?;
        }
        writeln!(f, "  ]\n}}")
    }
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| string(text)).collect::<Vec<_>>().join(", "))
}
