//! The `README.md` beside both projects.

use counterpart_catalog::{Entry, Parity};
use counterpart_runner::Service;

const WITH_PACKAGES: &str = "\
Python 3.11 or newer. `requirements.lock` holds the versions that the program was tested with.

```sh
cd python
python3 -m venv .venv
.venv/bin/python -m pip install --require-hashes -r requirements.lock
.venv/bin/python main.py
```";

const WITHOUT_PACKAGES: &str = "\
Python 3.11 or newer, and no packages.

```sh
cd python
python3 main.py
```";

/// The text; `url` is the permanent address where it is known.
pub(super) fn write(entry: &Entry, url: Option<&str>, has_packages: bool) -> String {
    let meta = &entry.meta;
    let link = match url {
        Some(url) => format!("Permanent link: <{url}>"),
        None => format!("Entry {} of the catalog: `counterpart explain {}`", meta.id, entry.slug),
    };
    let same = match &meta.parity {
        Parity::Same => "Both print the same.".to_owned(),
        Parity::Differs(why) => format!("They do not print the same: {why}"),
    };
    let (title, summary, services) = (&meta.title, &meta.summary, services(&meta.needs));
    let python = if has_packages { WITH_PACKAGES } else { WITHOUT_PACKAGES };
    format!(
        "# {title}\n\n\
         {summary}\n\n\
         {link}\n\n\
         {services}\
         ## Python\n\n\
         {python}\n\n\
         ## Rust\n\n\
         ```sh\n\
         cd rust\n\
         cargo run --locked\n\
         ```\n\n\
         ## What they print\n\n\
         `python/expected.txt` and `rust/expected.txt`. {same}\n"
    )
}

fn services(needs: &[String]) -> String {
    let mut text = String::new();
    for need in needs {
        let line = match Service::named(need) {
            Some(service) => format!(
                "- {service} ({}), with the address of an empty database in `{}`\n",
                service.install(),
                service.variable()
            ),
            None => format!("- {need}\n"),
        };
        text.push_str(&line);
    }
    if text.is_empty() { text } else { format!("## Services\n\nBoth programs need:\n\n{text}\n") }
}
