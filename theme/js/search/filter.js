// Which entries may be shown: filters, exact phrases, and what must not be there.

/**
 * Whether a query can be answered only with the positions of words.
 * @param {Item[]} items
 */
function needsPositions(items) {
  return items.some(({ kind, text }) => {
    const words = tokens(text).filter((token) => token.words === 1);
    return (kind === "phrase" || kind === "lint") && words.length > 1;
  });
}

/**
 * The entries that all filters, phrases and exclusions of a query admit.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Item[]} items
 */
function admitted(index, fields, items) {
  const admitted = index.entries.map(() => true);
  for (const item of items) {
    const has = holders(index, fields, item);
    has?.forEach((has, entry) => (admitted[entry] &&= has !== item.excluded));
  }
  return admitted;
}

/**
 * The entries that have an item; none where it does not matter.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Item} item
 */
function holders(index, fields, { kind, text, excluded }) {
  switch (kind) {
    case "word":
      return excluded ? [...unit(index, fields, text, "exact").scores].map((score) => score > 0) : null;
    case "phrase":
      return withPhrase(index, index.fields.filter((field) => field.text), text);
    case "lint":
      return withPhrase(index, index.fields.filter((field) => field.name === "lints"), text);
    case "lang":
      return null;
    default:
      return withTerm(index, index.fields.filter((field) => field.name === kind), () => text.toLowerCase());
  }
}

/**
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {(field: SearchField) => string} term
 */
function withTerm(index, fields, term) {
  const having = new Set(
    fields.flatMap((field) => index.byText.get(term(field))?.fields[field.number]?.entries ?? [])
  );
  return index.entries.map((_, entry) => having.has(entry));
}

/**
 * The entries with these words, one after the other, in a text of one of the fields.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {string} phrase
 */
function withPhrase(index, fields, phrase) {
  const words = tokens(phrase).filter((token) => token.words === 1);
  if (words.length < 2) {
    return withTerm(index, words.length ? fields : [], (field) => form(field, words[0]));
  }
  return index.entries.map((_, entry) =>
    fields.some((field) => {
      const places = words.map((word) => positions(index, field, form(field, word), entry));
      return places[0].some((start) => places.every((of, at) => of.includes(start + at)));
    })
  );
}

/**
 * Where a term stands in a field of an entry.
 * @param {SearchIndex} index
 * @param {SearchField} field
 * @param {string} term
 * @param {number} entry
 */
function positions(index, field, term, entry) {
  const postings = index.byText.get(term)?.fields[field.number];
  return postings?.positions?.[postings.entries.indexOf(entry)] ?? [];
}
