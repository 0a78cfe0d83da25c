//! SARIF 2.1.0, as GitHub's code scanning reads it:
//! <https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.
//!
//! GitHub ignores `helpUri`, so the address stands in the message and in `help.markdown` as well.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde_json::{Value, json};
use url::Url;

use super::super::{Comment, Format, Position, Span};
use super::fingerprint;

/// Writes one log with one run, also when there is no comment. `read` is the format of the input,
/// which says how columns are counted; `source` is the text of a file, which gives fingerprints.
///
/// # Errors
/// When the output cannot be written.
pub fn write(
    comments: &[Comment<'_>],
    read: Format,
    source: impl Fn(&str) -> Option<String>,
    out: &mut impl Write,
) -> io::Result<()> {
    let by_id: BTreeMap<&str, &Comment<'_>> =
        comments.iter().map(|comment| (comment.entry.meta.id.as_str(), comment)).collect();
    let ids: Vec<&str> = by_id.keys().copied().collect();
    let mut hashes: HashMap<&str, Vec<String>> = HashMap::new();
    let mut results = Vec::new();
    for comment in comments {
        let hashes = hashes.entry(&comment.path).or_insert_with(|| {
            source(&comment.path).map(|text| fingerprint::of_lines(&text)).unwrap_or_default()
        });
        let line = usize::try_from(comment.span.start.line).unwrap_or(usize::MAX);
        let hash = line.checked_sub(1).and_then(|line| hashes.get(line));
        results.push(result(comment, &ids, hash));
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "counterpart",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": by_id.values().map(|comment| rule(comment)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "counterpart/" },
            "columnKind": if read == Format::Pyright { "utf16CodeUnits" } else { "unicodeCodePoints" },
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(comment: &Comment<'_>) -> Value {
    let (meta, slug) = (&comment.entry.meta, &comment.entry.slug);
    let url = comment.url.split('#').next().unwrap_or_default();
    let mut rule = json!({
        "id": meta.id,
        "name": slug,
        "shortDescription": { "text": meta.title },
        "fullDescription": { "text": meta.summary },
        "help": {
            "text": format!("{} See {url}", meta.review),
            "markdown": format!("{}\n\n[{} ({})]({url})", meta.review, meta.title, meta.id),
        },
        "defaultConfiguration": { "level": "warning" },
        "properties": { "tags": meta.tags, "problem.severity": "warning" },
    });
    // Only a full address is one that SARIF takes.
    if Url::parse(url).is_ok() {
        rule["helpUri"] = url.into();
    }
    rule
}

fn result(comment: &Comment<'_>, ids: &[&str], hash: Option<&String>) -> Value {
    let id = comment.entry.meta.id.as_str();
    let mut result = json!({
        "ruleId": id,
        "ruleIndex": ids.iter().position(|known| *known == id),
        "level": "warning",
        "message": { "text": format!("{}: {}", comment.entry.meta.title, comment.text()) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": location(&comment.path),
            "region": region(comment.span),
        } }],
    });
    if let Some(hash) = hash {
        result["partialFingerprints"] = json!({ "primaryLocationLineHash": hash });
    }
    result
}

/// One line, since GitHub shows a result in a pull request only if all its lines are in it.
fn region(Span { start, end }: Span) -> Value {
    let from = start.column.unwrap_or(1);
    let mut region = json!({ "startLine": start.line, "startColumn": from, "endLine": start.line });
    if let Some(Position { line, column: Some(to) }) = end
        && line == start.line
        && to >= from
    {
        region["endColumn"] = to.into();
    }
    region
}

fn location(path: &str) -> Value {
    let Ok(mut url) = Url::parse("file:///") else { return json!({ "uri": path }) };
    url.set_path(&path.replace('%', "%25"));
    if path.starts_with('/') {
        return json!({ "uri": url.as_str() });
    }
    json!({ "uri": url.path().trim_start_matches('/'), "uriBaseId": "%SRCROOT%" })
}
