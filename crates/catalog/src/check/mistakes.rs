//! Reads `mistakes/*.rs`: programs that the compiler must reject, with markers at the lines.

use crate::carve::is_kebab_case;
use crate::{Diagnostic, Mistake, Position, Tree};

pub(crate) fn read(tree: &Tree, folder: &str, out: &mut Vec<Diagnostic>) -> Vec<Mistake> {
    let folder = format!("{folder}/mistakes");
    let mut mistakes = Vec::new();
    for (name, source) in tree.below(&folder) {
        let Some(name) = name.strip_suffix(".rs") else { continue };
        let path = format!("{folder}/{name}.rs");
        let mut error = |code, message: String, help: &str| {
            out.push(Diagnostic::error(code, &path, Position::START, message, help));
        };
        if !is_kebab_case(name) {
            let message = format!("`{name}` cannot name a mistake");
            error("C412", message, "use lower-case words joined by hyphens");
        }
        if !source.starts_with("//! ") {
            let message =
                "the program does not begin with a sentence about what it shows".to_owned();
            error("C410", message, "begin it with `//! `");
        }
        let markers = markers(source);
        if markers.is_empty() {
            let message = "no line is marked as the mistake".to_owned();
            error("C409", message, "end the line with `//~ E0382` or another code");
        }
        let stderr = tree.get(&format!("{folder}/{name}.stderr"));
        if stderr.is_none_or(|text| text.trim().is_empty()) {
            let message = format!("the compiler's message for `{name}` is missing");
            error("C413", message, "`BLESS=1 cargo test --workspace -- mistake` writes it");
        }
        mistakes.push(Mistake {
            name: name.to_owned(),
            source: source.to_owned(),
            markers,
            stderr: stderr.unwrap_or_default().to_owned(),
        });
    }
    mistakes
}

fn markers(source: &str) -> Vec<(usize, String)> {
    let marked = source.lines().enumerate().filter_map(|(index, line)| {
        let (_, marker) = line.split_once("//~")?;
        Some((index + 1, marker))
    });
    marked
        .flat_map(|(line, marker)| {
            let texts = if marker.trim().starts_with("error:") {
                vec![marker.trim()]
            } else {
                marker.split_whitespace().collect()
            };
            texts.into_iter().map(move |text| (line, text.to_owned()))
        })
        .collect()
}
