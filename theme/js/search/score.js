// How well terms match entries: BM25 for each field, in 32-bit floats, as tantivy computes it where
// every field has one word.
//
// Scores are one number for each entry; 0 where there is no match.

const f32 = Math.fround;
const K1 = f32(1.2);
/** How much the fields after the best one add. */
const OTHER_FIELDS = f32(0.2);

/** @param {Float32Array} scores */
function matches(scores) {
  return scores.reduce((count, score) => count + (score > 0 ? 1 : 0), 0);
}

/**
 * `ln(1 + (N - n + 0.5) / (n + 0.5))` for `n` of `N` entries.
 * @param {number} found
 * @param {number} entries
 */
function rarity(found, entries) {
  return f32(Math.log(f32(1 + f32(f32(entries - found + 0.5) / f32(found + 0.5)))));
}

/**
 * @param {Float32Array} scores
 * @param {number} factor
 */
function scale(scores, factor) {
  return scores.map((score) => score * f32(factor));
}

/**
 * @param {Float32Array} scores
 * @param {Float32Array} other
 */
function add(scores, other) {
  return scores.map((score, entry) => score + other[entry]);
}

/**
 * The better of both.
 * @param {Float32Array} scores
 * @param {Float32Array} other
 */
function either(scores, other) {
  return scores.map((score, entry) => Math.max(score, other[entry]));
}

/**
 * The sum where both match.
 * @param {Float32Array} scores
 * @param {Float32Array} other
 */
function both(scores, other) {
  return scores.map((score, entry) => (score > 0 && other[entry] > 0 ? score + other[entry] : 0));
}

/**
 * The score of a word: of its terms in all fields, the best, and a little of the others.
 * @param {SearchIndex} index
 * @param {Found[]} found
 */
function score({ entries }, found) {
  const [best, sum] = [new Float32Array(entries.length), new Float32Array(entries.length)];
  for (const { field, postings, worth } of found) {
    const weight = f32(rarity(postings.entries.length, entries.length) * f32(1 + K1));
    const factor = f32(f32(field.boost) * f32(worth));
    postings.entries.forEach((entry, at) => {
      const frequency = postings.frequencies[at];
      const match = f32(weight * f32(frequency / f32(frequency + K1)));
      const score = f32(match * factor);
      best[entry] = Math.max(best[entry], score);
      sum[entry] += score;
    });
  }
  return best.map((score, entry) => score + f32(OTHER_FIELDS * f32(sum[entry] - score)));
}

/**
 * Multiplies by the root of the share of the wanted words that an entry has; less than half, in a
 * question less than a third, is no match. Unless it is a question, an entry that has all words
 * leaves no others.
 * @param {Float32Array} scores
 * @param {number[]} has how many of them each entry has
 * @param {number} wanted
 * @param {boolean} question
 */
function share(scores, has, wanted, question) {
  const least = !question && has.includes(wanted) ? wanted : Math.ceil(wanted / (question ? 3 : 2));
  return wanted === 0
    ? scores
    : scores.map((score, entry) => (has[entry] < least ? 0 : score * f32(Math.sqrt(f32(has[entry] / wanted)))));
}
