// Reads the terms and postings that crates/search/src/export/model.rs wrote, in the same steps.

/** What a bit or number is about. */
const CALLED = 1;
const ROOTS = 2;
const SHARED = 3;
const LETTER = 4;
const FIELD = 5;
const DOCUMENTS = 6;
const GAP = 7;
const THERE = 8;
const FREQUENCY = 9;
const LONGER = 10;
const INSIDE = 11;
const ALSO = 12;
const LESS = 13;
const CHANCE = 17;

/**
 * Where a term stands in a field: entries, and how often in each.
 * @typedef {object} Postings
 * @property {number[]} entries
 * @property {number[]} frequencies
 * @property {number[][]} [positions] once they are loaded
 */

/**
 * A term, and where it stands in each field.
 * @typedef {object} Term
 * @property {string} text
 * @property {(Postings | undefined)[]} fields
 */

/**
 * How many bits are set.
 * @param {number} bits
 */
function ones(bits) {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** @param {number} number */
function log2(number) {
  return 31 - Math.clz32(number);
}

/**
 * Whether a term is of several words, has digits, or is plain.
 * @param {string} term
 */
function shape(term) {
  return /[._]/.test(term) ? 1 : /[0-9]/.test(term) ? 2 : 0;
}

class Dictionary {
  /**
   * @param {string} data
   * @param {string} alphabet
   * @param {number} entries
   * @param {number} fields
   */
  constructor(data, alphabet, entries, fields) {
    this.decoder = new Decoder(data);
    this.alphabet = [...alphabet];
    this.bits = 32 - Math.clz32(this.alphabet.length);
    this.entries = entries;
    this.fields = fields;
    /** @type {Term[]} */
    this.terms = [];
    /** @type {Map<number, number[]>} entries by the hash of what they are called */
    this.called = new Map();
    let hash = -1;
    for (let left = this.number(CALLED, 0) - 1; left >= 0; left--) {
      const bits = this.number(CALLED, 1);
      const chance = context(CHANCE, left);
      hash += (1 << bits) + this.decoder.bits(bits, chance, chance, chance);
      let entry = -1;
      const called = Array.from({ length: 1 + this.number(CALLED, 2) }, () => (entry += 1 + this.number(CALLED, 3)));
      this.called.set(hash, called);
    }
    let before = "";
    for (let roots = this.number(ROOTS); roots > 0; roots--) {
      const shared = [...before].slice(0, this.number(SHARED)).join("");
      const text = this.letters(shared);
      const term = { text, fields: this.places(text) };
      this.terms.push(term);
      this.longer(term);
      before = text;
    }
  }

  /**
   * @param {number} kind
   * @param {number[]} known
   */
  number(kind, ...known) {
    const some = context(kind, ...known);
    return this.decoder.number(context(kind), some, some);
  }

  /**
   * The rest of a text that begins so.
   * @param {string} start
   */
  letters(start) {
    let text = start;
    let [a, b, c] = [0, 0, 0];
    for (const letter of start) {
      [a, b, c] = [this.alphabet.indexOf(letter) + 1, a, b];
    }
    for (;;) {
      const [first, second] = [context(LETTER, a), context(LETTER, a, b)];
      const number = this.decoder.bits(this.bits, first, second, within(second, c));
      if (number === 0) {
        return text;
      }
      text += this.alphabet[number - 1];
      c = b;
      b = a;
      a = number;
    }
  }

  /**
   * The terms that end with a term.
   * @param {Term} term
   */
  longer(term) {
    const form = context(LONGER, shape(term.text));
    for (let left = this.decoder.number(context(LONGER), form, form); left > 0; left--) {
      const text = this.letters("") + term.text;
      const any = context(INSIDE);
      const inside = this.decoder.bit(any, any, any);
      const longer = { text, fields: inside ? this.placesWithin(term) : this.places(text) };
      this.terms.push(longer);
      this.longer(longer);
    }
  }

  /**
   * Where a term stands that is always part of another one's places.
   * @param {Term} tail
   */
  placesWithin(tail) {
    const all = tail.fields.flatMap((postings, field) =>
      (postings?.entries ?? []).map((entry, at) => ({ entry, field, most: postings?.frequencies[at] ?? 0 }))
    );
    all.sort((a, b) => a.entry - b.entry || a.field - b.field);
    const places = all.length;
    /** @type {(Postings | undefined)[]} */
    const fields = Array(this.fields);
    let found = 0;
    for (const { entry, field, most } of all) {
      const soFar = Math.min(found, 2);
      const also = this.decoder.bit(
        context(ALSO, field),
        context(ALSO, Math.min(places, 12), soFar),
        context(ALSO, field, Math.min(most, 3), Math.min(places, 6), soFar)
      );
      if (also) {
        found++;
        const few = Math.min(most, 4);
        const less =
          most > 1 ? this.decoder.number(context(LESS), context(LESS, few), context(LESS, field, few)) : 0;
        place(fields, field, entry, most - less);
      }
    }
    return fields;
  }

  /**
   * Where a term stands.
   * @param {string} term
   */
  places(term) {
    const form = shape(term);
    let mask = 0;
    for (let field = 0; field < this.fields; field++) {
      const there = this.decoder.bit(
        context(FIELD, field),
        context(FIELD, field, form, ones(mask)),
        context(FIELD, field, mask)
      );
      mask |= there << field;
    }
    /** @type {(Postings | undefined)[]} */
    const fields = Array(this.fields);
    const few = context(DOCUMENTS, Math.min(ones(mask), 5));
    let left = 1 + this.decoder.number(context(DOCUMENTS), few, context(DOCUMENTS, mask));
    let [next, before] = [0, -1];
    const often = new Uint32Array(this.fields);
    for (; left > 0; left--) {
      const room = this.entries - next - left;
      if (room > 0) {
        const sparse = log2(1 + Math.floor((4 * room) / left));
        const [a, b] = [context(GAP, sparse), context(GAP, sparse, Math.min(left, 8))];
        next += this.decoder.number(a, b, within(b, Math.floor((room * 8) / this.entries)));
      }
      const there = this.there(mask, before);
      let last = 0;
      for (let field = 0; field < this.fields; field++) {
        if ((there >> field) & 1) {
          const [a, b] = [context(FREQUENCY, field), context(FREQUENCY, field, last)];
          const frequency = 1 + this.decoder.number(a, b, within(b, Math.min(often[field], 4)));
          place(fields, field, next, frequency);
          last = Math.min(frequency, 4);
          often[field] = frequency;
        }
      }
      before = there;
      next++;
    }
    return fields;
  }

  /**
   * In which of the fields of a term an entry has it, as bits.
   * @param {number} mask the fields of the term
   * @param {number} before those of the entry before, or -1
   */
  there(mask, before) {
    const count = Math.min(ones(mask), 4);
    let there = 0;
    for (let field = 0; mask >> field; field++) {
      if ((mask >> field) & 1) {
        const forced = mask >> field === 1 && there === 0;
        const also = before < 0 ? 2 : (before >> field) & 1;
        const seen = Math.min(ones(there), 2);
        const bit = forced
          ? 1
          : this.decoder.bit(
              context(THERE, field),
              context(THERE, field, seen, count, also),
              context(THERE, field, mask, there)
            );
        there |= bit << field;
      }
    }
    return there;
  }
}

/**
 * Notes that a term stands in a field of an entry.
 * @param {(Postings | undefined)[]} fields
 * @param {number} field
 * @param {number} entry
 * @param {number} frequency
 */
function place(fields, field, entry, frequency) {
  const postings = (fields[field] ??= { entries: [], frequencies: [] });
  postings.entries.push(entry);
  postings.frequencies.push(frequency);
}
