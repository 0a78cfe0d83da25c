//! Where the codes and messages of the page come from, and their order.

use counterpart_catalog::{Catalog, Code, Entry, Meaning, Mistake, Target, Tool};

use super::{codes, messages};

fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    let entry: Entry = Entry {
        mistakes: vec![Mistake {
            name: "wrong".to_owned(),
            source: String::new(),
            markers: vec![(1, "E0308".to_owned()), (2, "error: no code".to_owned())],
            stderr: "error[E0308]: mismatched types\n --> x\n".to_owned(),
        }],
        ..entry(&["error[E0728]: `await` is only allowed", "E0277", "b", "A", "429"])
    };
    catalog.entries.push(entry);
    catalog.entries.push(self::entry(&["a"]));
    let place = Target { id: "entry".to_owned(), fragment: "bad".to_owned() };
    catalog.codes = vec![
        code(Tool::Ruff, "F821", Meaning::Entries(vec![place.clone()])),
        code(Tool::Mypy, "misc", Meaning::None("It is about all.".to_owned())),
        code(Tool::Clippy, "await_holding_lock", Meaning::Entries(vec![place])),
    ];
    catalog
}

fn code(tool: Tool, code: &str, meaning: Meaning) -> Code {
    let code = code.to_owned();
    Code { tool, code, name: None, note: None, review: None, same: None, meaning, messages: None }
}

fn entry(symptoms: &[&str]) -> Entry {
    let meta = counterpart_catalog::Meta {
        symptoms: symptoms.iter().map(|&symptom| symptom.to_owned()).collect(),
        ..counterpart_catalog::Meta::default()
    };
    Entry {
        category: String::new(),
        slug: "entry".to_owned(),
        meta,
        sections: Vec::new(),
        python: counterpart_catalog::Program::default(),
        rust: counterpart_catalog::Program::default(),
        transcript: counterpart_catalog::Transcript::Same(String::new()),
        mutations: Vec::new(),
        mistakes: Vec::new(),
        smaller: None,
    }
}

#[test]
fn codes_come_from_the_table_the_mistakes_and_the_symptoms() {
    let catalog = catalog();
    let found: Vec<(Tool, Vec<String>)> = codes(&catalog)
        .into_iter()
        .map(|of| (of.tool, of.rows.into_iter().map(|row| row.spelling).collect()))
        .collect();
    let expected = [
        (Tool::Ruff, &["F821"][..]),
        (Tool::Mypy, &["mypy:misc"]),
        (Tool::Rustc, &["E0277", "E0308", "E0728"]),
        (Tool::Clippy, &["clippy::await_holding_lock"]),
    ];
    let expected =
        expected.map(|(tool, codes)| (tool, codes.iter().map(|code| (*code).to_owned()).collect()));
    assert_eq!(found, expected);

    let codes = codes(&catalog);
    assert_eq!(codes[0].rows[0].entries[0].fragment, "bad");
    assert_eq!(codes[1].rows[0].remarks, ["No entry. It is about all."]);
    let mismatched = &codes[2].rows[1].entries[0];
    assert_eq!((mismatched.fragment, mismatched.message), ("compiler", Some("mismatched types")));
}

#[test]
fn messages_are_sorted_by_letter_and_listed_once() {
    let catalog = catalog();
    let found: Vec<String> = messages(&catalog)
        .iter()
        .flat_map(|of| of.messages.iter().map(|(m, e)| format!("{} {m} {}", of.letter, e.len())))
        .collect();
    assert_eq!(found, ["# 429 1", "A A 2", "B b 1", "E error[E0728]: `await` is only allowed 1"]);
}
