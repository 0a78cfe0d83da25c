//! Whatever a file holds, checking it gives diagnostics with places inside it, and never panics.

use std::fs;
use std::path::Path;

use counterpart_catalog::{Tree, check};
use proptest::prelude::*;

fn valid() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/valid");
    let tree = Tree::read(&root).expect("the valid catalog can be read");
    tree.files().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Cuts a piece out of a text and puts another in its place, at character boundaries.
fn damage(text: &str, at: usize, length: usize, piece: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let start = at.min(chars.len());
    let end = (start + length).min(chars.len());
    chars[..start]
        .iter()
        .copied()
        .chain(piece.chars())
        .chain(chars[end..].iter().copied())
        .collect()
}

proptest! {
    #[test]
    fn any_damage_is_reported_inside_the_file(
        file in 0_usize..64,
        at in 0_usize..3000,
        length in 0_usize..80,
        piece in "(\\PC|\n|\t|\r|[#/\"'{}\\[\\]+=`~]){0,20}",
    ) {
        let mut files = valid();
        let index = file % files.len();
        files[index].1 = damage(&files[index].1, at, length, &piece);
        let tree = Tree::from_files(files);
        let (_, diagnostics) = check(&tree);
        for diagnostic in diagnostics {
            if let Some(text) = tree.get(&diagnostic.path) {
                let lines = text.matches('\n').count() + 1;
                prop_assert!((1..=lines).contains(&diagnostic.line), "{diagnostic}");
            }
            prop_assert!(diagnostic.column >= 1, "{diagnostic}");
            prop_assert!(!diagnostic.message.ends_with('.'), "{diagnostic}");
        }
    }
}

#[test]
fn every_truncation_of_every_file_is_survived() {
    let files = valid();
    for (index, (path, text)) in files.iter().enumerate() {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(7).collect();
        for end in ends {
            let mut cut = files.clone();
            cut[index].1.truncate(end);
            let (catalog, _) = check(&Tree::from_files(cut));
            assert!(catalog.entries.len() <= 2, "{path} cut at {end}");
        }
    }
}

#[test]
fn reading_names_the_folder_that_is_missing() {
    let error = Tree::read(Path::new("/does/not/exist")).expect_err("there is no such folder");
    assert_eq!(error.to_string(), "cannot read `/does/not/exist`");
    assert!(fs::metadata("/does/not/exist").is_err());
}
