//! Library names in a Rust program, with every `use` resolved.

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, UseTree};

/// Modules of the standard library that have to do with waiting, sharing and failing.
const STD: [&str; 10] =
    ["cell", "future", "io", "net", "panic", "pin", "sync", "task", "thread", "time"];

/// Heads of paths that are no crates.
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

/// Functions that say less than the type they belong to.
const CONSTRUCTORS: [&str; 4] = ["clone", "default", "from", "new"];

/// Everything that a program names from a crate, whether it is used or only imported.
///
/// # Errors
/// When it does not parse.
pub(crate) fn all_paths(source: &str) -> syn::Result<BTreeSet<String>> {
    let (scope, tokens) = read(source)?;
    let mut found: BTreeSet<String> = scope
        .imports
        .values()
        .chain(&scope.globs)
        .filter(|path| path.first().is_some_and(|head| scope.is_crate(head)))
        .map(|path| path.join("::"))
        .collect();
    walk(tokens, &mut |_, path, _| {
        found.extend(scope.full(path).map(|path| path.join("::")));
    });
    Ok(found)
}

fn read(source: &str) -> syn::Result<(Scope, TokenStream)> {
    let tokens: TokenStream = source.parse()?;
    let mut scope = Scope::default();
    scope.visit_file(&syn::parse2(tokens.clone())?);
    Ok((scope, tokens))
}

/// The paths used on the lines that are shown; none of a program that does not parse.
pub(crate) fn paths(source: &str, shown: &dyn Fn(usize) -> bool) -> BTreeSet<String> {
    let Ok((scope, tokens)) = read(source) else { return BTreeSet::new() };
    let mut found = BTreeSet::new();
    walk(tokens, &mut |line, path, is_macro| {
        if shown(line)
            && let Some(path) = scope.resolve(path)
        {
            found.insert(if is_macro { format!("{path}!") } else { path });
        }
    });
    found
}

/// The names with which the paths of a program start, also those of its imports: crates, and
/// perhaps other things that are in no module of the program.
pub(crate) fn crates(source: &str) -> BTreeSet<String> {
    let Ok((scope, tokens)) = read(source) else { return BTreeSet::new() };
    let mut found = scope.crates.clone();
    walk(tokens, &mut |_, path, _| {
        if let [head, _, ..] = path
            && !scope.imports.contains_key(head)
        {
            found.insert(head.clone());
        }
    });
    found.retain(|head| scope.is_crate(head));
    found
}

/// What the names in a program stand for.
#[derive(Default)]
struct Scope {
    imports: HashMap<String, Vec<String>>,
    /// What stands before a `*`.
    globs: Vec<Vec<String>>,
    modules: HashSet<String>,
    /// The first parts of all imports.
    crates: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Scope {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.start(&item.tree);
        self.import(&mut Vec::new(), &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.modules.insert(item.ident.to_string());
        visit::visit_item_mod(self, item);
    }
}

impl Scope {
    fn start(&mut self, tree: &UseTree) {
        let head = match tree {
            UseTree::Path(path) => &path.ident,
            UseTree::Name(name) => &name.ident,
            UseTree::Rename(rename) => &rename.ident,
            UseTree::Group(group) => return group.items.iter().for_each(|tree| self.start(tree)),
            UseTree::Glob(_) => return,
        };
        self.crates.insert(head.to_string());
    }

    fn import(&mut self, prefix: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import(prefix, &path.tree);
                prefix.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(prefix, tree);
                }
            }
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = prefix.last().cloned() {
                    self.imports.insert(last, prefix.clone());
                }
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.imports.insert(name.clone(), [prefix.as_slice(), &[name]].concat());
            }
            UseTree::Rename(rename) => {
                let full = [prefix.as_slice(), &[rename.ident.to_string()]].concat();
                self.imports.insert(rename.rename.to_string(), full);
            }
            UseTree::Glob(_) => self.globs.push(prefix.clone()),
        }
    }

    /// The full path of something that comes from a crate and is worth a line in an index.
    fn resolve(&self, path: &[String]) -> Option<String> {
        let mut full = self.full(path)?;
        while let [.., owner, last] = full.as_slice()
            && CONSTRUCTORS.contains(&last.as_str())
            && owner.starts_with(|c: char| c.is_uppercase())
        {
            full.pop();
        }
        let is_noise = matches!(full.first()?.as_str(), "std" | "core" | "alloc")
            && !full.get(1).is_some_and(|module| STD.contains(&module.as_str()));
        (full.len() > 1 && !is_noise).then(|| full.join("::"))
    }

    /// The full path of something that comes from a crate.
    fn full(&self, path: &[String]) -> Option<Vec<String>> {
        let (head, rest) = path.split_first()?;
        let full = match self.imports.get(head) {
            Some(import) => [import.as_slice(), rest].concat(),
            None if rest.is_empty() => return None,
            None => path.to_vec(),
        };
        self.is_crate(full.first()?).then_some(full)
    }

    fn is_crate(&self, head: &str) -> bool {
        head.starts_with(|c: char| c.is_lowercase())
            && !matches!(head, "crate" | "self" | "super" | "clippy" | "rustfmt")
            && !PRIMITIVES.contains(&head)
            && !self.modules.contains(head)
    }
}

