// The piece of an entry that answers the query, with the match marked.

/** The longest excerpt, and what is kept before the first match of a long text. */
const LONGEST_EXCERPT = 160;
const BEFORE = 40;

/**
 * The texts of an entry that excerpts come from.
 * @typedef {object} Texts
 * @property {string[]} said in English
 * @property {string[]} code
 * @property {string[]} printed
 */

/**
 * A text with its tokens, cut once and kept.
 * @typedef {object} Passage
 * @property {string} text
 * @property {boolean} prose
 * @property {number} worth what its matches are multiplied by
 * @property {Token[]} [tokens]
 */

/**
 * @param {Texts} texts
 * @returns {Passage[]}
 */
function passages({ said, code, printed }) {
  return [
    ...said.map((text) => ({ text, prose: true, worth: 1 })),
    ...code.map((text) => ({ text, prose: false, worth: 0.9 })),
    ...printed.map((text) => ({ text, prose: true, worth: 0.9 })),
  ];
}

/**
 * The passage that matches most, the first of equals, cut to what stands around its first match:
 * pieces of text, every second of which matches.
 * @param {Passage[]} all
 * @param {Terms} terms
 */
function excerpt(all, terms) {
  let best = { value: -1, text: "", marks: /** @type {[number, number][]} */ ([]) };
  for (const passage of all) {
    const found = marked(passage, terms);
    if (found.value > best.value) {
      best = { ...found, text: passage.text };
    }
  }
  const { text, marks } = best;
  const long = text.length > LONGEST_EXCERPT;
  const first = marks[0]?.[0] ?? 0;
  const start = long && first > BEFORE ? first - BEFORE + text.slice(first - BEFORE, first).indexOf(" ") + 1 : 0;
  const rest = text.slice(start, start + LONGEST_EXCERPT);
  const end = long && start + LONGEST_EXCERPT < text.length ? start + rest.lastIndexOf(" ") : text.length;
  const pieces = [start > 0 ? "… " : ""];
  let at = start;
  for (const [from, to] of marks.filter(([, to]) => to <= end)) {
    pieces[pieces.length - 1] += text.slice(at, from);
    pieces.push(text.slice(from, to), "");
    at = to;
  }
  pieces[pieces.length - 1] += text.slice(at, end) + (end < text.length ? " …" : "");
  return pieces;
}

/**
 * How much of the query a passage has, and where.
 * @param {Passage} passage
 * @param {Terms} terms
 */
function marked(passage, terms) {
  passage.tokens ??= tokens(passage.text);
  const wanted = passage.prose ? terms.prose : terms.code;
  const seen = new Set();
  /** @type {[number, number][]} */
  const marks = [];
  let value = 0;
  for (const token of passage.tokens) {
    const term = passage.prose ? token.prose : token.code;
    const telling = wanted.get(term);
    if (telling === undefined) {
      continue;
    }
    value += seen.has(term) ? 0 : 1 + telling;
    seen.add(term);
    const last = marks.at(-1);
    if (last && token.start < last[1]) {
      last[1] = Math.max(last[1], token.end);
    } else {
      marks.push([token.start, token.end]);
    }
  }
  return { value: value * passage.worth, marks };
}
