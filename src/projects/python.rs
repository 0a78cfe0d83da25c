//! The Python project: `pyproject.toml`, a lock with hashes, and the program.

use std::collections::BTreeSet;

use counterpart_catalog::Entry;

use crate::site::imported_modules;

static LOCK: &str = include_str!("../../python/requirements.lock");

/// Versions and hashes; not there when a program needs no packages.
pub(super) const REQUIREMENTS: &str = "requirements.lock";

/// Packages that a program needs and does not import, and how they can be told.
const IMPLIED: [(&str, &str); 5] = [
    ("sqlalchemy.ext.asyncio", "greenlet"),
    ("+aiosqlite", "aiosqlite"),
    ("+asyncpg", "asyncpg"),
    ("pytest.mark.asyncio", "pytest-asyncio"),
    (".testclient", "httpx"),
];

pub(super) fn files(entry: &Entry) -> Vec<(&'static str, String)> {
    let source = entry.python.without_markers();
    let direct = direct(&source);
    let mut files = vec![("pyproject.toml", project(&entry.slug, &direct))];
    if !direct.is_empty() {
        files.push((REQUIREMENTS, pruned(&direct)));
    }
    files.push(("main.py", source));
    files
}

/// The packages that a program itself asks for.
fn direct(source: &str) -> Vec<Package<'static>> {
    let modules = imported_modules(source);
    let implied = |package: &Package<'_>| {
        IMPLIED.iter().any(|(sign, name)| *name == package.name && source.contains(sign))
    };
    let imported = |package: &Package<'_>| modules.contains(&package.name.replace('-', "_"));
    packages().filter(|package| imported(package) || implied(package)).collect()
}

fn project(slug: &str, direct: &[Package<'_>]) -> String {
    let mut text = format!(
        "[project]\nname = \"{slug}\"\nversion = \"0.1.0\"\nrequires-python = \">=3.11\"\n\
         dependencies = ["
    );
    for Package { name, version, .. } in direct {
        text.extend(["\n    \"", name, "==", version, "\","]);
    }
    text.push_str(if direct.is_empty() { "]\n" } else { "\n]\n" });
    text
}

/// What is left of the lock: the packages, and what they need in their turn.
fn pruned(direct: &[Package<'_>]) -> String {
    let mut kept: BTreeSet<&str> = direct.iter().map(|package| package.name).collect();
    loop {
        let before = kept.len();
        let needed = packages().filter(|p| p.needed_by().any(|by| kept.contains(by)));
        let needed: Vec<&str> = needed.map(|package| package.name).collect();
        kept.extend(needed);
        if kept.len() == before {
            break;
        }
    }
    packages().filter(|package| kept.contains(package.name)).flat_map(Package::lines).collect()
}

/// A package of the lock.
#[derive(Clone, Copy)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    /// All its lines.
    text: &'a str,
}

/// The packages of the lock; each starts with a line that is not indented.
fn packages() -> impl Iterator<Item = Package<'static>> {
    let starts = LOCK
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .filter(|at| LOCK[*at..].starts_with(|c: char| c.is_ascii_alphanumeric()));
    let starts: Vec<usize> = starts.chain([LOCK.len()]).collect();
    let texts: Vec<&str> = starts.windows(2).map(|pair| &LOCK[pair[0]..pair[1]]).collect();
    texts.into_iter().filter_map(|text| {
        let first = text.split(' ').next().unwrap_or(text);
        let (name, version) = first.split_once("==")?;
        Some(Package { name, version, text })
    })
}

impl<'a> Package<'a> {
    /// The packages that need this one, as the comment `# via` names them.
    fn needed_by(self) -> impl Iterator<Item = &'a str> {
        let comments = self.text.lines().filter_map(|line| line.trim().strip_prefix('#'));
        comments.map(|line| line.trim().trim_start_matches("via").trim())
    }

    /// Its lines without comments.
    fn lines(self) -> impl Iterator<Item = &'a str> {
        self.text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with('#'))
    }
}

#[cfg(test)]
mod tests {
    use super::{direct, packages, pruned};

    fn names(source: &str) -> Vec<&'static str> {
        direct(source).into_iter().map(|package| package.name).collect()
    }

    #[test]
    fn packages_are_found_by_imports_and_by_what_these_imply() {
        for (source, expected) in [
            ("import asyncio\n", &[][..]),
            ("import httpx\n# fastapi\n", &["httpx"]),
            ("def f():\n    from fastapi import FastAPI\n", &["fastapi"]),
            ("from pydantic.fields import x\n", &["pydantic"]),
            (
                "from sqlalchemy.ext.asyncio import x\nx('sqlite+aiosqlite://')\n",
                &["aiosqlite", "greenlet", "sqlalchemy"],
            ),
            ("import pytest\n@pytest.mark.asyncio\n", &["pytest", "pytest-asyncio"]),
        ] {
            assert_eq!(names(source), expected, "{source}");
        }
    }

    #[test]
    fn a_lock_keeps_what_its_packages_need_and_no_comments() {
        let lock = pruned(&direct("import httpx\n"));
        let kept: Vec<_> = lock.lines().filter_map(|line| line.split_once("==")).collect();
        let kept: Vec<&str> = kept.into_iter().map(|(name, _)| name).collect();
        assert_eq!(&kept[..2], ["anyio", "certifi"]);
        assert!(kept.contains(&"httpcore") && !kept.contains(&"fastapi"), "{kept:?}");
        assert!(lock.contains("--hash=sha256:") && !lock.contains('#'), "{lock}");
        assert!(packages().count() > kept.len());
    }
}
