//! SARIF 2.1.0 of any tool: a list of runs, each with the tool's name and a list of results.
//!
//! The name may follow the results, so the results of a run wait for it.

use std::fmt;
use std::io::BufRead;

use counterpart_catalog::Tool;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{Finding, Format, InputError, Position, Span, stream};

#[derive(Deserialize)]
struct ToolName {
    driver: Driver,
}

#[derive(Deserialize)]
struct Driver {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    rule_id: Option<String>,
    rule: Option<Rule>,
    kind: Option<String>,
    baseline_state: Option<String>,
    message: Text,
    #[serde(default)]
    locations: Vec<Location>,
    suppressions: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Rule {
    id: Option<String>,
}

#[derive(Deserialize)]
struct Text {
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Option<Physical>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Option<Artifact>,
    region: Option<Region>,
}

#[derive(Deserialize)]
struct Artifact {
    uri: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: Option<i64>,
    start_column: Option<i64>,
    end_line: Option<i64>,
    end_column: Option<i64>,
}

impl Item {
    /// The finding; none for what is suppressed, passed, gone, or without a place.
    fn finding(self) -> Option<Finding> {
        let suppressed = self.suppressions.is_some_and(|all| !all.is_empty());
        let absent = self.baseline_state.as_deref() == Some("absent");
        if suppressed || absent || self.kind.is_some_and(|kind| kind != "fail") {
            return None;
        }
        let place = self.locations.into_iter().next()?.physical_location?;
        let region = place.region;
        let line = region.as_ref().and_then(|region| region.start_line).unwrap_or(1);
        let end = region.as_ref().and_then(|region| {
            let line = region.end_line.or(region.start_line)?;
            Some(Position::new(line, Some(region.end_column?), 1))
        });
        let column = region.and_then(|region| region.start_column);
        Some(Finding {
            tool: None,
            code: self.rule_id.or_else(|| self.rule?.id),
            name: None,
            message: self.message.text.unwrap_or_default(),
            detail: None,
            path: place.artifact_location?.uri?,
            span: Span { start: Position::new(line, column, 1), end },
        })
    }
}

/// The findings of a run.
struct Run(Vec<Finding>);

impl<'de> Deserialize<'de> for Run {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_map(RunVisitor)
    }
}

struct RunVisitor;

impl<'de> Visitor<'de> for RunVisitor {
    type Value = Run;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a run")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut run: A) -> Result<Run, A::Error> {
        let (mut tool, mut findings) = (None, Vec::new());
        while let Some(key) = run.next_key::<String>()? {
            match key.as_str() {
                "tool" => tool = Tool::called(&run.next_value::<ToolName>()?.driver.name),
                "results" => run.next_value_seed(stream::Items::new(|item: Item| {
                    findings.extend(item.finding());
                }))?,
                _ => drop(run.next_value::<IgnoredAny>()?),
            }
        }
        for finding in &mut findings {
            finding.tool = tool;
        }
        Ok(Run(findings))
    }
}

pub(super) fn read(input: impl BufRead, each: &mut dyn FnMut(Finding)) -> Result<(), InputError> {
    let runs = stream::Items::new(|Run(findings): Run| findings.into_iter().for_each(&mut *each));
    stream::read(Format::Sarif, input, stream::Key("runs", runs))
}
