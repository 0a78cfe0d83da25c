// Answers queries as crates/search does: the same entries in the same order.

/**
 * @typedef {object} Answer
 * @property {{ entry: SearchEntry, score: number }[]} hits best first
 * @property {Terms} terms what was looked for
 * @property {Item[]} filters
 */

/** What is read of a query, in UTF-16 units. */
const LONGEST_QUERY = 1 << 20;

/**
 * The entries that match, best first. Any text gives hits or none.
 * @param {SearchIndex} index
 * @param {string} query
 * @returns {Answer}
 */
function search(index, query) {
  const text = query.slice(0, LONGEST_QUERY);
  const message = isMessage(text);
  const items = message ? [] : isName(index, text) ? words(text) : parse(text);
  const langs = ["python", "rust"].filter((lang) =>
    items.every((item) => item.kind !== "lang" || (item.text.toLowerCase() === lang) !== item.excluded)
  );
  const fields = index.searched.filter((field) => !field.lang || langs.includes(field.lang));
  const ranking = !langs.length
    ? none(index)
    : message
      ? byMessage(index, fields, informative(text))
      : byWords(index, fields, items);
  const admits = admitted(index, fields, items);
  const hits = index.entries.flatMap((entry, at) =>
    ranking.scores[at] > 0 && admits[at] ? [{ entry, score: ranking.scores[at] }] : []
  );
  hits.sort((a, b) => b.score - a.score);
  const filters = items.filter((item) => item.kind !== "word" && item.kind !== "phrase");
  return { hits, terms: ranking.terms, filters };
}

/**
 * Whether a text is a whole title, name, symptom or code, and so has no operators.
 * @param {SearchIndex} index
 * @param {string} text
 */
function isName(index, text) {
  return !text.trimStart().startsWith('"') && called(index, text).length > 0;
}
