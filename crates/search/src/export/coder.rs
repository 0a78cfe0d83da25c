//! An adaptive arithmetic coder: every bit costs as little as the bits before it in the same
//! context made it likely. `theme/js/search/coder.js` is the other direction.

/// Bits of the coder's registers: five digits.
const DIGITS: u32 = 5;
/// A digit has six bits, and is one character of the result.
const DIGIT: u32 = 6;
const MASK: u32 = (1 << (DIGITS * DIGIT)) - 1;
/// Counters of contexts; contexts that share one only cost a little more.
const COUNTERS: u32 = 20;

/// Writes bits.
pub(crate) struct Encoder {
    low: u32,
    high: u32,
    counts: Vec<[u8; 2]>,
    text: String,
}

/// Where a bit stands, from what says little about it to what says most.
pub(crate) type Contexts = [u32; 3];

/// A context within a context.
pub(crate) fn within(context: u32, value: u32) -> u32 {
    let mixed = (context ^ value).wrapping_mul(0x9E37_79B1);
    mixed ^ (mixed >> 15)
}

/// A context of a kind, by what is known.
pub(crate) fn context(kind: u32, known: &[u32]) -> u32 {
    known.iter().fold(within(0x5EED, kind), |context, value| within(context, *value))
}

impl Encoder {
    pub(crate) fn new() -> Self {
        Self { low: 0, high: MASK, counts: vec![[0; 2]; 1 << COUNTERS], text: String::new() }
    }

    /// Writes a bit.
    pub(crate) fn bit(&mut self, bit: bool, contexts: Contexts) {
        let places = contexts.map(|context| (context >> (32 - COUNTERS)) as usize);
        let (mut zeros, mut ones) = (2, 2);
        for (place, weight) in places.into_iter().zip([5, 20, 80]) {
            let [zero, one] = self.counts[place];
            zeros += u64::from(zero) * weight;
            ones += u64::from(one) * weight;
        }
        let likely = ((ones << 16) / (zeros + ones)).clamp(32, 65_504);
        let range = u64::from(self.high - self.low);
        #[expect(clippy::cast_possible_truncation, reason = "less than the range")]
        let middle = self.low + ((range * likely) >> 16) as u32;
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while (self.low ^ self.high) >> ((DIGITS - 1) * DIGIT) == 0 {
            self.digit(self.low);
            self.low = (self.low << DIGIT) & MASK;
            self.high = (self.high << DIGIT) & MASK | ((1 << DIGIT) - 1);
        }
        for place in places {
            count(&mut self.counts[place], bit);
        }
    }

    /// Writes the lowest bits of a value, highest first.
    pub(crate) fn bits(&mut self, value: u32, bits: u32, contexts: Contexts) {
        let mut known = 1;
        for at in (0..bits).rev() {
            let bit = value >> at & 1;
            self.bit(bit == 1, contexts.map(|context| within(context, known)));
            known = known << 1 | bit;
        }
    }

    /// Writes a number, shorter the smaller it is.
    pub(crate) fn number(&mut self, number: u32, contexts: Contexts) {
        let bits = (number + 1).ilog2();
        for length in 0..=bits {
            self.bit(length < bits, contexts.map(|context| within(context, 1000 + length)));
        }
        self.bits(number + 1, bits, contexts.map(|context| within(context, 2000 + bits)));
    }

    /// What was written.
    pub(crate) fn finish(mut self) -> String {
        for _ in 0..DIGITS {
            self.digit(self.low);
            self.low = (self.low << DIGIT) & MASK;
        }
        self.text
    }

    /// The first digit of a register, as one of 64 characters that a string literal can hold.
    fn digit(&mut self, register: u32) {
        let digit = (register >> ((DIGITS - 1) * DIGIT)) as u8;
        // `#` to `c` without the backslash.
        self.text.push(char::from(digit + 35 + u8::from(digit >= 57)));
    }
}

/// Counts a bit, and forgets some of what the other one had.
fn count(counts: &mut [u8; 2], bit: bool) {
    let (same, other) = (usize::from(bit), usize::from(!bit));
    counts[same] += 1;
    if counts[other] > 2 {
        counts[other] = counts[other] / 2 + 1;
    }
    if counts[same] == u8::MAX {
        *counts = counts.map(|count| count / 2);
    }
}
