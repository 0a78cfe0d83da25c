//! Catalogs of any size for the benches: entries of the usual length, no two alike, the same in
//! every run.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Entries in a category.
const CATEGORY: usize = 25;
/// Words of prose in an entry, about as many as the real ones have.
const WORDS: usize = 700;
/// Functions in a region.
const FUNCTIONS: usize = 8;

const VOCABULARY: &str = "await task loop future request response connection session commit \
    timeout cancel error result queue worker thread block stream chunk client server handler \
    route body header status retry limit permit lock pool query row transaction shutdown signal \
    start stop wait run call return raise drop spawn join select poll wake yield share move borrow \
    first second every other same one two several many few before after while until when because \
    slow fast late early open close read write send receive keep lose find show";

/// How many words there are: as many different ones as real entries have between them.
const KNOWN: f64 = 4000.0;
/// What the rarer words are made of.
const SYLLABLES: [&str; 20] = [
    "ba", "den", "fo", "gir", "hul", "ka", "lem", "mi", "nor", "pu", "ra", "sel", "ti", "von",
    "wu", "xa", "yel", "zi", "cho", "qua",
];

/// Writes a book of so many entries: `book.toml` and `patterns/`.
pub(crate) fn write_book(entries: usize, root: &Path) {
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("book.toml", include_str!("../../book.toml"));
    write("patterns/SUMMARY.md", "# Summary\n\n[Home](index.md)\n");
    write("patterns/index.md", "# Home\n\nA synthetic catalog.\n");
    write(
        "patterns/tags.toml",
        "concurrency = \"several at once\"\nerrors = \"how they travel\"\n",
    );
    let codes = (0..entries).map(|number| format!("TOOL{number} = {{}}\n"));
    write("patterns/codes.toml", &format!("[ruff]\n{}", codes.collect::<String>()));
    write("patterns/guides.toml", "");
    write("patterns/tested.json", "{}\n");
    for category in 0..entries.div_ceil(CATEGORY) {
        let text = format!(
            "+++\ntitle = \"Category {category}\"\nsummary = \"{}\"\norder = {category}\n+++\n\n{}\n",
            sentence(&mut Words::of(category), 8),
            paragraph(&mut Words::of(category), 40),
        );
        write(&format!("patterns/{}/category.md", category_of(category * CATEGORY)), &text);
    }
    for number in 0..entries {
        for (name, text) in entry(number) {
            write(&format!("patterns/{}/entry-{number}/{name}", category_of(number)), &text);
        }
    }
}

/// Writes a plain mdBook with the same chapters: the same words, and the same code in fences.
pub(crate) fn write_plain_book(entries: usize, root: &Path) {
    let source = root.join("src");
    fs::create_dir_all(&source).expect("a folder");
    fs::write(root.join("book.toml"), "[book]\ntitle = \"Synthetic\"\n").expect("a file");
    let mut summary = String::from("# Summary\n\n");
    for number in 0..entries {
        let [python, rust] = programs(number).map(|program| {
            program.lines().filter(|line| !line.contains("ANCHOR")).collect::<Vec<_>>().join("\n")
        });
        let text = body(number).replace(
            "{{#pair core}}",
            &format!("```python\n{python}\n```\n\n```rust,ignore\n{rust}\n```"),
        );
        let text = format!("# {}\n\n{text}", title(number));
        fs::write(source.join(format!("entry-{number}.md")), text).expect("a file");
        let _ = writeln!(summary, "- [{}](entry-{number}.md)", title(number));
    }
    fs::write(source.join("SUMMARY.md"), summary).expect("a file");
}

fn category_of(number: usize) -> String {
    format!("category-{}", number / CATEGORY)
}

fn title(number: usize) -> String {
    format!("Entry {number}: {}", VOCABULARY.split_whitespace().nth(number % 60).unwrap_or("one"))
}

