//! The compiler's messages, coloured as a terminal colours them.

use pulldown_cmark_escape::escape_html_body_text as escape;

/// The message as HTML, one string for each line.
pub(super) fn lines(message: &str) -> Vec<String> {
    message.trim_end().lines().map(line).collect()
}

fn line(text: &str) -> String {
    let trimmed = text.trim_start();
    let gutter = text.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let head = |level: &str| trimmed == text && text.starts_with(level);
    if head("error") || head("warning") {
        let (level, rest) = text.split_once(": ").unwrap_or((text, ""));
        let class = if head("error") { "te" } else { "tw" };
        let colon = if rest.is_empty() { "" } else { ": " };
        return format!("{}<b>{colon}{}</b>", span(class, level), safe(rest));
    }
    for note in ["help", "note"] {
        if head(note) {
            let (level, rest) = text.split_once(": ").unwrap_or((text, ""));
            let colon = if rest.is_empty() { "" } else { ": " };
            return format!("{}<b>{colon}{}</b>", span("th", level), safe(rest));
        }
    }
    for arrow in ["-->", ":::"] {
        if let Some(rest) = trimmed.strip_prefix(arrow) {
            let indent = &text[..text.len() - trimmed.len()];
            return format!("{indent}{}{}", span("tg", arrow), safe(rest));
        }
    }
    if let Some(rest) = trimmed.strip_prefix("= ") {
        let indent = &text[..text.len() - trimmed.len()];
        let (kind, rest) = rest.split_once(": ").unwrap_or((rest, ""));
        return format!("{indent}{} <b>{}</b>: {}", span("tg", "="), safe(kind), safe(rest));
    }
    let (number, rest) = text.split_at(gutter);
    if let Some(code) = rest.strip_prefix(" |").or_else(|| rest.strip_prefix('|')) {
        let code = without_marker(code);
        let bar = &rest[..rest.len() - code.len()];
        return format!("{}{}", span("tg", &format!("{number}{bar}")), underlines(code));
    }
    for (sign, class) in [(" -", "te"), (" +", "ta")] {
        if let Some(code) = rest.strip_prefix(sign).filter(|_| !number.trim().is_empty()) {
            let code = without_marker(code);
            return format!("{}{}", span("tg", number), span(class, &format!("{sign}{code}")));
        }
    }
    safe(text)
}

/// The markers of the catalog are not part of the program that a reader sees.
fn without_marker(code: &str) -> &str {
    code.split_once("//~").map_or(code, |(code, _)| code.trim_end())
}

/// The code column: markers below the code, and lines that a suggestion adds.
fn underlines(code: &str) -> String {
    let marks = code.trim_start_matches([' ', '|', '_']);
    let class = match marks.chars().next() {
        None if code.trim().is_empty() => return safe(code),
        None => "tg",
        Some('^' | '-') => {
            let (secondary, primary) = code.split_at(code.find('^').unwrap_or(code.len()));
            return format!("{}{}", span("tg", secondary), span("te", primary));
        }
        Some('+' | '~') => "ta",
        Some(_) => return safe(code),
    };
    span(class, code)
}

fn span(class: &str, text: &str) -> String {
    if text.trim().is_empty() {
        return safe(text);
    }
    format!("<span class={class}>{}</span>", safe(text))
}

fn safe(text: &str) -> String {
    let mut html = String::new();
    let _ = escape(&mut html, text);
    html
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn levels_places_gutters_and_markers_have_classes() {
        let message = "error[E0609]: no field `name` on type `impl Future<Output = User>`\n  \
                       --> src/main.rs:18:25\n   |\n18 |     println!(\"{}\", user.name);\n   |  \
                       ^^^^ unknown field\n   = note: see <https://x>\n18 -     a(); //~ E0609\n18 +     b();\n";
        assert_eq!(
            lines(message),
            [
                "<span class=te>error[E0609]</span><b>: no field `name` on type \
                 `impl Future&lt;Output = User&gt;`</b>",
                "  <span class=tg>--&gt;</span> src/main.rs:18:25",
                "<span class=tg>   |</span>",
                "<span class=tg>18 |</span>     println!(\"{}\", user.name);",
                "<span class=tg>   |</span>  <span class=te>^^^^ unknown field</span>",
                "   <span class=tg>=</span> <b>note</b>: see &lt;https://x&gt;",
                "<span class=tg>18</span><span class=te> -     a();</span>",
                "<span class=tg>18</span><span class=ta> +     b();</span>",
            ]
        );
    }
}
