// Ranks the entries for what was typed.

/** What a filler's match is multiplied by. */
const FILLER = 0.2;
/** So many words without a filler are all wanted; more are a question. */
const FEW_WORDS = 3;
/** What it adds when somebody types a whole title, name, symptom or code. */
const CALLED_SO = 20;
/** Of a pasted message, so many different words are looked up, and the most telling looked for. */
const MESSAGE_READ = 1000;
const MESSAGE_WORDS = 24;

/**
 * The entries that match, and what was looked for: terms, with how telling they are.
 * @typedef {object} Ranking
 * @property {Float32Array} scores
 * @property {Terms} terms
 */

/** @typedef {{ prose: Map<string, number>, code: Map<string, number> }} Terms */

/**
 * @param {SearchIndex} index
 * @returns {Ranking}
 */
function none(index) {
  const scores = new Float32Array(index.entries.length);
  return { scores, terms: { prose: new Map(), code: new Map() } };
}

/**
 * The different words and paths of some lines, in order, each with the number of its line.
 * @param {string[]} lines
 */
function distinct(lines) {
  const seen = new Set();
  return lines.flatMap((line, number) =>
    paths(line).flatMap(([path]) => {
      const known = seen.has(path) || !/[\p{Alphabetic}\p{N}]/u.test(path);
      seen.add(path);
      return known ? [] : [{ path, number }];
    })
  );
}

/**
 * @param {Ranking} ranking
 * @param {Found[]} found
 */
function remember(ranking, found) {
  for (const { field, text, postings } of found) {
    const known = field.prose ? ranking.terms.prose : ranking.terms.code;
    known.set(text, Math.max(known.get(text) ?? 0, f32(1 / postings.entries.length)));
  }
}

/**
 * Ranks by words and phrases.
 *
 * A few words are all wanted: entries that lack one are shown only if none has all. A question,
 * which has fillers or many words, gets entries with more of its words first.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Item[]} items
 */
function byWords(index, fields, items) {
  const ranking = none(index);
  if (!items.length) {
    return ranking;
  }
  const [words, phrases] = ["word", "phrase"].map((kind) =>
    items.filter((item) => item.kind === kind && !item.excluded).map((item) => item.text)
  );
  if (!words.length && !phrases.length) {
    ranking.scores.fill(1);
    return ranking;
  }
  const all = distinct(words).map(({ path }) => path);
  const isFiller = all.map((path) => index.fillers.has(lowerAscii(path)));
  const telling = isFiller.filter((filler) => !filler).length;
  const onlyFillers = telling === 0 && !phrases.length;
  const question = !onlyFillers && (telling < all.length || telling > FEW_WORDS);
  const has = index.entries.map(() => 0);
  all.forEach((path, at) => {
    const filler = isFiller[at] && !onlyFillers;
    const { scores, found } = unit(index, fields, path, filler ? "exact" : "near");
    if (!filler) {
      remember(ranking, found);
      scores.forEach((score, entry) => (has[entry] += score > 0 ? 1 : 0));
    }
    ranking.scores = add(ranking.scores, filler ? scale(scores, FILLER) : scores);
  });
  ranking.scores = share(ranking.scores, has, onlyFillers ? all.length : telling, question);
  for (const { path } of distinct(phrases)) {
    const { scores, found } = unit(index, fields, path, "exact");
    remember(ranking, found);
    ranking.scores = add(ranking.scores, scores);
  }
  prefer(ranking, called(index, [...words, ...phrases].join(" ")));
  return ranking;
}

/**
 * The entries that have a text as a title, name, symptom or code, whatever its signs; of an
 * error, what it says is enough.
 * @param {SearchIndex} index
 * @param {string} text
 * @returns {number[]}
 */
function called(index, text) {
  const says = withoutName(text);
  const whole = index.called.get(hash(phraseOf(text)));
  return whole ?? (says === null ? [] : (index.called.get(hash(phraseOf(says))) ?? []));
}

/**
 * The words of a text in one line: equal for texts that say the same, whatever their signs.
 * @param {string} text
 */
function phraseOf(text) {
  const words = tokens(text).filter((token) => token.words === 1);
  return words.map((token) => token.prose).join(" ");
}

/**
 * FNV-1a over units of UTF-16; the upper 24 bits.
 * @param {string} text
 */
function hash(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 8;
}

/**
 * @param {Ranking} ranking
 * @param {number[]} entries
 */
function prefer({ scores }, entries) {
  entries.forEach((entry) => (scores[entry] += CALLED_SO));
}

/**
 * Ranks by any of the most telling words of a pasted message, each with what its line is worth.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Line[]} lines
 */
function byMessage(index, fields, lines) {
  const words = distinct(lines.map((line) => line.text)).filter(({ path }) => !index.fillers.has(lowerAscii(path)));
  const units = words.slice(0, MESSAGE_READ).flatMap(({ path, number }) => {
    const { scores, found } = unit(index, fields, path, "exact");
    const count = matches(scores);
    return count ? [{ scores, found, count, worth: lines[number].worth }] : [];
  });
  units.sort((a, b) => b.worth - a.worth || a.count - b.count);
  const ranking = none(index);
  for (const { text } of lines.filter(({ worth }) => worth >= 1).slice(0, MESSAGE_WORDS)) {
    prefer(ranking, called(index, text));
  }
  for (const { scores, found, worth } of units.slice(0, MESSAGE_WORDS)) {
    remember(ranking, found);
    ranking.scores = add(ranking.scores, scale(scores, worth));
  }
  return ranking;
}

/** @param {string} text */
function lowerAscii(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
