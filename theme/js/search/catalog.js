// The index in memory: what the build exported, ready to be searched.

/**
 * What the build writes: crates/search/src/export and src/site/search.rs.
 * @typedef {object} Exported
 * @property {string | null} base where the site is published, if that is known
 * @property {[string, string, number, string, string, string][]} entries in the order of the index:
 *   id, slug, number of the category, title, names of the idiom
 * @property {[string, string][]} categories slugs and titles
 * @property {ExportedField[]} fields
 * @property {string} fillers
 * @property {string} synonyms
 * @property {string} alphabet
 */

/**
 * @typedef {object} SearchEntry
 * @property {string} id
 * @property {string} slug
 * @property {string} category
 * @property {string} title
 * @property {string} python
 * @property {string} rust
 */

/**
 * @typedef {object} ExportedField
 * @property {string} name
 * @property {boolean} prose English: its terms are stems
 * @property {number} boost what the score of a match in it is multiplied by; 0 if words are not looked up in it
 * @property {number} often a word counts at most so often in it
 * @property {string | null} lang the language whose names it holds
 * @property {boolean} text phrases are looked up in it
 */

/**
 * @typedef {ExportedField & { number: number }} SearchField
 */

/**
 * @typedef {Term & { letters: number }} IndexedTerm
 */

/**
 * @typedef {object} SearchIndex
 * @property {string | null} base
 * @property {SearchEntry[]} entries
 * @property {Map<string, string>} categories
 * @property {SearchField[]} fields
 * @property {SearchField[]} searched
 * @property {IndexedTerm[]} terms sorted
 * @property {Map<number, IndexedTerm[]>} byLength
 * @property {Map<string, IndexedTerm>} byText
 * @property {Map<number, number[]>} called entries by the hash of a title, name, symptom or code
 * @property {boolean} positioned whether the positions are loaded
 * @property {Set<string>} fillers
 * @property {Map<string, Token[]>} synonyms by stem
 */

/**
 * @param {Exported} exported
 * @param {string} postings
 * @returns {SearchIndex}
 */
function read(exported, postings) {
  const { base, categories, alphabet } = exported;
  const entries = exported.entries.map(([id, slug, category, title, python, rust]) => {
    return { id, slug, category: categories[category][0], title, python, rust };
  });
  const fields = exported.fields.map((field, number) => ({ ...field, number }));
  const { terms, called } = new Dictionary(postings, alphabet, entries.length, fields.length);
  entries.forEach(({ id, slug, title, python, rust }, entry) => {
    for (const name of [id, slug, title, python, rust].map((name) => hash(phraseOf(name)))) {
      called.set(name, [...new Set(called.get(name)).add(entry)]);
    }
  });
  const indexed = terms.map((term) => ({ ...term, letters: signature(term.text) }));
  indexed.sort((a, b) => (a.text < b.text ? -1 : 1));
  /** @type {Map<number, IndexedTerm[]>} */
  const byLength = new Map();
  for (const term of indexed) {
    const same = byLength.get(term.text.length) ?? [];
    byLength.set(term.text.length, same);
    same.push(term);
  }
  return {
    base,
    entries,
    categories: new Map(categories),
    fields,
    searched: fields.filter((field) => field.boost > 0),
    terms: indexed,
    byLength,
    byText: new Map(indexed.map((term) => [term.text, term])),
    called,
    positioned: false,
    fillers: new Set(exported.fillers.split(/\s+/)),
    synonyms: meanings(exported.synonyms),
  };
}

/**
 * The words that mean the same as a stem; each line has words of one meaning.
 * @param {string} lines
 */
function meanings(lines) {
  /** @type {Map<string, Token[]>} */
  const all = new Map();
  for (const line of lines.split("\n")) {
    const group = line.split(/\s+/).flatMap(tokens);
    for (const { prose } of group) {
      all.set(prose, group.filter((other, at) => other.prose !== prose && other.prose !== group[at - 1]?.prose));
    }
  }
  return all;
}
