// Cuts text into terms as the index was: identifiers whole, by path suffix and by word; case and
// diacritics folded; English stems for prose.

/**
 * A term of a text: a word, or several that stand together.
 * @typedef {object} Token
 * @property {string} code as in fields of names and codes
 * @property {string} prose as in fields of English: its stem
 * @property {number} start where it stands in the text
 * @property {number} end
 * @property {number} position the number of its first word
 * @property {number} words how many words it has
 */

/** Longer components are data, not names: bytes of UTF-8. */
const LONGEST_NAME = 64;

const PATH = /[\p{Alphabetic}\p{N}_]+(?:(?:::|\.)[\p{Alphabetic}\p{N}_]+){0,7}/gu;

/**
 * The words and paths of a text: `a::b.c_d` is one.
 * @param {string} text
 */
function paths(text) {
  return [...text.matchAll(PATH)];
}

/** @param {string} text */
function bytes(text) {
  let count = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return count;
}

/** Letters that are not a plain one with a mark. */
const PLAIN = new Map(
  Object.entries({ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" })
);

/**
 * Lower case, without diacritics.
 * @param {string} text
 */
function fold(text) {
  const lower = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower)) {
    return lower;
  }
  let folded = "";
  for (const char of text) {
    for (const letter of char.toLowerCase()) {
      const plain = letter.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
      folded += PLAIN.get(letter) ?? (/^[\x20-\x7f]+$/.test(plain) ? plain : letter);
    }
  }
  return folded;
}

/**
 * The words of `HTTPException2`: `HTTP`, `Exception2`; and of `sha256`: `sha`, `256`.
 * @param {string} text
 */
function humps(text) {
  if (!/[\p{Uppercase}\p{N}]/u.test(text)) {
    return [text];
  }
  const chars = [...text];
  const words = [];
  let word = chars[0];
  for (let at = 1; at < chars.length; at++) {
    const [before, char, next] = [chars[at - 1], chars[at], chars[at + 1] ?? ""];
    const hump =
      /\p{Uppercase}/u.test(char) &&
      (/\p{Lowercase}/u.test(before) ||
        (/\p{Uppercase}/u.test(before) && /\p{Lowercase}/u.test(next)));
    // A single letter before a number is a code (`E0277`), not a word.
    const number = /\p{Alphabetic}/u.test(before) && /\p{N}/u.test(char) && bytes(word) > 1;
    if (hump || number) {
      words.push(word);
      word = "";
    }
    word += char;
  }
  words.push(word);
  return words;
}

/**
 * All tokens of a text, in the order of the index.
 * @param {string} text
 */
function tokens(text) {
  /** @type {Token[]} */
  const all = [];
  let position = 0;
  for (const path of paths(text)) {
    position = pathTokens(path[0], path.index, position, all);
  }
  return all;
}

/**
 * Adds the tokens of a path that starts at a place and a word position; gives the position after.
 * @param {string} path
 * @param {number} offset
 * @param {number} position
 * @param {Token[]} all
 */
function pathTokens(path, offset, position, all) {
  /** @param {string} text @param {number} start @param {number} at @param {number} words */
  function push(text, start, at, words, end = start + text.length) {
    const code = fold(text);
    all.push({ code, prose: stem(code), start, end, position: at, words });
  }
  const components = [...path.matchAll(/[^.:]+/g)].flatMap((match) => {
    const name = match[0].replace(/^_+|_+$/g, "");
    const start = offset + match.index + match[0].length - match[0].replace(/^_+/, "").length;
    const words = [...name.matchAll(/[^_]+/g)].flatMap((part) => {
      let at = start + part.index;
      return humps(part[0]).map((text) => ({ text, at: (at += text.length) - text.length }));
    });
    return name && bytes(name) <= LONGEST_NAME ? [{ name, start, words }] : [];
  });
  const last = components.length - 1;
  const total = components.reduce((sum, { words }) => sum + words.length, 0);
  const end = position + total;
  components.forEach(({ name, start, words }, index) => {
    if (index < last) {
      const joined = components.slice(index).map((component) => component.name).join(".");
      const { start: from, name: tail } = components[last];
      push(joined, start, position, end - position, from + tail.length);
    }
    if (words.length > 1) {
      push(name, start, position, words.length);
    }
    for (const { text, at } of words) {
      push(text, at, position++, 1);
    }
  });
  return end;
}
