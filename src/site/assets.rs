//! The theme's own files, compiled in.

use super::Pages;

const CSS: [&str; 11] = [
    include_str!("../../theme/css/colors.css"),
    include_str!("../../theme/css/base.css"),
    include_str!("../../theme/css/layout.css"),
    include_str!("../../theme/css/entry.css"),
    include_str!("../../theme/css/code.css"),
    include_str!("../../theme/css/chart.css"),
    include_str!("../../theme/css/index.css"),
    include_str!("../../theme/css/pair.css"),
    include_str!("../../theme/css/link.css"),
    include_str!("../../theme/css/search.css"),
    include_str!("../../theme/css/print.css"),
];

/// What waits for the page to be there.
const SCRIPTS: [&str; 4] = [
    include_str!("../../theme/js/pair.js"),
    include_str!("../../theme/js/copy.js"),
    include_str!("../../theme/js/keys.js"),
    include_str!("../../theme/js/search.js"),
];

/// Adds style sheet, scripts and icon.
pub(super) fn add(pages: &mut Pages) {
    pages.add("assets/site.css", CSS.concat().into_bytes());
    pages.add("assets/theme.js", &include_bytes!("../../theme/js/theme.js")[..]);
    pages.add("assets/site.js", SCRIPTS.concat().into_bytes());
    pages.add("assets/icon.svg", &include_bytes!("../../theme/icon.svg")[..]);
}
