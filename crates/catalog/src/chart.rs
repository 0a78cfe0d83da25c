//! Charts: numbers that a transcript has, so that a picture cannot say anything else.

use crate::{Entry, Lang, Transcript};

/// What `{{#chart in flight: #}}` draws: every number that stands in the place of the `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The words around the number.
    pub title: String,
    /// The bars of each side; one group for no side where both have the same.
    pub groups: Vec<(Option<Lang>, Vec<Bar>)>,
}

/// One number, with what the transcript says it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What stands before the first colon: of the line, or of the line that it is indented below.
    pub label: String,
    /// As printed.
    pub number: u64,
}

impl Entry {
    /// The numbers of the transcript that stand in the place of the `#` in `pattern`.
    #[must_use]
    pub fn chart(&self, pattern: &str) -> Chart {
        let title = pattern.replace('#', "").trim_matches([' ', ':', ',']).to_owned();
        let of = |lang| bars(self.transcript.of(lang), pattern);
        let (python, rust) = (of(Lang::Python), of(Lang::Rust));
        let groups = if matches!(self.transcript, Transcript::Same(_)) || python == rust {
            vec![(None, python)]
        } else {
            vec![(Some(Lang::Python), python), (Some(Lang::Rust), rust)]
        };
        Chart { title, groups }
    }
}

/// The bars of one transcript. A line that is printed twice is one bar.
fn bars(transcript: &str, pattern: &str) -> Vec<Bar> {
    let mut bars = Vec::new();
    let mut head = "";
    for line in transcript.lines() {
        if !line.starts_with(' ') {
            head = line;
        }
        let Some((at, number)) = number(line, pattern) else { continue };
        let own = line[..at].split(':').next().unwrap_or_default().trim();
        let above = head.split([':', ',']).next().filter(|_| line.starts_with(' '));
        let label = if own.is_empty() { above.unwrap_or_default().trim() } else { own };
        let bar = Bar { label: label.to_owned(), number };
        if !bar.label.is_empty() && !bars.contains(&bar) {
            bars.push(bar);
        }
    }
    bars
}

/// Where a line has the pattern, and the number in the place of its `#`.
fn number(line: &str, pattern: &str) -> Option<(usize, u64)> {
    let (before, after) = pattern.split_once('#')?;
    line.match_indices(before).find_map(|(at, _)| {
        let (done, rest) = line.split_at(at + before.len());
        if done.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok()?;
        rest[digits..].starts_with(after).then_some((at, number))
    })
}

#[cfg(test)]
mod tests {
    use super::bars;

    fn shown(transcript: &str, pattern: &str) -> Vec<(String, u64)> {
        bars(transcript, pattern).into_iter().map(|bar| (bar.label, bar.number)).collect()
    }

    fn bar(label: &str, number: u64) -> (String, u64) {
        (label.to_owned(), number)
    }

    #[test]
    fn a_bar_is_named_by_the_line_it_stands_on() {
        let transcript = "one: 10 in flight\nall ready, in turn: 30 in flight\nin flight: none\n";
        let expected = [bar("one", 10), bar("all ready, in turn", 30)];
        assert_eq!(shown(transcript, "# in flight"), expected);
    }

    #[test]
    fn the_number_that_is_meant_may_be_the_second() {
        let transcript = "user 1: orders 8, signals 2\nuser 1: orders 8, signals 2\n";
        assert_eq!(shown(transcript, "signals #"), [bar("user 1", 2)]);
    }

    #[test]
    fn an_indented_line_belongs_to_the_one_above() {
        let transcript = "gather, complete: yes\n  tasks: 5001\nworkers:\n  tasks: 51\n";
        assert_eq!(shown(transcript, "tasks: #"), [bar("gather", 5001), bar("workers", 51)]);
    }

    #[test]
    fn what_is_no_number_or_has_no_name_is_no_bar() {
        assert_eq!(
            shown(
                "a: # in flight\n12 in flight\nb: 99999999999999999999 in flight\n",
                "# in flight"
            ),
            []
        );
    }
}
