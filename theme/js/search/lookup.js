// Looks words up in the index's dictionary: as they stand, as beginnings, and with typos.

/**
 * A term of a field that stands for a word.
 * @typedef {object} Found
 * @property {SearchField} field
 * @property {string} text
 * @property {Postings} postings
 * @property {number} worth 1, or less for a term that only resembles the word
 */

/** What a term is worth that begins with the word, and with one and two typos in it. */
const PREFIX = 0.8;
const TYPOS = [0.5, 0.3];
/** A word is completed only from this many letters on. */
const SHORTEST_PREFIX = 3;
/** At most this many terms of a field stand in for a word. */
const MOST_TERMS = 8;

/**
 * @param {SearchField} field
 * @param {Token} word
 */
function form(field, word) {
  return field.prose ? word.prose : word.code;
}

/**
 * The terms that are this word.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Token} word
 * @returns {Found[]}
 */
function exactly(index, fields, word) {
  return fields.flatMap((field) => {
    const text = form(field, word);
    const postings = index.byText.get(text)?.fields[field.number];
    return postings ? [{ field, text, postings, worth: 1 }] : [];
  });
}

/**
 * The terms that begin with this word.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Token} word
 */
function beginning(index, fields, word) {
  if ([...word.code].length < SHORTEST_PREFIX) {
    return [];
  }
  return accepted(fields, word, PREFIX, (wanted) => {
    let [start, end] = [0, index.terms.length];
    while (start < end) {
      const middle = (start + end) >> 1;
      if (index.terms[middle].text <= wanted) {
        start = middle + 1;
      } else {
        end = middle;
      }
    }
    while (index.terms[end]?.text.startsWith(wanted)) {
      end++;
    }
    return index.terms.slice(start, end);
  });
}

/**
 * The terms that are this word but for as few typos as possible.
 * @param {SearchIndex} index
 * @param {SearchField[]} fields
 * @param {Token} word
 */
function misspelt(index, fields, word) {
  for (let typos = 1; typos <= typosAllowed(word.code); typos++) {
    const found = accepted(fields, word, TYPOS[typos - 1], (wanted) => near(index, wanted, typos));
    if (found.length) {
      return found;
    }
  }
  return [];
}

/**
 * The terms that are a text but for so many typos.
 * @param {SearchIndex} index
 * @param {string} wanted
 * @param {number} typos
 */
function near(index, wanted, typos) {
  const letters = signature(wanted);
  /** @type {IndexedTerm[]} */
  const found = [];
  for (let length = wanted.length - typos; length <= wanted.length + typos; length++) {
    for (const term of index.byLength.get(length) ?? []) {
      if (ones(letters ^ term.letters) <= 2 * typos && hasTypos(wanted, term.text, typos)) {
        found.push(term);
      }
    }
  }
  return found.sort((a, b) => (a.text < b.text ? -1 : 1));
}

/**
 * The terms that are found for a word, the most common of each field.
 * @param {SearchField[]} fields
 * @param {Token} word
 * @param {number} worth
 * @param {(wanted: string) => IndexedTerm[]} find in the order of the dictionary
 */
function accepted(fields, word, worth, find) {
  const code = find(word.code);
  const prose = word.prose === word.code ? code : find(word.prose);
  return fields.flatMap((field) => {
    const found = (field.prose ? prose : code).flatMap(({ text, fields }) => {
      const postings = fields[field.number];
      return postings ? [{ field, text, postings, worth }] : [];
    });
    found.sort((a, b) => b.postings.entries.length - a.postings.entries.length);
    return found.slice(0, MOST_TERMS);
  });
}

/**
 * One in words of four letters or more, two from eight; a digit is no letter.
 * @param {string} word
 */
function typosAllowed(word) {
  const letters = word.match(/\p{Alphabetic}/gu)?.length ?? 0;
  return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

/**
 * Which characters a text has, roughly: texts that differ in few places differ in few bits.
 * @param {string} text
 */
function signature(text) {
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    bits |= 1 << (text.charCodeAt(at) % 31);
  }
  return bits;
}

/** @param {string} text */
function digits(text) {
  return text.replace(/\P{N}/gu, "");
}

/**
 * Whether one text is the other but for exactly so many typos: letters that are missing, wrong,
 * added, or have changed places with the next one.
 * @param {string} one
 * @param {string} other
 * @param {number} typos
 */
function hasTypos(one, other, typos) {
  let [start, ends] = [0, 0];
  const shorter = Math.min(one.length, other.length);
  while (start < shorter && one[start] === other[start]) {
    start++;
  }
  while (ends < shorter - start && one.at(-1 - ends) === other.at(-1 - ends)) {
    ends++;
  }
  const [a, b] = [one, other].map((text) => [...text.slice(start, text.length - ends)]);
  // The distances between the beginnings of both, for the last three lengths of the first.
  let [before, row] = [[0], [0, ...b.map((_, at) => at + 1)]];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...next) > typos) {
      return false;
    }
    [before, row] = [row, next];
  }
  return row[b.length] === typos && digits(one) === digits(other);
}
