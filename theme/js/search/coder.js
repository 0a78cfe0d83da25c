// Reads what crates/search/src/export/coder.rs wrote: an adaptive arithmetic coder.

const DIGITS = 5;
const TOP = 24;
const MASK = 2 ** 30 - 1;
const COUNTERS = 20;

/**
 * A context within a context.
 * @param {number} context
 * @param {number} value
 */
function within(context, value) {
  const mixed = Math.imul(context ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/**
 * A context of a kind, by what is known.
 * @param {number} kind
 * @param {number[]} known
 */
function context(kind, ...known) {
  return known.reduce(within, within(0x5eed, kind));
}

class Decoder {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.low = 0;
    this.high = MASK;
    this.value = 0;
    /** How many zeros each context had, and beside that how many ones. */
    this.counts = new Uint8Array(2 << COUNTERS);
    for (let digit = 0; digit < DIGITS; digit++) {
      this.value = (this.value << 6) | this.digit();
    }
  }

  digit() {
    const code = this.at < this.text.length ? this.text.charCodeAt(this.at++) : 35;
    return code - 35 - (code > 92 ? 1 : 0);
  }

  /**
   * Reads a bit in contexts from what says little about it to what says most.
   * @param {number} a
   * @param {number} b
   * @param {number} c
   */
  bit(a, b, c) {
    // Half of the time until the first result is spent here: nothing is allocated.
    const { counts } = this;
    a = (a >>> (32 - COUNTERS)) << 1;
    b = (b >>> (32 - COUNTERS)) << 1;
    c = (c >>> (32 - COUNTERS)) << 1;
    const zero = 2 + 5 * counts[a] + 20 * counts[b] + 80 * counts[c];
    const one = 2 + 5 * counts[a + 1] + 20 * counts[b + 1] + 80 * counts[c + 1];
    const likely = Math.min(Math.max(Math.floor((one * 65536) / (zero + one)), 32), 65504);
    const middle = this.low + Math.floor(((this.high - this.low) * likely) / 65536);
    const bit = this.value <= middle ? 1 : 0;
    if (bit) {
      this.high = middle;
    } else {
      this.low = middle + 1;
    }
    while ((this.low ^ this.high) >> TOP === 0) {
      this.low = (this.low << 6) & MASK;
      this.high = ((this.high << 6) & MASK) | 63;
      this.value = ((this.value << 6) & MASK) | this.digit();
    }
    count(counts, a + bit, a + 1 - bit);
    count(counts, b + bit, b + 1 - bit);
    count(counts, c + bit, c + 1 - bit);
    return bit;
  }

  /**
   * Reads so many bits, highest first.
   * @param {number} bits
   * @param {number} a
   * @param {number} b
   * @param {number} c
   */
  bits(bits, a, b, c) {
    let known = 1;
    for (let at = 0; at < bits; at++) {
      known = (known << 1) | this.bit(within(a, known), within(b, known), within(c, known));
    }
    return known - (1 << bits);
  }

  /**
   * Reads a number.
   * @param {number} a
   * @param {number} b
   * @param {number} c
   */
  number(a, b, c) {
    let length = 0;
    while (this.bit(within(a, 1000 + length), within(b, 1000 + length), within(c, 1000 + length))) {
      length++;
    }
    const kind = 2000 + length;
    return this.bits(length, within(a, kind), within(b, kind), within(c, kind)) + (1 << length) - 1;
  }
}

/**
 * Counts a bit, and forgets some of what the other one had.
 * @param {Uint8Array} counts
 * @param {number} same
 * @param {number} other
 */
function count(counts, same, other) {
  if (counts[other] > 2) {
    counts[other] = (counts[other] >> 1) + 1;
  }
  if (++counts[same] === 255) {
    counts[same] >>= 1;
    counts[other] >>= 1;
  }
}
