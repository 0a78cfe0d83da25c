//! Pictures of the key pages, kept below the target folder as `browser/<page>-<width>-<theme>.png`.
//!
//! `BLESS=1 cargo test --test browser -- key-pages::1440::light` also makes the one in the README.

use std::path::{Path, PathBuf};
use std::{env, fs};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::Outcome;
use crate::page::{Device, Page};

/// Takes a picture of a page, in a window that shows more of it than a screen does.
pub(crate) fn take(page: &Page<'_>, name: &str, device: Device) -> Outcome {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder)?;
    let Device { width, scheme, .. } = device;
    page.window(width, if width < 600 { 2400 } else { 1400 })?;
    let taken = page.call("Page.captureScreenshot", &json!({}))?;
    let png = STANDARD.decode(taken["data"].as_str().unwrap_or_default())?;
    fs::write(folder.join(format!("{name}-{width}-{scheme}.png")), &png)?;
    if name == "entry" && width == 1440 && scheme == "light" && env::var_os("BLESS").is_some() {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/entry.png");
        fs::write(readme, &png)?;
    }
    Ok(())
}
