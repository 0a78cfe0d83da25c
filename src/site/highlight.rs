//! Colours for code: classes on spans, made when the site is built.

use counterpart_catalog::Lang;
use pulldown_cmark_escape::escape_html_body_text as escape;
use tree_sitter_highlight::{HighlightConfiguration, HighlightEvent, Highlighter as Engine};

/// Names of tree-sitter's captures, each with the class that stands for it.
const CLASSES: [(&str, &str); 13] = [
    ("attribute", "a"),
    ("comment", "c"),
    ("constant.builtin", "n"),
    ("constant", "n"),
    ("constructor", "t"),
    ("embedded", ""),
    ("escape", "e"),
    ("function", "f"),
    ("keyword", "k"),
    ("label", "n"),
    ("number", "n"),
    ("string", "s"),
    ("type", "t"),
];

/// Both languages, ready to use: make one for a build.
pub struct Highlighter {
    python: HighlightConfiguration,
    rust: HighlightConfiguration,
}

/// The grammars that are compiled in do not fit this version of tree-sitter.
#[derive(Debug, thiserror::Error)]
#[error("cannot load the grammar of {lang}")]
pub struct GrammarError {
    lang: Lang,
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// A line of code in pieces, each with its class.
#[derive(Clone, Debug, Default)]
pub struct Line(Vec<(&'static str, String)>);

impl Highlighter {
    /// Compiles both grammars' queries.
    ///
    /// # Errors
    /// When a grammar does not fit this version of tree-sitter.
    pub fn new() -> Result<Self, GrammarError> {
        use {tree_sitter_python as python, tree_sitter_rust as rust};
        let config = |language, query| HighlightConfiguration::new(language, "", query, "", "");
        Ok(Self {
            python: ready(Lang::Python, config(python::LANGUAGE.into(), python::HIGHLIGHTS_QUERY))?,
            rust: ready(Lang::Rust, config(rust::LANGUAGE.into(), rust::HIGHLIGHTS_QUERY))?,
        })
    }

    /// The lines of a program or of a part of one; code that does not parse stays plain.
    #[must_use]
    pub fn lines(&self, lang: Lang, source: &str) -> Vec<Line> {
        self.try_lines(lang, source).unwrap_or_else(|_| plain(source))
    }

    fn try_lines(
        &self,
        lang: Lang,
        source: &str,
    ) -> Result<Vec<Line>, tree_sitter_highlight::Error> {
        let config = match lang {
            Lang::Python => &self.python,
            Lang::Rust => &self.rust,
        };
        let mut engine = Engine::new();
        let mut lines = vec![Line::default()];
        let mut classes: Vec<&'static str> = Vec::new();
        for event in engine.highlight(config, source.as_bytes(), None, None, |_| None)? {
            match event? {
                HighlightEvent::HighlightStart(highlight) => classes.push(CLASSES[highlight.0].1),
                HighlightEvent::HighlightEnd => {
                    classes.pop();
                }
                HighlightEvent::Source { start, end } => {
                    let class = classes.last().copied().unwrap_or_default();
                    for (index, piece) in source[start..end].split('\n').enumerate() {
                        if index > 0 {
                            lines.push(Line::default());
                        }
                        if let Some(line) = lines.last_mut() {
                            line.push(class, piece);
                        }
                    }
                }
            }
        }
        if source.ends_with('\n') {
            lines.pop();
        }
        Ok(lines)
    }
}

fn ready<E: std::error::Error + Send + Sync + 'static>(
    lang: Lang,
    config: Result<HighlightConfiguration, E>,
) -> Result<HighlightConfiguration, GrammarError> {
    let mut config = config.map_err(|error| GrammarError { lang, source: error.into() })?;
    config.configure(&CLASSES.map(|(name, _)| name));
    Ok(config)
}

/// Lines without colours.
pub(super) fn plain(source: &str) -> Vec<Line> {
    source.lines().map(|line| Line(vec![("", line.to_owned())])).collect()
}

impl Line {
    fn push(&mut self, class: &'static str, piece: &str) {
        if piece.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some((last, text)) if *last == class => text.push_str(piece),
            _ => self.0.push((class, piece.to_owned())),
        }
    }

    /// The pieces, each with its class.
    pub fn pieces(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(class, text)| (*class, text.as_str()))
    }

    /// The spaces at its start; `None` for an empty line.
    pub(super) fn indent(&self) -> Option<usize> {
        let mut spaces = 0;
        for (_, text) in &self.0 {
            let rest = text.trim_start_matches(' ');
            spaces += text.len() - rest.len();
            if !rest.is_empty() {
                return Some(spaces);
            }
        }
        None
    }

    /// The line as HTML, without its first `indent` spaces.
    pub(super) fn html(&self, indent: usize) -> String {
        let mut html = String::new();
        let mut left = indent;
        for (class, text) in &self.0 {
            let spaces = text.len() - text.trim_start_matches(' ').len();
            let cut = left.min(spaces);
            left = if cut == text.len() { left - cut } else { 0 };
            let text = &text[cut..];
            if text.is_empty() {
                continue;
            }
            if !class.is_empty() {
                html.extend(["<span class=", class, ">"]);
            }
            let _ = escape(&mut html, text);
            if !class.is_empty() {
                html.push_str("</span>");
            }
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use counterpart_catalog::Lang;

    use super::Highlighter;

    #[test]
    fn code_has_classes_and_markup_in_it_is_text() {
        let highlighter = Highlighter::new().expect("the grammars load");
        let lines = highlighter.lines(Lang::Rust, "    let x = \"<b>\";\n\n    f(x)\n");
        let html: Vec<String> = lines.iter().map(|line| line.html(4)).collect();
        assert_eq!(
            html,
            [
                "<span class=k>let</span> x = <span class=s>\"&lt;b&gt;\"</span>;",
                "",
                "<span class=f>f</span>(x)"
            ]
        );
    }

    #[test]
    fn a_string_over_several_lines_is_coloured_on_each() {
        let highlighter = Highlighter::new().expect("the grammars load");
        let lines = highlighter.lines(Lang::Python, "x = \"\"\"a\n  b\"\"\"\n");
        assert_eq!(lines[1].html(0), "<span class=s>  b\"\"\"</span>");
        assert_eq!(lines.len(), 2);
    }
}
