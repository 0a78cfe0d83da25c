//! Text stands out from its background, by computed colours: asked on every page in both themes.
//!
//! Everything reaches WCAG's level AA, the text that people read for an hour reaches AAA.

use libtest_mimic::Failed;

use crate::page::Page;

/// Text nodes whose contrast is too low: `ratio: text`.
const TOO_LOW: &str = r"(() => {
  const parse = colour => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const styles = new Map();
  const style = e => styles.get(e) || styles.set(e, getComputedStyle(e)).get(e);
  // The nearest background that hides what is behind it; none here is half transparent.
  const background = e => {
    for (; e; e = e.parentElement) {
      const [r, g, b, alpha = 1] = parse(style(e).backgroundColor);
      if (alpha > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), e = walker.currentNode.parentElement;
    if (!text || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    texts += 1;
    const [a, b] = [parse(style(e).color), background(e)].map(luminance);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const read = e.closest('.prose, .lead, blockquote') && !e.closest('figure, pre, .findings, em');
    if (ratio < (read ? 7 : 4.5)) found.add(`${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return texts > 20 ? [...found] : ['there is no text'];
})()";

/// What is too hard to read on a page, in the theme that it has now.
pub(crate) fn too_low(page: &Page<'_>) -> Result<Vec<String>, Failed> {
    let found = page.evaluate(TOO_LOW)?;
    serde_json::from_value(found).map_err(|_| "no list".into())
}
