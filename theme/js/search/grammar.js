// What somebody typed, cut into words, phrases and filters. Any text is a query: what does not
// fit the grammar is words. The grammar is in crates/search/src/grammar.rs.

/**
 * A part of a query.
 * @typedef {object} Item
 * @property {boolean} excluded it must not be there
 * @property {"word" | "phrase" | "category" | "tag" | "lang" | "level" | "lint"} kind
 * @property {string} text
 * @property {string} source as it was typed
 */

const ITEM =
  /(-(?=[\p{Alphabetic}\p{N}_"]))?(?:(category|tag|lang|level|lint):(?=[\p{Alphabetic}\p{N}_"]))?(?:"([^"]*)"?|(\P{White_Space}+))/giu;

/**
 * The items of a text that have a letter or digit.
 * @param {string} text
 */
function parse(text) {
  /** @type {Item[]} */
  const items = [];
  for (const [source, minus, key, phrase, word] of text.matchAll(ITEM)) {
    const inside = phrase ?? word;
    if (/[\p{Alphabetic}\p{N}]/u.test(inside)) {
      const kind = key ? /** @type {Item["kind"]} */ (key.toLowerCase()) : word ? "word" : "phrase";
      items.push({ excluded: minus !== undefined, kind, text: inside, source });
    }
  }
  return items;
}

/**
 * The words of a text that has no operators.
 * @param {string} text
 * @returns {Item[]}
 */
function words(text) {
  const all = text.match(/\P{White_Space}+/gu) ?? [];
  return all.map((word) => ({ excluded: false, kind: "word", text: word, source: word }));
}
