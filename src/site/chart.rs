//! Charts: the numbers of a transcript as bars, with the numbers beside them.

use askama::Template;
use counterpart_catalog::{Chart, Lang};

/// The whole length of the longest bar, in the units of the picture.
const LENGTH: u64 = 1000;
/// A number that is not zero can be seen.
const SHORTEST: u64 = 4;

#[derive(Template)]
#[template(path = "chart.html")]
struct Figure<'a> {
    title: &'a str,
    groups: Vec<Group<'a>>,
}

struct Group<'a> {
    side: Option<Lang>,
    bars: Vec<Bar<'a>>,
}

struct Bar<'a> {
    label: &'a str,
    number: u64,
    length: u64,
}

/// A chart as the text of a chapter: `label: number`, behind the language where the two differ.
pub(super) fn lines(chart: &Chart) -> String {
    let mut text = String::new();
    for (side, bars) in &chart.groups {
        for bar in bars {
            if let Some(lang) = side {
                text.extend([lang.title(), ": "]);
            }
            text.extend([bar.label.as_str(), ": ", &bar.number.to_string(), "\n"]);
        }
    }
    text
}

/// The figure of these lines.
pub(super) fn figure(title: &str, lines: &str) -> String {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in lines.lines() {
        let Some((rest, number)) = line.rsplit_once(": ") else { continue };
        // A label has no colon.
        let (side, label) = rest.split_once(": ").map_or((None, rest), |(side, label)| {
            (Lang::BOTH.into_iter().find(|lang| lang.title() == side), label)
        });
        let bar = Bar { label, number: number.parse().unwrap_or_default(), length: 0 };
        match groups.last_mut() {
            Some(group) if group.side == side => group.bars.push(bar),
            _ => groups.push(Group { side, bars: vec![bar] }),
        }
    }
    let bars = || groups.iter().flat_map(|group| &group.bars);
    let longest = bars().map(|bar| bar.number).max().unwrap_or(0).max(1);
    for bar in groups.iter_mut().flat_map(|group| &mut group.bars) {
        let length = u128::from(bar.number) * u128::from(LENGTH) / u128::from(longest);
        let shortest = if bar.number == 0 { 0 } else { SHORTEST };
        bar.length = u64::try_from(length).unwrap_or(LENGTH).max(shortest);
    }
    // Writing to a string cannot fail, and nothing else in the template can.
    Figure { title, groups }.render().unwrap_or_default()
}
