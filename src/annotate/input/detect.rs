//! Tells the formats apart by the keys of the first object.

use super::{Format, InputError};

/// The format that the beginning of an input shows.
pub(super) fn format(head: &[u8]) -> Result<Format, InputError> {
    let keys = match first(head) {
        None => return Err(InputError::Empty),
        // An empty list is what Ruff writes when all is well.
        Some(b'[') if after_bracket(head) == Some(b']') => return Ok(Format::Ruff),
        Some(b'[' | b'{') => keys(head),
        Some(_) => return Err(InputError::NotJson(None)),
    };
    let has = |key: &str| keys.contains(&key.as_bytes());
    let known = if is_list(head) {
        [(Format::Ruff, has("filename") && has("location"))].to_vec()
    } else {
        vec![
            (Format::Clippy, has("reason")),
            (Format::Pyright, has("generalDiagnostics")),
            (Format::Sarif, has("runs")),
            (Format::Pylint, has("messages")),
            (Format::Ruff, has("filename") && has("location")),
            (Format::Mypy, has("file") && has("line") && has("message")),
        ]
    };
    let found = known.into_iter().find(|(_, fits)| *fits);
    found.map(|(format, _)| format).ok_or(InputError::Unknown)
}

/// Whether the input is one list.
pub(super) fn is_list(head: &[u8]) -> bool {
    first(head) == Some(b'[')
}

fn first(text: &[u8]) -> Option<u8> {
    text.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

fn after_bracket(head: &[u8]) -> Option<u8> {
    let bracket = head.iter().position(|byte| *byte == b'[')?;
    first(&head[bracket + 1..])
}

/// The keys of the first object, or of the first object in the first list, as far as they stand
/// in this text. Keys with escapes in them are no keys that are looked for.
fn keys(text: &[u8]) -> Vec<&[u8]> {
    let wanted = if is_list(text) { 2 } else { 1 };
    let (mut keys, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == wanted => break,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at;
                while text.get(at).is_some_and(|byte| *byte != b'"') {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                let end = at.min(text.len());
                at += 1;
                if depth == wanted && text.get(at..).and_then(first) == Some(b':') {
                    keys.push(&text[start..end]);
                }
            }
            _ => {}
        }
    }
    keys
}
