//! Finds the names of libraries that a program calls, imports or mentions by path.
//!
//! What a program names itself is nobody's query: of `orders.put_nowait(…)` only `put_nowait` is
//! kept, and of a function or type of the program nothing.

use std::collections::HashSet;

use counterpart_catalog::{Entry, Lang};

use crate::identifiers::paths;

/// The API names of a program.
pub(crate) fn names(entry: &Entry, lang: Lang) -> Vec<String> {
    let program = entry.program(lang);
    let mut names: Vec<String> =
        imports(&program.source).iter().flat_map(|s| imported(s)).collect();
    let own = Own::of(&program.source, &names);
    for region in &program.regions {
        for line in region.text.lines() {
            names.extend(own.mentioned(&without_literals(line, lang)));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Which names of a program are its own.
struct Own<'a> {
    defined: HashSet<&'a str>,
    /// The names that its imports brought: modules and what is in them.
    imported: HashSet<String>,
}

impl<'a> Own<'a> {
    fn of(source: &'a str, imported: &[String]) -> Self {
        let last = |name: &String| name.rsplit(['.', ':']).next().unwrap_or_default().to_owned();
        let modules = imported.iter().filter_map(|name| name.split(['.', ':']).next());
        Self {
            defined: defined(source).collect(),
            imported: imported.iter().map(last).chain(modules.map(str::to_owned)).collect(),
        }
    }

    /// The paths, called names and types of a line of code, without what belongs to the program.
    fn mentioned(&self, line: &str) -> Vec<String> {
        let mut names = Vec::new();
        for range in paths(line) {
            let path = &line[range.clone()];
            let called = line[range.end..].starts_with(['(', '!']);
            let type_name = path.starts_with(|c: char| c.is_uppercase()) && path.len() > 1;
            let first = path.split(['.', ':']).next().unwrap_or_default();
            let foreign = !self.defined.contains(first) && first != "Self";
            // What stands before a dot is a value, unless it is a type or was imported.
            let known = foreign && (type_name || self.imported.contains(first));
            let name = path.rsplit_once('.').filter(|_| !known).map_or(path, |(_, method)| method);
            let kept = if name.len() < path.len() {
                called && !self.defined.contains(name)
            } else {
                foreign && (called || type_name || path.contains(['.', ':']))
            };
            if kept {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// The functions, types and constants that a program defines.
fn defined(source: &str) -> impl Iterator<Item = &str> {
    const WORDS: [&str; 9] =
        ["def", "class", "fn", "struct", "enum", "trait", "type", "const", "static"];
    source.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        words.find(|word| WORDS.contains(word))?;
        let name = words.next()?;
        Some(paths(name).next().map_or(name, |range| &name[range]))
    })
}

/// The import statements at the start of lines, each on one line.
fn imports(source: &str) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    let mut open = false;
    for line in source.lines() {
        if line.starts_with("use ") || line.starts_with("from ") || line.starts_with("import ") {
            statements.push(String::new());
            open = true;
        }
        let Some(statement) = statements.last_mut().filter(|_| open) else { continue };
        statement.push_str(line.trim());
        let closed = |open: char, close: char| {
            statement.matches(open).count() == statement.matches(close).count()
        };
        open = !(closed('(', ')') && closed('{', '}'));
    }
    statements
}

/// The full paths that an import statement names.
fn imported(statement: &str) -> Vec<String> {
    if let Some(rest) = statement.strip_prefix("from ") {
        let Some((module, names)) = rest.split_once(" import ") else { return Vec::new() };
        return words(names).map(|name| format!("{module}.{name}")).collect();
    }
    if let Some(names) = statement.strip_prefix("import ") {
        return words(names).map(str::to_owned).collect();
    }
    expand(statement.strip_prefix("use ").unwrap_or(statement).trim_end_matches(';'))
}

/// The imported names of a comma-separated list, without what they are renamed to.
fn words(list: &str) -> impl Iterator<Item = &str> {
    list.trim_matches(['(', ')']).split(',').filter_map(|item| item.split_whitespace().next())
}

/// Multiplies out a Rust use tree: `a::{b, c::{d, e}}` is `a::b`, `a::c::d` and `a::c::e`.
fn expand(tree: &str) -> Vec<String> {
    let Some((prefix, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        return if path.is_empty() { Vec::new() } else { vec![path.to_owned()] };
    };
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    let mut depth = 0_usize;
    let branches = inside.split(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    branches.flat_map(expand).map(|path| format!("{}{path}", prefix.trim())).collect()
}

/// A line without its comment and without what stands in double quotes.
fn without_literals(line: &str, lang: Lang) -> String {
    let mut kept: String = line.split('"').step_by(2).flat_map(|part| [part, " "]).collect();
    let comment = match lang {
        Lang::Python => "#",
        Lang::Rust => "//",
    };
    if let Some(at) = kept.find(comment).filter(|_| !kept.trim_start().starts_with("#[")) {
        kept.truncate(at);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Own, imported, imports, without_literals};
    use counterpart_catalog::Lang;

    #[test]
    fn imports_give_full_paths() {
        let source = "from a.b import (\n    C,\n    D as E,\n)\nimport f\nuse g::{self, h::{I, J}, K as L};\nlet x = 1;\n";
        let names: Vec<String> =
            imports(source).iter().flat_map(|statement| imported(statement)).collect();
        assert_eq!(names, ["a.b.C", "a.b.D", "f", "g::self", "g::h::I", "g::h::J", "g::K"]);
    }

    #[test]
    fn a_line_mentions_names_of_libraries_not_its_own() {
        let source =
            "import asyncio\nfrom sqlalchemy import select\nasync def two(): ...\nclass Mine:\n";
        for (line, expected) in [
            ("result = await asyncio.gather(one, two())", "asyncio.gather"),
            ("let set: JoinSet<u32> = tokio::try_join!(a, b)?;", "JoinSet tokio::try_join"),
            ("print(\"Hidden.name(x)\")  # also.hidden", "print"),
            ("orders.queue.put_nowait(Mine(self.name, Mine.two()))", "put_nowait"),
            ("row = session.execute(select(User.id)).one()", "execute select User.id one"),
        ] {
            let imported: Vec<String> =
                imports(source).iter().flat_map(|statement| imported(statement)).collect();
            let names = Own::of(source, &imported).mentioned(&without_literals(line, Lang::Python));
            assert_eq!(names.join(" "), expected);
        }
    }
}
