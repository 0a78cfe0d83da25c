//! Compiles the catalog in, so that an installed program needs no checkout: the checked entries,
//! the files they come from, and the search index.
//!
//! A catalog with errors does not stop the build, because `cargo run -- check` is how its author
//! sees them all: what could be read is compiled in together with the errors, and every command
//! that publishes refuses to.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use counterpart_catalog::{Severity, Tree};
use counterpart_search::IndexFiles;

/// So many errors are shown as warnings of the build.
const SHOWN: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=patterns");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);

    let tree = Tree::read(&root.join("patterns"))?;
    let (catalog, diagnostics) = counterpart_catalog::check(&tree);
    let errors: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| format!("patterns/{diagnostic}"))
        .collect();
    for line in errors.iter().take(SHOWN).flat_map(|error| error.lines()) {
        println!("cargo::warning={line}");
    }
    if !errors.is_empty() {
        println!("cargo::warning={} errors: run `cargo run -- check`", errors.len());
    }

    fs::write(out.join("errors.txt"), errors.join("\n"))?;
    fs::write(out.join("catalog.postcard"), postcard::to_stdvec(&catalog)?)?;
    write_files(&out, &tree)?;
    write_index(&out, &counterpart_search::build(&catalog)?)?;
    Ok(())
}

fn write_files(out: &Path, tree: &Tree) -> Result<(), Box<dyn Error>> {
    let mut list = String::from("[\n");
    for (path, _) in tree.files() {
        let file = format!("/patterns/{path}");
        let file = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})");
        writeln!(list, "({path:?}, include_str!({file})),")?;
    }
    list.push(']');
    Ok(fs::write(out.join("files.rs"), list)?)
}

fn write_index(out: &Path, index: &IndexFiles) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(out.join("index"))?;
    let mut list = String::from("[\n");
    for (name, bytes) in index.iter() {
        fs::write(out.join("index").join(name), bytes)?;
        let file = format!("/index/{name}");
        let file = format!("concat!(env!(\"OUT_DIR\"), {file:?})");
        writeln!(list, "({name:?}, include_bytes!({file}).as_slice()),")?;
    }
    list.push(']');
    Ok(fs::write(out.join("index.rs"), list)?)
}
