//! Text stands out from its background, by computed colours: asked on every page in both themes.
//!
//! Everything reaches WCAG's level AA, the text that people read for an hour reaches AAA.

use libtest_mimic::Failed;

use crate::page::Page;

/// Text nodes whose contrast is too low: `ratio: text`.
const TOO_LOW: &str = r"(() => {
  const memo = (f, known = new Map()) => of => {
    if (!known.has(of)) known.set(of, f(of));
    return known.get(of);
  };
  const luminance = memo(colour => {
    const [r, g, b] = colour.match(/[\d.]+/g).map(Number);
    const [x, y, z] = [r, g, b].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  });
  // The nearest background that hides what is behind it; none here is half transparent.
  const background = memo(e => {
    if (!e) return 1;
    const colour = getComputedStyle(e).backgroundColor;
    return /, 0\)$/.test(colour) ? background(e.parentElement) : luminance(colour);
  });
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), e = walker.currentNode.parentElement;
    if (!text || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    texts += 1;
    const [a, b] = [luminance(getComputedStyle(e).color), background(e)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const read = () => e.closest('.prose, .lead, blockquote') && !e.closest('figure, pre, .findings, em');
    if (ratio < 4.5 || ratio < 7 && read()) found.add(`${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return texts > 20 ? [...found] : ['there is no text'];
})()";

/// What is too hard to read on a page, in the theme that it has now.
pub(crate) fn too_low(page: &Page<'_>) -> Result<Vec<String>, Failed> {
    let found = page.evaluate(TOO_LOW)?;
    serde_json::from_value(found).map_err(|_| "no list".into())
}
