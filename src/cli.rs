//! Everything that can be typed: types and their help texts, no behaviour.

mod formats;
mod playground;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use formats::{AnnotateFormat, CheckFormat, Language, LinkFormat, LintTool, TextOrJson};
pub use playground::{Playground, PlaygroundCommand, Server, Snapshot, Verify};

/// Async patterns in Python and Rust, each a tested pair of programs.
#[derive(Debug, Parser)]
#[command(name = "counterpart", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Search the catalog.
    #[command(after_help = QUERY)]
    Search(Search),
    /// Print an entry in the terminal, as `rustc --explain` does for an error.
    Explain(Explain),
    /// Print the permanent link of an entry or region, ready to be pasted into a review.
    Link(Link),
    /// Print all entries.
    List(List),
    /// Read what a linter found, and print what means an entry, with links into it.
    ///
    /// Ends with 0 when nothing does, with 1 when something does, and with 2 when the input cannot
    /// be read. Other findings are counted on standard error.
    Annotate(Annotate),
    /// Build the site.
    Build(Build),
    /// Build the site, serve it on 127.0.0.1, and reload the page when something changes.
    Serve(Serve),
    /// Check the catalog of this checkout.
    Check(Check),
    /// Run the programs of an entry of this checkout.
    Run(Run),
    /// Write the programs of an entry as two small projects that run on their own.
    Get(Get),
    /// Ask a Rust Playground server, which no other command does.
    Playground(Playground),
    /// Make the folder of a new entry in this checkout.
    New(New),
    /// Record what became of an entry, or of a place in it, so that links to it stay good.
    Retire(Retire),
    /// Print configurations that make Clippy and Ruff report what the catalog is about.
    Lints(Lints),
    /// Print a completion script for a shell.
    Completions(Completions),
    /// What mdBook calls: the preprocessor and the renderer of `book.toml`.
    #[command(hide = true)]
    Mdbook(Mdbook),
}

/// What a query may hold, below the options of `counterpart search`.
const QUERY: &str = "\
Query:
  words                all wanted; if no entry has all, most of them
  a question in words  the more of them an entry has, the better
  name, path or code   whole, its end, or one of its words: `task::spawn_blocking`, `E0277`
  a pasted message     its telling words; of several lines, through `-`
  \"some words\"         exactly these, one after the other
  -word                not with this word; a phrase or filter can follow the `-` too
  category:NAME  tag:NAME  level:NAME  lint:CODE
                       only such entries
  lang:python  lang:rust
                       without the names of the other language

Misspelt words and beginnings of words are found if nothing has them as they stand. Quote a query
with signs in it, so that the shell leaves them alone: 'gather -TaskGroup tag:errors'.";

/// `counterpart search`
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for; `-` reads a pasted message from standard input.
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Only entries of this category.
    #[arg(long, value_name = "C")]
    pub category: Option<String>,
    /// Only entries with this tag.
    #[arg(long, value_name = "T")]
    pub tag: Option<String>,
    /// At most this many entries.
    #[arg(long, default_value = "10", value_name = "N")]
    pub limit: NonZeroUsize,
    /// How to print them.
    #[arg(long, value_enum, default_value_t)]
    pub format: TextOrJson,
    /// Search the index of a built site instead of the one compiled in.
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub base: BaseUrl,
}

/// `counterpart explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// An id, a slug, a former slug, or a linter's or compiler's code; `#region` shows that region
    /// alone.
    pub reference: String,
    /// Show the programs of one language only.
    #[arg(long, value_enum)]
    pub lang: Option<Language>,
}

/// `counterpart link`
#[derive(Debug, Args)]
pub struct Link {
    /// An id, a slug, a former slug, one of our addresses, or a linter's or compiler's code.
    #[arg(value_name = "REF")]
    pub reference: String,
    /// A region or heading of the page, as in `REF#region`.
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,
    /// How to print it; `text` is a review comment, `json` one object in a line.
    #[arg(long, value_enum, default_value_t)]
    pub format: LinkFormat,
    /// Print the address that opens the Rust program in the Rust Playground instead, or the smaller
    /// one that the entry has for it; ends with 1 where there is none.
    #[arg(long)]
    pub playground: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub base: BaseUrl,
}

/// `counterpart list`
#[derive(Debug, Args)]
pub struct List {
    /// How to print them.
    #[arg(long, value_enum, default_value_t)]
    pub format: TextOrJson,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub base: BaseUrl,
}

