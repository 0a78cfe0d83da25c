//! Reads a `category.md`.

use super::front_matter::split;
use crate::carve::is_kebab_case;
use crate::fields::{Fields, Source, parse};
use crate::{Category, Diagnostic, Position, Tree};

pub(crate) fn read(tree: &Tree, slug: &str, out: &mut Vec<Diagnostic>) -> Option<Category> {
    let path = format!("{slug}/category.md");
    if !is_kebab_case(slug) {
        out.push(super::entry::bad_folder_name(&path, slug));
    }
    let Some(file) = tree.get(&path) else {
        let help = "it holds the category's title, summary and order";
        out.push(Diagnostic::error("C005", path, Position::START, "missing `category.md`", help));
        return None;
    };
    let (front, body) = split(&path, file, out)?;
    let source = Source { path: &path, file, offset: front.start };
    let table = parse(source, &file[front], out)?;
    let mut fields = Fields::new(source, table, 0..0);
    let category = Category {
        slug: slug.to_owned(),
        title: fields.string("title", "…").into_inner(),
        summary: fields.string("summary", "…").into_inner(),
        order: fields.integer("order", "10"),
        body: file[body..].trim().to_owned(),
    };
    out.extend(fields.finish());
    Some(category)
}
