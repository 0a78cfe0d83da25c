//! Library names in a Python program, with every import resolved.

use std::collections::{BTreeSet, HashMap};

use tree_sitter::{Node, Parser, Tree};

/// Modules of the standard library that have nothing to do with waiting, sharing and failing.
const NOISE: [&str; 15] = [
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "itertools",
    "json",
    "operator",
    "os",
    "pathlib",
    "random",
    "re",
    "sys",
    "tempfile",
    "typing",
    "warnings",
];

/// The first parts of the modules that a program imports.
pub(super) fn modules(source: &str) -> BTreeSet<String> {
    let mut imports = HashMap::new();
    if let Some(tree) = parse(source) {
        visit(tree.root_node(), &mut |node| !import(source, node, &mut imports));
    }
    imports.values().filter_map(|import| import.path.split('.').next().map(str::to_owned)).collect()
}

fn parse(source: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).ok()?;
    parser.parse(source, None)
}

/// The paths used on the lines that are shown; what does not parse is passed over.
pub(super) fn paths(source: &str, shown: &dyn Fn(usize) -> bool) -> BTreeSet<String> {
    let Some(tree) = parse(source) else { return BTreeSet::new() };
    let mut imports = HashMap::new();
    visit(tree.root_node(), &mut |node| !import(source, node, &mut imports));
    let mut found = BTreeSet::new();
    visit(tree.root_node(), &mut |node| {
        if node.kind().starts_with("import") {
            return false;
        }
        let Some(chain) = chain(source, node) else { return true };
        if shown(node.start_position().row + 1) && !is_keyword(node) {
            found.extend(resolve(&imports, &chain));
        }
        false
    });
    found
}

/// Calls `enter` with every node from the top; goes into those for which it says yes.
fn visit<'tree>(node: Node<'tree>, enter: &mut dyn FnMut(Node<'tree>) -> bool) {
    if enter(node) {
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            visit(child, enter);
        }
    }
}

/// What a name stands for.
struct Import {
    path: String,
    /// A module by itself is no name for an index, only what is taken from it.
    is_module: bool,
}

/// Notes what an import statement binds; whether the node is one.
fn import(source: &str, node: Node<'_>, imports: &mut HashMap<String, Import>) -> bool {
    let is_module = match node.kind() {
        "import_statement" => true,
        "import_from_statement" => false,
        _ => return false,
    };
    let from = node.child_by_field_name("module_name");
    let from = from.map_or(String::new(), |module| format!("{}.", text(source, module)));
    let mut cursor = node.walk();
    for name in node.children_by_field_name("name", &mut cursor) {
        let alias = name.child_by_field_name("alias");
        let path = text(source, name.child_by_field_name("name").unwrap_or(name));
        // `import a.b` binds `a`.
        let head = if is_module { path.split('.').next().unwrap_or(path) } else { path };
        let (bound, path) = alias.map_or((head, head), |alias| (text(source, alias), path));
        imports.insert(bound.to_owned(), Import { path: format!("{from}{path}"), is_module });
    }
    true
}

/// The parts of `a.b.c`; `None` where it starts with something else than a name.
fn chain<'a>(source: &'a str, node: Node<'_>) -> Option<Vec<&'a str>> {
    match node.kind() {
        "identifier" => Some(vec![text(source, node)]),
        "attribute" => {
            let mut parts = chain(source, node.child_by_field_name("object")?)?;
            parts.push(text(source, node.child_by_field_name("attribute")?));
            Some(parts)
        }
        _ => None,
    }
}

/// The name of an argument, or of an attribute of something that is no name.
fn is_keyword(node: Node<'_>) -> bool {
    node.parent().is_some_and(|parent| {
        let field = match parent.kind() {
            "keyword_argument" => "name",
            "attribute" => "attribute",
            _ => return false,
        };
        parent.child_by_field_name(field) == Some(node)
    })
}

/// The full path of something that comes from a module and is worth a line in an index.
fn resolve(imports: &HashMap<String, Import>, chain: &[&str]) -> Option<String> {
    let (head, rest) = chain.split_first()?;
    let import = imports.get(*head)?;
    if rest.is_empty() && import.is_module {
        return None;
    }
    let path = [&[import.path.as_str()], rest].concat().join(".");
    let asynchronous =
        |name: &str| ["Async", "Await", "Coroutine"].iter().any(|a| name.starts_with(a));
    let is_noise = match path.strip_prefix("collections.abc.") {
        Some(name) => !asynchronous(name),
        None => path.split('.').next().is_some_and(|module| NOISE.contains(&module)),
    };
    (!is_noise && !path.starts_with(['.', '_'])).then_some(path)
}

fn text<'a>(source: &'a str, node: Node<'_>) -> &'a str {
    source.get(node.byte_range()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::paths;

    fn found(source: &str) -> String {
        paths(source, &|_| true).into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn imports_are_resolved() {
        for (source, expected) in [
            (
                "import asyncio\nawait asyncio.gather(asyncio.sleep(1))",
                "asyncio.gather asyncio.sleep",
            ),
            ("from x import y as z, w\nz.a(w)", "x.w x.y.a"),
            ("from x import (\n    y,\n)\n@y\ndef f(): pass", "x.y"),
            ("import a.b\nimport a.c as d\na.b.f(d.g)", "a.b.f a.c.g"),
            ("def f():\n    from x import y\n    return y", "x.y"),
            ("from . import y\nfrom .z import w\ny(w)", ""),
            ("import asyncio\nprint(asyncio, gather, self.gather)", ""),
        ] {
            assert_eq!(found(source), expected, "{source}");
        }
    }

    #[test]
    fn annotations_and_strings_with_fields_count_and_arguments_do_not() {
        let source = "from x import A, b, c\ndef f(a: A):\n    g(b=1)\n    h().c\n    f'{b()}'\n";
        assert_eq!(found(source), "x.A x.b");
        assert_eq!(found("from x import b\ng(b=1)\n"), "");
        assert_eq!(found("from x import c\nh().c\n"), "");
    }

    #[test]
    fn what_every_program_needs_is_left_out() {
        let source = "import os\nfrom typing import Any\nfrom collections.abc import AsyncIterator, Callable\nos.x(Any, AsyncIterator, Callable)";
        assert_eq!(found(source), "collections.abc.AsyncIterator");
    }

    #[test]
    fn only_lines_that_are_shown_count() {
        let source = "import a\na.b()\na.c()\n";
        assert_eq!(paths(source, &|line| line == 3).into_iter().collect::<Vec<_>>(), ["a.c"]);
        assert_eq!(found("def ((("), "");
    }
}
