//! Pictures of the key pages, kept below the target folder as `browser/<page>-<width>-<theme>.png`.
//!
//! `BLESS=1 cargo test --test browser -- pictures` also makes the one in the README.

use std::path::{Path, PathBuf};
use std::{env, fs};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use libtest_mimic::Trial;
use serde_json::json;

use crate::page::{Device, Page};
use crate::site::{Origin, key_pages};
use crate::{Context, Outcome, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for width in [360, 768, 1440] {
        for scheme in ["light", "dark"] {
            let device = Device { width, scheme, script: true };
            trials.push(trial(format!("pictures::{width}::{scheme}"), move |c| take(c, device)));
        }
    }
    trials
}

fn take(context: &Context, device: Device) -> Outcome {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder)?;
    let base = context.site.base(Origin::File);
    let page = Page::new(context.chromium, &base, device)?;
    for (name, path) in key_pages() {
        page.open(&path)?;
        let Device { width, scheme, .. } = device;
        let height = if width < 600 { 2400 } else { 1400 };
        page.window(width, height)?;
        let taken = page.call("Page.captureScreenshot", &json!({}))?;
        let png = STANDARD.decode(taken["data"].as_str().unwrap_or_default())?;
        fs::write(folder.join(format!("{name}-{width}-{scheme}.png")), &png)?;
        if name == "entry" && width == 1440 && scheme == "light" && env::var_os("BLESS").is_some() {
            let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/entry.png");
            fs::write(readme, &png)?;
        }
    }
    Ok(())
}