/// `counterpart annotate`
#[derive(Debug, Args)]
pub struct Annotate {
    /// The linter's output; `-` reads standard input.
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// Which linter wrote it [default: what it looks like].
    #[arg(long, value_enum)]
    pub from: Option<crate::annotate::Format>,
    /// How to print the comments.
    #[arg(long, value_enum, default_value_t)]
    pub format: AnnotateFormat,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub base: BaseUrl,
}

/// `counterpart build`
#[derive(Debug, Args)]
pub struct Build {
    /// The folder to write: empty, missing, or a site that this program built [default: `book`
    /// in the checkout or, outside of one, in the current folder].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write one archive of the site; a folder only with `--out` as well.
    #[arg(long, value_name = "FILE")]
    pub zip: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub base: BaseUrl,
}

/// `counterpart serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 3400, value_name = "P")]
    pub port: u16,
    /// Open the site in a browser.
    #[arg(long)]
    pub open: bool,
}

/// `counterpart check`
#[derive(Debug, Args)]
pub struct Check {
    /// How to print what is wrong.
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Record new addresses in `permalinks.lock` first; what is lost stays a finding.
    #[arg(long)]
    pub update_links: bool,
    /// Check the built site in this folder as well: every promised address, every link.
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// The `permalinks.lock` of the site that is online: the built site must keep its addresses too.
    #[arg(long, value_name = "FILE", requires = "site")]
    pub published: Option<PathBuf>,
}

/// `counterpart run`
#[derive(Debug, Args)]
pub struct Run {
    /// An id, a slug, a former slug, or a linter's or compiler's code.
    pub reference: String,
    /// Run the Python program only.
    #[arg(long, conflicts_with = "rust")]
    pub python: bool,
    /// Run the Rust program only.
    #[arg(long)]
    pub rust: bool,
}

/// `counterpart get`
#[derive(Debug, Args)]
pub struct Get {
    /// An id, a slug, a former slug, one of our addresses, or a linter's or compiler's code.
    #[arg(value_name = "REF")]
    pub reference: String,
    /// The folder to write: missing or empty.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub base: BaseUrl,
}

/// `counterpart new`
#[derive(Debug, Args)]
pub struct New {
    /// The folder of the new entry below `patterns/`.
    #[arg(value_name = "CATEGORY/SLUG")]
    pub path: String,
}

/// `counterpart retire`
#[derive(Debug, Args)]
pub struct Retire {
    /// The id or slug of an entry, or `slug#region` for a region or heading.
    pub reference: String,
    /// What takes its place, in the same form; several where it was split; none where it is gone.
    #[arg(long, value_name = "REF")]
    pub into: Vec<String>,
    /// It became part of what takes its place.
    #[arg(long, requires = "into")]
    pub merged: bool,
    /// Why, in one sentence that readers of old links will see.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `counterpart lints`
#[derive(Debug, Args)]
pub struct Lints {
    /// Only the configuration of this tool.
    #[arg(long, value_enum, value_name = "TOOL")]
    pub tool: Option<LintTool>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "flattened: the fields carry the help texts")]
    pub base: BaseUrl,
}

/// `counterpart completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `counterpart mdbook`
#[derive(Debug, Args)]
pub struct Mdbook {
    /// Which side of mdBook's protocol.
    #[command(subcommand)]
    pub command: MdbookCommand,
}

/// The two programs that `book.toml` names.
#[derive(Debug, Subcommand)]
pub enum MdbookCommand {
    /// Read a book as JSON, add the catalog's chapters, print it.
    Preprocess {
        /// `supports`, when mdBook asks whether a renderer is supported.
        #[arg(num_args = 0..=2)]
        arguments: Vec<String>,
    },
    /// Read a book as JSON, write the site.
    Render,
}

/// Where the site is, or will be, published.
#[derive(Debug, Args)]
pub struct BaseUrl {
    /// The address of the published site; links are relative without one.
    #[arg(long, value_name = "URL", env = "COUNTERPART_BASE_URL")]
    pub base_url: Option<crate::links::BaseUrl>,
}

impl BaseUrl {
    /// The address of something on the site, relative to its root where that is not known.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        self.base_url.as_ref().map_or_else(|| path.to_owned(), |base| base.join(path))
    }
}
