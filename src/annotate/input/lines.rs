//! Reads JSON that stands in lines, one value in each.

use std::io::{BufRead, Read as _};

use serde::de::DeserializeOwned;

use super::{Format, InputError};

/// The most bytes of a line: more than any message of a compiler has.
pub(super) const LONGEST: u64 = 16 << 20;

/// Calls `each` with the value of every line that is not empty.
pub(super) fn read<T: DeserializeOwned>(
    format: Format,
    mut input: impl BufRead,
    mut each: impl FnMut(T),
) -> Result<(), InputError> {
    let mut text = Vec::new();
    for line in 1.. {
        text.clear();
        input.by_ref().take(LONGEST).read_until(b'\n', &mut text)?;
        if text.is_empty() {
            break;
        }
        let ended = text.ends_with(b"\n");
        if !ended && text.len() as u64 == LONGEST {
            return Err(InputError::LongLine { line });
        }
        if text.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(&text) {
            Ok(value) => each(value),
            Err(error) if error.is_eof() => return Err(InputError::CutOff { format, line }),
            Err(source) => return Err(InputError::Malformed { format, line, source }),
        }
    }
    Ok(())
}
