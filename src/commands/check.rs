//! `counterpart check`: every problem of the checkout's catalog, in one run.

use std::io::Write as _;

use anstream::{eprintln, stdout};
use anstyle::{AnsiColor, Style};
use counterpart_catalog::{Catalog, Diagnostic, Severity, Tree};
use serde_json::json;

use crate::cli::{Check, CheckFormat};
use crate::status::Status;
use crate::workspace::Checkout;

pub(super) fn run(args: &Check) -> anyhow::Result<Status> {
    let checkout = Checkout::find()?;
    let (catalog, diagnostics) = read(&checkout)?;
    match args.format {
        CheckFormat::Text => text(&diagnostics)?,
        CheckFormat::Json => {
            let json = serde_json::to_string_pretty(&json!({ "diagnostics": diagnostics }))?;
            writeln!(stdout(), "{json}")?;
        }
        CheckFormat::Github => github(&diagnostics)?,
    }
    if diagnostics.is_empty() {
        if args.format == CheckFormat::Text {
            eprintln!("{} entries, no problems", catalog.entries.len());
        }
        return Ok(Status::Clean);
    }
    eprintln!("{} problems in {} entries", diagnostics.len(), catalog.entries.len());
    Ok(Status::Findings)
}

/// The catalog of a checkout, and what is wrong with it, by paths that can be opened from here.
pub(super) fn read(checkout: &Checkout) -> anyhow::Result<(Catalog, Vec<Diagnostic>)> {
    let (catalog, diagnostics) = counterpart_catalog::check(&Tree::read(&checkout.patterns())?);
    let prefix = checkout.patterns_prefix();
    let diagnostics = diagnostics
        .into_iter()
        .map(|diagnostic| Diagnostic { path: format!("{prefix}{}", diagnostic.path), ..diagnostic })
        .collect();
    Ok((catalog, diagnostics))
}

/// Prints diagnostics for people: also what `build` and `serve` print.
pub(super) fn text(diagnostics: &[Diagnostic]) -> std::io::Result<()> {
    let bold = Style::new().bold();
    for Diagnostic { code, severity, path, line, column, message, help } in diagnostics {
        let color = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
        };
        let style = color.on_default().bold();
        writeln!(
            stdout(),
            "{bold}{path}:{line}:{column}:{bold:#} {style}{severity}[{code}]{style:#}: {message}"
        )?;
        if !help.is_empty() {
            writeln!(stdout(), "  {bold}help{bold:#}: {help}")?;
        }
    }
    Ok(())
}

fn github(diagnostics: &[Diagnostic]) -> std::io::Result<()> {
    // https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    for Diagnostic { code, severity, path, line, column, message, help } in diagnostics {
        let (path, help) = (property(path), escape(help));
        let message = escape(message);
        writeln!(
            stdout(),
            "::{severity} file={path},line={line},col={column},title={code}::{message}%0Ahelp: {help}"
        )?;
    }
    Ok(())
}
