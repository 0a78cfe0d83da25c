//! Every diagnostic has a case: `tests/fixtures/invalid/<code>-<name>.toml` changes the valid
//! catalog in one place and says everything that `check` must report.
//!
//! `BLESS=1` rewrites what the cases expect; read the difference before you commit it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use counterpart_catalog::{Tree, check};
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is done to the valid catalog.
    edit: Vec<Edit>,
    /// The diagnostics, as `check` prints them.
    expected: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    path: String,
    #[serde(flatten)]
    change: Change,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Change {
    /// Replaces a text that stands once in the file.
    Replace([String; 2]),
    /// The file's whole new text.
    Text(String),
    /// Its bytes, in hexadecimal.
    Hex(String),
    /// Makes a symbolic link to this place.
    Link(String),
    /// Removes the file, or the folder and all in it: `delete = "yes"`.
    Delete(Yes),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Yes {
    Yes,
}

fn main() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let valid = fixtures.join("valid");
    let mut cases: Vec<PathBuf> = fs::read_dir(fixtures.join("invalid"))
        .expect("the cases are there")
        .map(|file| file.expect("a readable folder").path())
        .collect();
    cases.sort();
    let mut trials = vec![
        Trial::test("valid", {
            let valid = valid.clone();
            move || same("", &report(&valid))
        }),
        Trial::test("every_code_has_a_case", {
            let cases = cases.clone();
            move || every_code_has_a_case(&cases)
        }),
    ];
    for case in cases {
        let valid = valid.clone();
        let name = stem(&case);
        trials.push(Trial::test(name, move || run(&case, &valid)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn run(path: &Path, valid: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let case: Case = toml::from_str(&text)?;
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("patterns");
    copy(valid, &root)?;
    for edit in &case.edit {
        apply(&root, edit)?;
    }
    let actual = report(&root);
    let code = stem(path);
    let code = code.split('-').next().unwrap_or_default();
    if !actual.contains(&format!("[{code}]")) {
        return Err(format!("`{code}` was not reported, but this was:\n{actual}").into());
    }
    if std::env::var_os("BLESS").is_some() {
        let edits = &text[text.find("[[edit]]").ok_or("no `[[edit]]`")?..];
        fs::write(path, format!("expected = '''\n{actual}'''\n\n{edits}"))?;
        return Ok(());
    }
    same(&case.expected, &actual)
}

fn report(root: &Path) -> String {
    let tree = Tree::read(root).expect("the catalog can be read");
    let (_, diagnostics) = check(&tree);
    diagnostics.iter().flat_map(|diagnostic| [diagnostic.to_string(), "\n".to_owned()]).collect()
}

fn same(expected: &str, actual: &str) -> Result<(), Failed> {
    if expected == actual {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(expected, actual);
    Err(format!("\n{}", diff.unified_diff().header("expected", "actual")).into())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        let target = to.join(file.file_name());
        if file.file_type()?.is_dir() {
            copy(&file.path(), &target)?;
        } else {
            fs::copy(file.path(), target)?;
        }
    }
    Ok(())
}

fn apply(root: &Path, edit: &Edit) -> Result<(), Failed> {
    let path = root.join(&edit.path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    match &edit.change {
        Change::Replace([search, replace]) => {
            let text = fs::read_to_string(&path)?;
            if text.matches(search.as_str()).count() != 1 {
                return Err(format!("{search:?} does not stand once in {}", edit.path).into());
            }
            fs::write(&path, text.replace(search.as_str(), replace))?;
        }
        Change::Text(text) => fs::write(&path, text)?,
        Change::Hex(hex) => {
            let bytes: Result<Vec<u8>, _> =
                hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16)).collect();
            fs::write(&path, bytes?)?;
        }
        Change::Link(to) => std::os::unix::fs::symlink(to, &path)?,
        Change::Delete(Yes::Yes) if path.is_dir() => fs::remove_dir_all(&path)?,
        Change::Delete(Yes::Yes) => fs::remove_file(&path)?,
    }
    Ok(())
}

/// Reads the codes out of the sources, so that a new one without a case is found.
fn every_code_has_a_case(cases: &[PathBuf]) -> Result<(), Failed> {
    let mut codes = BTreeSet::new();
    harvest(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut codes)?;
    let known: BTreeSet<String> = cases
        .iter()
        .map(|case| stem(case).split('-').next().unwrap_or_default().to_owned())
        .collect();
    let missing: Vec<&String> = codes.difference(&known).collect();
    let stale: Vec<&String> = known.difference(&codes).collect();
    if missing.is_empty() && stale.is_empty() {
        return Ok(());
    }
    Err(format!("codes without a case: {missing:?}; cases without a code: {stale:?}").into())
}

fn harvest(folder: &Path, codes: &mut BTreeSet<String>) -> std::io::Result<()> {
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.is_dir() {
            harvest(&path, codes)?;
            continue;
        }
        let text = fs::read_to_string(&path)?;
        for (at, _) in text.match_indices("\"C") {
            let code: String = text[at + 1..].chars().take_while(|c| *c != '"').collect();
            if code.len() == 4 && code[1..].bytes().all(|byte| byte.is_ascii_digit()) {
                codes.insert(code);
            }
        }
    }
    Ok(())
}
