// One word or path of a query: which terms stand for it, and how well entries match it.

/** What the end of a path is worth, against the whole path. */
const SUFFIX = 0.7;
/** What each of its words is worth where nothing has the path, and where something has. */
const WORD = 0.5;
const WORD_BESIDE_PATH = 0.2;
/** What a word of the same meaning is worth. */
const SYNONYM = 0.3;

/**
 * What may stand for a word besides the word itself: nothing; or words of the same meaning, and
 * if there are none, words that begin with it or are misspelt.
 * @typedef {"exact" | "near"} Fit
 */

/**
 * Looks a path up: whole, by suffix, and as words that must all be there.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {string} path
 * @param {Fit} fit
 */
function unit(index, fields, path, fit) {
  const analyzed = tokens(path);
  const words = analyzed.filter((token) => token.words === 1);
  const compounds = analyzed.filter((token) => token.words !== 1);
  /** @type {Float32Array} */
  let scores = new Float32Array(index.entries.length);
  /** @type {Found[]} */
  const found = [];
  /** @param {Found[]} terms @param {number} worth */
  function or(terms, worth) {
    scores = either(scores, scale(score(index, terms), worth));
    found.push(...terms);
  }
  for (const compound of compounds.filter((token) => token.end === path.length)) {
    or(exactly(index, fields, compound), compound.position === 0 ? 1 : SUFFIX);
  }
  if (compounds.length && !found.length && fit === "near") {
    or(resembling(index, fields, compounds[0]), 1);
  }
  const alone = words.length === 1;
  const worth = found.length ? WORD_BESIDE_PATH : alone ? 1 : WORD;
  const each = words.map((word) => {
    const terms = standing(index, fields, word, fit, alone);
    found.push(...terms);
    return scale(score(index, terms), worth);
  });
  if (each.length) {
    scores = either(scores, each.reduce(both));
  }
  return { scores, found };
}

/**
 * The terms that stand for a word.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Token} word
 * @param {Fit} fit
 * @param {boolean} alone
 */
function standing(index, fields, word, fit, alone) {
  const found = exactly(index, fields, word);
  if (fit === "exact") {
    return found;
  }
  if (alone) {
    for (const synonym of index.synonyms.get(word.prose) ?? []) {
      found.push(...exactly(index, fields, synonym).map((term) => ({ ...term, worth: SYNONYM })));
    }
  }
  return found.length ? found : resembling(index, fields, word);
}

/**
 * The terms that begin with a word, or else are it but for typos.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Token} word
 */
function resembling(index, fields, word) {
  const found = beginning(index, fields, word);
  return found.length ? found : misspelt(index, fields, word);
}
