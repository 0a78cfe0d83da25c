//! The parts of an entry's page, as text.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use counterpart_catalog::{Bar, Block, Catalog, Chart, Entry, Lang, Mistake, Section, Transcript};
use textwrap::core::display_width;

use crate::cli::Language;
use crate::site::Highlighter;
use crate::terminal::{BOLD, DIM, markdown, wrap};

/// What prose stands behind, and code.
pub(super) const PROSE: &str = "  ";
const CODE: &str = "    ";

/// An entry on its way to the terminal.
pub(super) struct Page<'a, W> {
    pub(super) out: W,
    pub(super) entry: &'a Entry,
    /// The only language to show.
    pub(super) lang: Option<Language>,
    /// Where colours can be shown.
    pub(super) highlighter: Option<Highlighter>,
    /// Whether the next block follows a heading, without an empty line between them.
    pub(super) close: bool,
}

impl<W: Write> Page<'_, W> {
    pub(super) fn title(&mut self, catalog: &Catalog) -> io::Result<()> {
        let Entry { meta, slug, category, .. } = self.entry;
        let category = catalog.category(category).map_or(category, |category| &category.title);
        writeln!(self.out, "{BOLD}{}{BOLD:#}", meta.title)?;
        writeln!(self.out, "{DIM}{} · {slug} · {category}{DIM:#}", meta.id)
    }

    pub(super) fn whole(&mut self) -> io::Result<()> {
        let meta = &self.entry.meta;
        self.block(&wrap(&meta.summary, PROSE, PROSE))?;
        self.gap()?;
        writeln!(self.out, "{PROSE}Python  {BOLD}{}{BOLD:#}", meta.python)?;
        writeln!(self.out, "{PROSE}Rust    {BOLD}{}{BOLD:#}", meta.rust)?;
        for section in &self.entry.sections {
            self.section(section)?;
            if section.id == "pair" {
                self.transcript()?;
            }
        }
        self.review()
    }

    fn review(&mut self) -> io::Result<()> {
        self.heading("In a review")?;
        self.block(&markdown(&self.entry.meta.review, PROSE))
    }

    fn programs(&mut self) -> io::Result<()> {
        self.heading("The whole programs")?;
        for lang in Lang::BOTH {
            if self.shows(lang) {
                self.label(lang.title())?;
                self.program(lang, &self.entry.program(lang).without_markers())?;
            }
        }
        Ok(())
    }

    /// What one of the page's own ids names.
    pub(super) fn part(&mut self, id: &str) -> io::Result<()> {
        match id {
            "transcript" => return self.transcript(),
            "programs" => return self.programs(),
            "review" => return self.review(),
            "python" => self.lang = Some(Language::Python),
            "rust" => self.lang = Some(Language::Rust),
            _ => {}
        }
        let section = if matches!(id, "python" | "rust") { "pair" } else { id };
        match self.entry.section(section) {
            Some(section) => self.section(section),
            None => self.block(&format!("{PROSE}This page has no such section.")),
        }
    }

    fn section(&mut self, section: &Section) -> io::Result<()> {
        self.heading(&section.title)?;
        for block in &section.blocks {
            match block {
                Block::Markdown(text) => self.block(&markdown(text, PROSE))?,
                Block::Pair(name) => self.region(name)?,
                Block::Single(lang, name) => self.side(*lang, name)?,
                Block::Chart(pattern) => self.chart(&self.entry.chart(pattern))?,
                Block::Mistake(name) => {
                    if let Some(mistake) =
                        self.entry.mistake(name).filter(|_| self.shows(Lang::Rust))
                    {
                        self.mistake(mistake)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The region of both programs.
    pub(super) fn region(&mut self, name: &str) -> io::Result<()> {
        for lang in Lang::BOTH {
            self.side(lang, name)?;
        }
        Ok(())
    }

    fn side(&mut self, lang: Lang, name: &str) -> io::Result<()> {
        match self.entry.program(lang).region(name) {
            Some(region) if self.shows(lang) => {
                self.label(&format!("{}, #{name}", lang.title()))?;
                self.program(lang, &region.text)
            }
            _ => Ok(()),
        }
    }

    fn mistake(&mut self, mistake: &Mistake) -> io::Result<()> {
        self.label("Does not pass the compiler")?;
        let lines: Vec<&str> = mistake
            .source
            .lines()
            .map(|line| line.split("//~").next().unwrap_or(line).trim_end())
            .collect();
        self.program(Lang::Rust, &lines.join("\n"))?;
        if mistake.stderr.is_empty() {
            return Ok(());
        }
        self.label("What it says")?;
        self.code(&mistake.stderr)
    }

    fn chart(&mut self, chart: &Chart) -> io::Result<()> {
        for (side, bars) in &chart.groups {
            if side.is_some_and(|lang| !self.shows(lang)) {
                continue;
            }
            let of = side.map_or_else(String::new, |lang| format!("{}, ", lang.title()));
            self.label(&format!("{of}{}", chart.title))?;
            let widest = bars.iter().map(|bar| display_width(&bar.label)).max().unwrap_or(0);
            for Bar { label, number } in bars {
                let space = widest - display_width(label);
                writeln!(self.out, "{CODE}{label}{:space$}  {number:>6}", "")?;
            }
        }
        Ok(())
    }

    fn transcript(&mut self) -> io::Result<()> {
        match &self.entry.transcript {
            Transcript::Same(text) => {
                self.label("Both print")?;
                self.code(text)
            }
            Transcript::Differs { .. } => {
                for lang in Lang::BOTH {
                    if self.shows(lang) {
                        self.label(&format!("{} prints", lang.title()))?;
                        self.code(self.entry.transcript.of(lang))?;
                    }
                }
                Ok(())
            }
        }
    }

    pub(super) fn others(&mut self, others: &[&Entry]) -> io::Result<()> {
        if others.is_empty() {
            return Ok(());
        }
        self.heading("The same code also means")?;
        self.close = false;
        for Entry { slug, meta, .. } in others {
            writeln!(self.out, "{PROSE}{BOLD}{slug}{BOLD:#}  {}", meta.title)?;
        }
        Ok(())
    }

    fn shows(&self, lang: Lang) -> bool {
        match self.lang {
            None => true,
            Some(Language::Python) => lang == Lang::Python,
            Some(Language::Rust) => lang == Lang::Rust,
        }
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{BOLD}{text}{BOLD:#}")?;
        self.close = true;
        Ok(())
    }

    fn label(&mut self, text: &str) -> io::Result<()> {
        self.gap()?;
        let style = Style::new().underline();
        writeln!(self.out, "{PROSE}{style}{text}{style:#}")
    }

    fn block(&mut self, text: &str) -> io::Result<()> {
        self.gap()?;
        writeln!(self.out, "{}", text.trim_end())
    }

    /// An empty line between blocks, none after a heading.
    fn gap(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.close) { Ok(()) } else { writeln!(self.out) }
    }

    /// Code of a program, in colours where there are some.
    fn program(&mut self, lang: Lang, text: &str) -> io::Result<()> {
        let Some(highlighter) = &self.highlighter else { return self.code(text) };
        for line in highlighter.lines(lang, text.trim_end()) {
            for (place, (class, piece)) in line.pieces().enumerate() {
                let (indent, style) = (if place == 0 { CODE } else { "" }, style(class));
                write!(self.out, "{indent}{style}{piece}{style:#}")?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn code(&mut self, text: &str) -> io::Result<()> {
        for line in text.trim_end().lines() {
            let line = format!("{CODE}{line}");
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// The terminal's own colours, so that they suit its background.
fn style(class: &str) -> Style {
    match class {
        "c" => DIM,
        "s" | "e" => AnsiColor::Green.on_default(),
        "k" => AnsiColor::Magenta.on_default(),
        "f" => AnsiColor::Blue.on_default(),
        "t" => AnsiColor::Yellow.on_default(),
        "n" | "a" => AnsiColor::Cyan.on_default(),
        _ => Style::new(),
    }
}
