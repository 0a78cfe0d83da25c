//! The guides' items and the findings about them: `guides.toml`, so that nothing is forgotten.

use serde::{Deserialize, Serialize};

use crate::Diagnostic;
use crate::fields::{Fields, Source, parse};

/// What the catalog has to answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// The guides, by number.
    pub guides: Vec<Guide>,
    /// Every item of every guide.
    pub items: Vec<GuideItem>,
    /// What was found to be wrong with them.
    pub findings: Vec<Finding>,
}

/// One of the source guides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Guide {
    /// `0` …
    pub number: String,
    /// Its title.
    pub title: String,
}

/// One statement or program of a guide.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GuideItem {
    /// `G1-17`: guide 1, item 17.
    pub id: String,
    /// The title of the section it stands in.
    pub section: String,
}

/// A fault of a guide, found by running it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// `D43`.
    pub id: String,
    /// `broken`, `misleading`, `omission`, …
    pub kind: String,
    /// What is wrong, in one sentence.
    pub claim: String,
}

impl Ledger {
    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&GuideItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The finding with this id.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// The guide that an item belongs to: `G1-17` is in guide `1`.
    #[must_use]
    pub fn guide_of(&self, item: &str) -> Option<&Guide> {
        let number = item.strip_prefix('G')?.split('-').next()?;
        self.guides.iter().find(|guide| guide.number == number)
    }

    pub(crate) fn read(path: &str, text: &str, out: &mut Vec<Diagnostic>) -> Self {
        let source = Source { path, file: text, offset: 0 };
        let mut ledger = Self::default();
        let Some(table) = parse(source, text, out) else { return ledger };
        let mut fields = Fields::new(source, table, 0..0);
        for mut guide in fields.tables("guide") {
            let number = guide.string("number", "0").into_inner();
            let title = guide.string("title", "…").into_inner();
            out.extend(guide.finish());
            ledger.guides.push(Guide { number, title });
        }
        for mut item in fields.tables("item") {
            let id = item.string("id", "G0-01").into_inner();
            let section = item.string("section", "…").into_inner();
            out.extend(item.finish());
            ledger.items.push(GuideItem { id, section });
        }
        for mut finding in fields.tables("finding") {
            let id = finding.string("id", "D01").into_inner();
            let kind = finding.string("kind", "broken").into_inner();
            let claim = finding.string("claim", "…").into_inner();
            out.extend(finding.finish());
            ledger.findings.push(Finding { id, kind, claim });
        }
        out.extend(fields.finish());
        ledger
    }
}
