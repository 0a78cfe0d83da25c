//! What tells a finding again after its line has moved: GitHub's hash of the text that begins at a
//! line, as its own action computes it where a log has none
//! (<https://github.com/github/codeql-action>). Logs that reach GitHub another way need it.

use std::collections::HashMap;
use std::iter;

/// UTF-16 units from the beginning of a line that count.
const WINDOW: usize = 100;
const FACTOR: u64 = 37;
/// The unit after the last one of the file.
const END: u16 = u16::MAX;

/// The hash of each line; equal ones are numbered.
pub(super) fn of_lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut units = Vec::new();
    let mut starts = vec![0];
    for unit in text.encode_utf16().filter(|unit| ![b' ', b'\t'].map(u16::from).contains(unit)) {
        units.push(unit);
        if unit == u16::from(b'\n') {
            starts.push(units.len());
        }
    }
    units.push(END);
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let hashes = starts.into_iter().map(|start| {
        let padded = units[start..].iter().copied().chain(iter::repeat(0)).take(WINDOW);
        let hash = padded
            .fold(0_u64, |hash, unit| hash.wrapping_mul(FACTOR).wrapping_add(u64::from(unit)));
        let number = seen.entry(hash).or_default();
        *number += 1;
        format!("{hash:x}:{number}")
    });
    hashes.collect()
}

#[cfg(test)]
mod tests {
    use super::of_lines;

    /// The first two rows are GitHub's own.
    #[test]
    fn hashes_are_those_of_github() {
        for (text, hashes) in [
            ("", &["c129715d7a2bc9a3:1"][..]),
            (
                " a\nb\n  \t\tc\n d",
                &[
                    "271789c17abda88f:1",
                    "54703d4cd895b18:1",
                    "180aee12dab6264:1",
                    "a23a3dc5e078b07b:1",
                ],
            ),
            (
                "a\r\nb\rc\r\nd",
                &[
                    "271789c17abda88f:1",
                    "54703d4cd895b18:1",
                    "180aee12dab6264:1",
                    "a23a3dc5e078b07b:1",
                ],
            ),
        ] {
            assert_eq!(of_lines(text), hashes, "{text:?}");
        }
    }

    #[test]
    fn equal_lines_are_numbered() {
        let line = "x".repeat(200);
        let hashes = of_lines(&format!("{line}\n{line}\nother"));
        assert_eq!(hashes[0].replace(":1", ":2"), hashes[1]);
    }
}
