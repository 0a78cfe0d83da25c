//! Generates a module for every `rust.rs` of the catalog and for every mutation of one, and the
//! table of their `main` functions.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use counterpart_catalog::{Diagnostic, Entry, Lang, Tree};

fn main() -> io::Result<()> {
    let patterns = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default())
        .join("../../patterns")
        .canonicalize()?;
    // Cargo looks at everything below a folder, so a new entry is seen as well.
    println!("cargo::rerun-if-changed={}", patterns.display());
    let tree = match Tree::read(&patterns) {
        Ok(tree) => tree,
        Err(error) => {
            println!("cargo::error={error}: {}", error.source);
            return Ok(());
        }
    };
    let (catalog, diagnostics) = counterpart_catalog::check(&tree);
    let fatal = diagnostics.iter().filter(|diagnostic| stops_the_build(diagnostic));
    for Diagnostic { code, path, line, column, message, help, .. } in fatal {
        println!("cargo::error=patterns/{path}:{line}:{column}: error[{code}]: {message}");
        println!("cargo::error=  help: {help}");
    }
    let folder = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    fs::write(folder.join("programs.rs"), generate(&catalog.entries, &patterns, &folder)?)
}

/// Only what cannot be compiled stops the build; the tests find the rest, entry by entry.
fn stops_the_build(diagnostic: &Diagnostic) -> bool {
    let Diagnostic { path, code, .. } = diagnostic;
    let compiled = path.ends_with(Lang::Rust.file_name()) || !path.contains('/');
    // Not UTF-8, a link that leaves the tree, no entries, missing, and no `main`.
    compiled && ["C001", "C002", "C003", "C005", "C411"].contains(code)
}

fn generate(entries: &[Entry], patterns: &Path, folder: &Path) -> io::Result<String> {
    let (mut programs, mut mutants) = (Modules::default(), Modules::default());
    for entry in entries {
        let path = patterns.join(entry.path()).join(Lang::Rust.file_name());
        programs.add(&entry.slug, &path);
        for mutation in entry.mutations.iter().filter(|mutation| mutation.lang == Lang::Rust) {
            let name = format!("{}::mutant-{}", entry.slug, mutation.name);
            let path = folder.join(format!("{}.rs", identifier(&name)));
            write_if_changed(&path, &mutation.apply(&entry.rust.source))?;
            mutants.add(&name, &path);
        }
    }
    // A mutation may leave a variable unused. Mutants show nothing, so the build that counts
    // executed lines does without them.
    Ok(format!(
        "{}
#[cfg(not(counterpart_lines))]
#[allow(warnings)]
pub(crate) mod mutants {{
    use crate::run;
{}}}
",
        programs.finish(),
        mutants.finish()
    ))
}

/// Modules, and the table that finds their `main` by name.
#[derive(Default)]
struct Modules {
    modules: String,
    rows: String,
}

impl Modules {
    fn add(&mut self, name: &str, path: &Path) {
        let (module, path) = (identifier(name), path.to_string_lossy());
        let _ = writeln!(self.modules, "#[path = {path:?}]\nmod {module};");
        let _ = writeln!(self.rows, "    ({name:?}, || run({module}::main)),");
    }

    fn finish(self) -> String {
        let Self { modules, rows } = self;
        format!("{modules}\npub(crate) const PROGRAMS: &[(&str, crate::Main)] = &[\n{rows}];\n")
    }
}

/// The prefix keeps names that are keywords, or begin with a digit, from being a problem.
fn identifier(name: &str) -> String {
    format!("entry_{}", name.replace(['-', ':'], "_"))
}

fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        Ok(())
    } else {
        fs::write(path, text)
    }
}
