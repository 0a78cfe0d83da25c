//! Reads `mutations.toml`: the changes that must turn an entry red.

use super::entry::missing;
use crate::carve::is_kebab_case;
use crate::fields::{Fields, Source, parse};
use crate::{Diagnostic, Lang, Mutation, Position, Program, Tree};

/// A program that `mutations.toml` may change.
#[derive(Clone, Copy)]
pub(crate) struct Mutated<'a> {
    /// The name of its tables.
    pub(crate) key: &'static str,
    pub(crate) lang: Lang,
    pub(crate) file: &'static str,
    pub(crate) source: &'a str,
}

impl<'a> Mutated<'a> {
    /// The program of one side.
    pub(crate) fn side(lang: Lang, program: &'a Program) -> Self {
        Self { key: lang.as_str(), lang, file: lang.file_name(), source: &program.source }
    }
}

/// The mutations of each of `programs`.
pub(crate) fn read<const N: usize>(
    tree: &Tree,
    folder: &str,
    programs: [Option<Mutated<'_>>; N],
    out: &mut Vec<Diagnostic>,
) -> [Vec<Mutation>; N] {
    let path = format!("{folder}/mutations.toml");
    let nothing = [const { Vec::new() }; N];
    let Some(file) = tree.get(&path) else {
        out.push(missing(&path));
        return nothing;
    };
    let source = Source { path: &path, file, offset: 0 };
    let Some(table) = parse(source, file, out) else { return nothing };
    let mut fields = Fields::new(source, table, 0..0);
    let mut names = Vec::new();
    let mutations = programs.map(|program| {
        program.map_or_else(Vec::new, |program| of(program, &mut fields, source, &mut names, out))
    });
    out.extend(fields.finish());
    mutations
}

fn of(
    program: Mutated<'_>,
    fields: &mut Fields<'_, '_>,
    source: Source<'_>,
    names: &mut Vec<String>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Mutation> {
    let Mutated { key, lang, file, source: text } = program;
    let path = source.path;
    let tables = fields.tables(key);
    if tables.is_empty() {
        let message = format!("no mutation of `{file}`");
        let help = format!("add `[[{key}]]` with a change that must turn the entry red");
        out.push(Diagnostic::error("C407", path, Position::START, message, help));
    }
    let mut mutations = Vec::new();
    for mut table in tables {
        let name = table.string("name", "what-it-does");
        let search = table.string("search", "…");
        let replace = table.string("replace", "…").into_inner();
        let breaks = table.string("breaks", "What the change breaks.").into_inner();
        let mut error = |code, span, message: String, help: &str| {
            let place = source.position(&span);
            out.push(Diagnostic::error(code, path, place, message, help));
        };
        if !is_kebab_case(name.get_ref()) {
            let message = format!("`{}` cannot name a mutation", name.get_ref());
            error("C408", name.span(), message, "use lower-case words joined by hyphens");
        }
        if names.contains(name.get_ref()) {
            let message = format!("two mutations are called `{}`", name.get_ref());
            error("C408", name.span(), message, "names are unique in an entry");
        }
        let found = text.matches(search.get_ref().as_str()).count();
        if !text.is_empty() && found != 1 {
            let message = format!("mutation `{}` does not apply", name.get_ref());
            let help = format!("its text occurs {found} times in `{file}`, and must occur once");
            error("C406", search.span(), message, &help);
        } else if *search.get_ref() == replace {
            let message = format!("mutation `{}` changes nothing", name.get_ref());
            error("C406", search.span(), message, "`replace` must differ from `search`");
        }
        let (name, search) = (name.into_inner(), search.into_inner());
        names.push(name.clone());
        mutations.push(Mutation { name, lang, search, replace, breaks });
        out.extend(table.finish());
    }
    mutations
}
