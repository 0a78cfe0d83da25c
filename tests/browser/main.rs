//! The site in real Chromium: at three widths, in both themes, over HTTP and from disk, with the
//! keyboard alone and without JavaScript.
//!
//! Trials are named `browser::…`. Where Chromium is missing they are reported as ignored; with
//! `CI` set that is a failure.

mod axe;
mod chromium;
mod client;
mod contrast;
mod every_page;
mod keyboard;
mod layout;
mod link;
mod markup;
mod npm;
mod origin;
mod page;
mod pair;
mod pictures;
mod print;
mod search;
mod site;
mod theme;
mod without_script;

use std::sync::LazyLock;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::chromium::Chromium;
use crate::site::Served;

/// What trials share: one build of the site, one browser that draws and one that does not.
pub(crate) struct Context {
    pub(crate) site: &'static Served,
    pub(crate) chromium: &'static Chromium,
}

static SITE: LazyLock<Result<Served, String>> = LazyLock::new(Served::new);
static CHROMIUM: LazyLock<Result<Chromium, String>> = LazyLock::new(|| Chromium::start(true));
static UNDRAWN: LazyLock<Result<Chromium, String>> = LazyLock::new(|| Chromium::start(false));

/// What a trial finds out.
pub(crate) type Outcome = Result<(), Failed>;

/// Whether nothing may be missing.
pub(crate) fn on_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// A trial in the browser.
pub(crate) fn trial(
    name: impl Into<String>,
    run: impl FnOnce(&Context) -> Outcome + Send + 'static,
) -> Trial {
    within(&CHROMIUM, &name.into(), run)
}

/// A trial that only computes: nothing is drawn, and there is no mouse.
pub(crate) fn undrawn(
    name: impl Into<String>,
    run: impl FnOnce(&Context) -> Outcome + Send + 'static,
) -> Trial {
    within(&UNDRAWN, &name.into(), run)
}

fn within(
    chromium: &'static LazyLock<Result<Chromium, String>>,
    name: &str,
    run: impl FnOnce(&Context) -> Outcome + Send + 'static,
) -> Trial {
    Trial::ignorable_test(format!("browser::{name}"), move || {
        if !on_ci() && !Chromium::is_installed() {
            let how = "Chromium is missing: `apt-get install chromium` lets this trial run";
            return Ok(Completion::ignored_with(how));
        }
        let context = Context { site: SITE.as_ref()?, chromium: chromium.as_ref()? };
        run(&context).map(|()| Completion::Completed)
    })
}

fn main() {
    let arguments = Arguments::from_args();
    // The longest first.
    let mut trials = every_page::trials();
    trials.extend(markup::trials());
    trials.extend(axe::trials());
    trials.extend(layout::trials());
    trials.extend(pair::trials());
    trials.extend(link::trials());
    trials.extend(keyboard::trials());
    trials.extend(theme::trials());
    trials.extend(search::trials());
    trials.extend(without_script::trials());
    trials.extend(print::trials());
    let conclusion = libtest_mimic::run(&arguments, trials);
    // Nothing is started for a run that needs nothing.
    for chromium in [&CHROMIUM, &UNDRAWN].into_iter().filter_map(LazyLock::get).flatten() {
        chromium.stop();
    }
    if let Some(Ok(site)) = LazyLock::get(&SITE) {
        site.remove();
    }
    conclusion.exit();
}
