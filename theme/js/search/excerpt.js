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

/** @type {WeakMap<Texts, Passage[]>} */
const PASSAGES = new WeakMap();

/**
 * The texts of an entry, in the order in which they are preferred.
 * @param {Texts} texts
 * @returns {Passage[]}
 */
function passages(texts) {
  const { said, code, printed } = texts;
  const all = PASSAGES.get(texts) ?? [
    ...said.map((text) => ({ text, prose: true, worth: 1 })),
    ...code.map((text) => ({ text, prose: false, worth: 0.9 })),
    ...printed.map((text) => ({ text, prose: true, worth: 0.9 })),
  ];
  PASSAGES.set(texts, all);
  return all;
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
  const start = long ? back(text, first) : 0;
  const end = long ? forward(text, start) : text.length;
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
 * The start of a word a little before a place.
 * @param {string} text
 * @param {number} at
 */
function back(text, at) {
  const far = at - BEFORE - 1;
  const space = text.slice(Math.max(far, 0), at).indexOf(" ");
  return far < 0 ? 0 : space < 0 ? at : far + space + 1;
}

/**
 * The end of a word as far after a place as an excerpt is long.
 * @param {string} text
 * @param {number} at
 */
function forward(text, at) {
  const far = at + LONGEST_EXCERPT;
  const space = text.slice(at, far).lastIndexOf(" ");
  return far >= text.length ? text.length : space < 0 ? far : at + space;
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
    value = seen.has(term) ? value : f32(value + f32(1 + telling));
    seen.add(term);
    const last = marks.at(-1);
    if (last && token.start < last[1]) {
      last[1] = Math.max(last[1], token.end);
    } else {
      marks.push([token.start, token.end]);
    }
  }
  return { value: f32(value * f32(passage.worth)), marks };
}