/// The files of an entry.
fn entry(number: usize) -> [(&'static str, String); 5] {
    let words = &mut Words::of(number);
    let front = format!(
        "id = \"AP{:03}\"\ntitle = \"{}\"\nsummary = \"{}\"\npython = \"library.call_{number}\"\n\
         rust = \"library::call_{number}\"\nlevel = \"everyday\"\n\
         tags = [\"concurrency\", \"errors\"]\nreview = \"{}\"\nsymptoms = [\"{}\", \"{}\"]\n\
         asked = [\"{}\", \"{}\"]\n\
         lints = [\"TOOL{number}\"]\nguide = []\nfindings = []\nrelated = []\naliases = []\n\
         needs = []\n",
        number + 1,
        title(number),
        sentence(words, 12),
        sentence(words, 20),
        sentence(words, 6),
        sentence(words, 8),
        sentence(words, 8),
        sentence(words, 10),
    );
    let [python, rust] = programs(number);
    let mutations = format!(
        "[[python]]\nname = \"python-less\"\nsearch = \"{number} + 0\"\nreplace = \"{number} + 1\"\n\
         breaks = \"The sum is wrong.\"\n\n[[rust]]\nname = \"rust-less\"\nsearch = \"{number} + 0\"\n\
         replace = \"{number} + 1\"\nbreaks = \"The sum is wrong.\"\n",
    );
    [
        ("pattern.md", format!("+++\n{front}+++\n\n{}", body(number))),
        ("python.py", python),
        ("rust.rs", rust),
        ("expected.txt", format!("sum: {}\n", number * FUNCTIONS)),
        ("mutations.toml", mutations),
    ]
}

fn body(number: usize) -> String {
    let words = &mut Words::of(number + 7);
    let mut text = format!(
        "## The problem\n\n{}\n\n## Side by side\n\n{{{{#pair core}}}}\n\n## What changes\n\n",
        paragraph(words, 30)
    );
    for _ in 0..WORDS / 70 {
        let _ = writeln!(text, "{}\n", paragraph(words, 70));
    }
    let _ =
        writeln!(text, "## When not to\n\n- {}\n- {}\n", sentence(words, 12), sentence(words, 9));
    let _ = writeln!(text, "## See also\n\n- [Another](entry-{}).", number / 2);
    text
}

/// Both programs: as long as the real ones, and with no lines in common with another entry's.
fn programs(number: usize) -> [String; 2] {
    let mut python =
        format!("\"\"\"Adds {number} several times.\"\"\"\n\nimport asyncio\n\n\n# ANCHOR: core\n");
    let mut rust = format!("//! Adds {number} several times.\n\n// ANCHOR: core\n");
    let mut calls = Vec::new();
    for function in 0..FUNCTIONS {
        let name = format!("fetch_{number}_{function}");
        let _ = writeln!(
            python,
            "async def {name}(offset: int) -> int:\n    total_{number} = {number} + offset\n    \
             await asyncio.sleep(0)\n    return total_{number}\n\n",
        );
        let _ = writeln!(
            rust,
            "async fn {name}(offset: usize) -> usize {{\n    let total_{number} = {number} + offset;\n    \
             tokio::task::yield_now().await;\n    total_{number}\n}}\n",
        );
        calls.push(name);
    }
    let sum =
        |call: &dyn Fn(&String) -> String| calls.iter().map(call).collect::<Vec<_>>().join(" + ");
    let _ = write!(
        python,
        "# ANCHOR_END: core\n\n\nasync def main() -> None:\n    total = {}\n    \
         print(f\"sum: {{total + {number} + 0 - {number}}}\")\n\n\nasyncio.run(main())\n",
        sum(&|name| format!("await {name}(0)")),
    );
    let _ = write!(
        rust,
        "// ANCHOR_END: core\n\n#[tokio::main]\npub async fn main() {{\n    let total = {};\n    \
         println!(\"sum: {{}}\", total + {number} + 0 - {number});\n}}\n",
        sum(&|name| format!("{name}(0).await")),
    );
    [python, rust]
}

/// Words in an order that looks like chance and is not; as in any text, a word is as rare as many
/// others are more common (Zipf's law).
struct Words(u64);

impl Words {
    fn of(number: usize) -> Self {
        Self(u64::try_from(number).unwrap_or_default())
    }
}

impl Iterator for Words {
    type Item = String;

    fn next(&mut self) -> Option<Self::Item> {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let chance = f64::from(u32::try_from(self.0 >> 32).unwrap_or_default()) / 4_294_967_296.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below KNOWN")]
        let rank = KNOWN.powf(chance) as usize - 1;
        Some(word(rank))
    }
}

/// The word of a rank: the most common ones are those of the trade.
fn word(rank: usize) -> String {
    if let Some(word) = VOCABULARY.split_whitespace().nth(rank) {
        return word.to_owned();
    }
    let count = SYLLABLES.len();
    [rank % count, rank / count % count, rank / count / count + 3].map(|at| SYLLABLES[at]).concat()
}

fn sentence(words: &mut Words, length: usize) -> String {
    let mut text = words.take(length).collect::<Vec<_>>().join(" ");
    text.push('.');
    text
}

fn paragraph(words: &mut Words, length: usize) -> String {
    (0..length / 10).map(|_| sentence(words, 10)).collect::<Vec<_>>().join(" ")
}
