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
    this.counts = [new Uint8Array(1 << COUNTERS), new Uint8Array(1 << COUNTERS)];
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
    const [zero, one] = this.counts;
    [a, b, c] = [a >>> (32 - COUNTERS), b >>> (32 - COUNTERS), c >>> (32 - COUNTERS)];
    const zeros = 2 + 5 * zero[a] + 20 * zero[b] + 80 * zero[c];
    const ones = 2 + 5 * one[a] + 20 * one[b] + 80 * one[c];
    const likely = Math.min(Math.max(Math.floor((ones * 65536) / (zeros + ones)), 32), 65504);
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
    const [same, other] = bit ? [one, zero] : [zero, one];
    count(same, other, a);
    count(same, other, b);
    count(same, other, c);
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
    const [d, e, f] = [within(a, 2000 + length), within(b, 2000 + length), within(c, 2000 + length)];
    return this.bits(length, d, e, f) + (1 << length) - 1;
  }
}

/**
 * Counts a bit, and forgets some of what the other one had.
 * @param {Uint8Array} same
 * @param {Uint8Array} other
 * @param {number} at
 */
function count(same, other, at) {
  same[at]++;
  if (other[at] > 2) {
    other[at] = (other[at] >> 1) + 1;
  }
  if (same[at] === 255) {
    [same[at], other[at]] = [same[at] >> 1, other[at] >> 1];
  }
}