/// Calls `found` with line, parts, and whether it is a macro, for each path outside of `use`.
///
/// Works on tokens, because half of an async program stands in macros.
fn walk(tokens: TokenStream, found: &mut dyn FnMut(usize, &[String], bool)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |at: usize| match tokens.get(at) {
        Some(TokenTree::Punct(punct)) => Some((punct.as_char(), punct.spacing())),
        _ => None,
    };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let before = at.checked_sub(1).and_then(punct).map(|(punct, _)| punct);
        at += 1;
        match token {
            TokenTree::Group(group) => walk(group.stream(), found),
            TokenTree::Ident(ident) if ident == "use" && punct(at).is_none() => {
                while punct(at).is_some_and(|(punct, _)| punct != ';')
                    || tokens.get(at).is_some_and(|token| !matches!(token, TokenTree::Punct(_)))
                {
                    at += 1;
                }
            }
            // A method, a field, or a lifetime.
            TokenTree::Ident(_) if matches!(before, Some('.' | '\'')) => {}
            TokenTree::Ident(ident) => {
                let mut path = vec![ident.to_string()];
                while let (
                    Some((':', Spacing::Joint)),
                    Some((':', _)),
                    Some(TokenTree::Ident(part)),
                ) = (punct(at), punct(at + 1), tokens.get(at + 2))
                {
                    path.push(part.to_string());
                    at += 3;
                }
                let is_macro = matches!(punct(at), Some(('!', Spacing::Alone)))
                    && matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
                found(ident.span().start().line, &path, is_macro);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{all_paths, crates, paths};

    fn found(source: &str) -> String {
        paths(source, &|_| true).into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn uses_are_resolved() {
        for (source, expected) in [
            ("use tokio::time::sleep; fn f() { sleep(1) }", "tokio::time::sleep"),
            ("use a::{self, b::{C as D, e}}; fn f(d: D) { a::g(); e!() }", "a::b::C a::b::e! a::g"),
            ("use futures::stream::{self, X}; fn f() { stream::iter(1) }", "futures::stream::iter"),
            ("fn f() { use tokio::spawn; spawn(g()) }", "tokio::spawn"),
            ("use crate::x::Y; use self::z; fn f() { Y::g(); z() }", ""),
            ("mod m { pub fn g() {} } fn f() { m::g(); u32::from(1); T::h() }", ""),
        ] {
            assert_eq!(found(source), expected, "{source}");
        }
    }

    #[test]
    fn macros_attributes_and_what_stands_in_them_are_found() {
        let source = "#[expect(clippy::x)] #[tokio::main] async fn main() { tokio::try_join!(a(tokio::spawn(b)), c); }";
        assert_eq!(found(source), "tokio::main tokio::spawn tokio::try_join!");
    }

    #[test]
    fn crates_are_found_in_imports_attributes_macros_and_paths() {
        for (source, expected) in [
            ("use tokio::time::sleep; fn f() { sleep(1) }", "tokio"),
            ("use {a::*, b as c, d::{e, f}}; fn g() { c::h(); e::i() }", "a b d"),
            ("#[tokio::main] async fn main() {}", "tokio"),
            ("#[derive(serde::Serialize, thiserror::Error)] struct S;", "serde thiserror"),
            ("fn f() -> anyhow::Result<()> { x!(axum::Json(1)); Ok(()) }", "anyhow axum"),
            ("mod m { use t::x; } use m::y; use crate::z; fn f() { m::g(); u32::from(1) }", "t"),
            ("fn f(tower: T) { tower.up(sqlx); S::new() }", ""),
        ] {
            let found: Vec<String> = crates(source).into_iter().collect();
            assert_eq!(found.join(" "), expected, "{source}");
        }
        assert!(crates("fn (").is_empty());
    }

    #[test]
    fn fields_methods_and_lifetimes_are_no_names() {
        let source = "use t::{timeout, a}; fn f<'a>(x: &'a X) { x.timeout.a() }";
        assert_eq!(found(source), "");
    }

    #[test]
    fn constructors_stand_for_their_type_and_the_prelude_for_nothing() {
        let source = "use std::sync::Arc; use std::collections::HashMap; use t::S;
            fn f() { Arc::new(HashMap::new()); Arc::clone(x); S::open(); S::default() }";
        assert_eq!(found(source), "std::sync::Arc t::S t::S::open");
    }

    #[test]
    fn what_is_only_imported_counts_among_all() {
        let source = "use futures::StreamExt as _; use tokio::sync::*; mod m { use a::B; }
            use crate::m; fn f() { c::d(); x.e(); m::g() }";
        let all: Vec<_> = all_paths(source).unwrap().into_iter().collect();
        assert_eq!(all, ["a::B", "c::d", "futures::StreamExt", "tokio::sync"]);
        assert!(all_paths("fn (").is_err());
    }

    #[test]
    fn only_lines_that_are_shown_count() {
        let source = "fn f() {\n a::b();\n a::c();\n}\n";
        assert_eq!(paths(source, &|line| line == 3).into_iter().collect::<Vec<_>>(), ["a::c"]);
        assert_eq!(found("fn ("), "");
    }
}
