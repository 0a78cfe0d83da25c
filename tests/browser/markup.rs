//! Every page is valid HTML, says the checker of the W3C.

use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::Trial;

use crate::{Context, Outcome, npm, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let java = || {
        let mut version = Command::new("java");
        version.arg("-version").stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    let name = "every-page::valid-html";
    vec![match npm::file("vnu-jar/build/dist/vnu.jar").filter(|_| java()) {
        Some(jar) => trial(name, move |context| valid(context, &jar)),
        None => npm::missing(name, "vnu-jar"),
    }]
}

fn valid(context: &Context, jar: &Path) -> Outcome {
    let mut checker = Command::new("java");
    // It ends before optimising would pay, and it recurses deeply.
    checker.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]);
    checker.arg("-jar").arg(jar).args(["--also-check-css", "--also-check-svg"]);
    let pages = context.site.pages.iter().map(|page| context.site.file(page));
    let output = checker.args(pages).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    // From disk it holds `'self'` to be nothing; browsers and our other trials do not.
    let noise = ["Resource violates Content Security Policy", "Trailing slash on void elements"];
    let said: Vec<&str> =
        said.lines().filter(|line| !noise.iter().any(|noise| line.contains(noise))).collect();
    if said.is_empty() { Ok(()) } else { Err(said.join("\n").into()) }
}
