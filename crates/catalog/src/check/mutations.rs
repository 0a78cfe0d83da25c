//! Reads `mutations.toml`: the changes that must turn an entry red.

use super::entry::missing;
use crate::carve::is_kebab_case;
use crate::fields::{Fields, Source, parse};
use crate::{Diagnostic, Lang, Mutation, Position, Program, Tree};

pub(crate) fn read(
    tree: &Tree,
    folder: &str,
    (python, rust): (&Program, &Program),
    out: &mut Vec<Diagnostic>,
) -> Vec<Mutation> {
    let path = format!("{folder}/mutations.toml");
    let Some(file) = tree.get(&path) else {
        out.push(missing(&path));
        return Vec::new();
    };
    let source = Source { path: &path, file, offset: 0 };
    let Some(table) = parse(source, file, out) else { return Vec::new() };
    let mut fields = Fields::new(source, table, 0..0);
    let mut mutations: Vec<Mutation> = Vec::new();
    for (lang, program) in [(Lang::Python, python), (Lang::Rust, rust)] {
        let tables = fields.tables(lang.as_str());
        if tables.is_empty() {
            let message = format!("no mutation of `{}`", lang.file_name());
            let help = format!("add `[[{lang}]]` with a change that must turn the entry red");
            out.push(Diagnostic::error("C407", &path, Position::START, message, help));
        }
        for mut table in tables {
            let name = table.string("name", "what-it-does");
            let search = table.string("search", "…");
            let replace = table.string("replace", "…").into_inner();
            let breaks = table.string("breaks", "What the change breaks.").into_inner();
            let mut error = |code, span, message: String, help: &str| {
                let place = source.position(&span);
                out.push(Diagnostic::error(code, &path, place, message, help));
            };
            if !is_kebab_case(name.get_ref()) {
                let message = format!("`{}` cannot name a mutation", name.get_ref());
                error("C408", name.span(), message, "use lower-case words joined by hyphens");
            }
            if mutations.iter().any(|other| other.name == *name.get_ref()) {
                let message = format!("two mutations are called `{}`", name.get_ref());
                error("C408", name.span(), message, "names are unique in an entry");
            }
            let found = program.source.matches(search.get_ref().as_str()).count();
            if !program.source.is_empty() && found != 1 {
                let file = lang.file_name();
                let message = format!("mutation `{}` does not apply", name.get_ref());
                let help =
                    format!("its text occurs {found} times in `{file}`, and must occur once");
                error("C406", search.span(), message, &help);
            } else if *search.get_ref() == replace {
                let message = format!("mutation `{}` changes nothing", name.get_ref());
                error("C406", search.span(), message, "`replace` must differ from `search`");
            }
            let (name, search) = (name.into_inner(), search.into_inner());
            mutations.push(Mutation { name, lang, search, replace, breaks });
            out.extend(table.finish());
        }
    }
    out.extend(fields.finish());
    mutations
}
