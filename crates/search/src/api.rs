//! Finds the names that a program calls, imports or mentions by path.

use counterpart_catalog::{Entry, Lang};

use crate::identifiers::paths;

/// The API names of a program.
pub(crate) fn names(entry: &Entry, lang: Lang) -> Vec<String> {
    let program = entry.program(lang);
    let mut names = Vec::new();
    for statement in imports(&program.source) {
        names.extend(imported(&statement));
    }
    for region in &program.regions {
        for line in region.text.lines() {
            names.extend(mentioned(&without_literals(line, lang)));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
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

/// The paths, called names and types of a line of code.
fn mentioned(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for range in paths(line) {
        let name = &line[range.clone()];
        let called = line[range.end..].starts_with(['(', '!']);
        let path = name.contains(['.', ':']);
        let type_name = name.starts_with(|c: char| c.is_uppercase()) && name.len() > 1;
        if called || path || type_name {
            names.push(name.to_owned());
        }
    }
    names
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
    use super::{imported, imports, mentioned, without_literals};
    use counterpart_catalog::Lang;

    #[test]
    fn imports_give_full_paths() {
        let source = "from a.b import (\n    C,\n    D as E,\n)\nimport f\nuse g::{self, h::{I, J}, K as L};\nlet x = 1;\n";
        let names: Vec<String> =
            imports(source).iter().flat_map(|statement| imported(statement)).collect();
        assert_eq!(names, ["a.b.C", "a.b.D", "f", "g::self", "g::h::I", "g::h::J", "g::K"]);
    }

    #[test]
    fn a_line_mentions_what_it_calls_and_what_it_names_by_path() {
        for (line, expected) in [
            ("result = await asyncio.gather(one, two())", "asyncio.gather two"),
            ("let set: JoinSet<u32> = tokio::try_join!(a, b)?;", "JoinSet tokio::try_join"),
            ("print(\"Hidden.name(x)\")  # also.hidden", "print"),
        ] {
            assert_eq!(mentioned(&without_literals(line, Lang::Python)).join(" "), expected);
        }
    }
}
