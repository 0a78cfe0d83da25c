// Takes what is informative out of a pasted error message: the errors, not the paths and frames.

/** @typedef {{ worth: number, text: string }} Line */

/** A query of more words than this is a message, not a question. */
const MESSAGE = 12;
/** Lines beyond this many are not read. */
const LINES = 400;
/** Letters of a line beyond this many are not read. */
const LENGTH = 1000;
/** What the first words of an error say. */
const LOUD = /error|warning|exception|panicked|never awaited/;
/** A line that only says where: a traceback's frame, rustc's arrow, a backtrace's entry. */
const PLACE = /^([0-9]+: |File "|-->|:::|at \/|at \.\/|Traceback \(|stack backtrace)/;

/**
 * Whether a text is a pasted message: several lines, very many words, or an error that says so.
 * @param {string} text
 */
function isMessage(text) {
  return text.trim().includes("\n") || paths(text).length > MESSAGE || withoutName(text) !== null;
}

/**
 * What an error says, without its name: `ValueError: `, `error[E0277]: `; null if it has none.
 * @param {string} text
 */
function withoutName(text) {
  const at = text.indexOf(": ");
  const head = at < 0 ? "" : text.slice(0, at);
  return paths(head).length < 3 && LOUD.test(head.toLowerCase()) ? text.slice(at + 2) : null;
}

/**
 * The lines that say something, without paths, addresses and numbers, with what each is worth:
 * 1 for the error itself, less for what stands around it.
 * @param {string} text
 */
function informative(text) {
  /** @type {Line[]} */
  const lines = [];
  for (const whole of text.split("\n").slice(0, LINES)) {
    const line = [...whole].slice(0, LENGTH).join("").trim();
    const words = PLACE.test(line) ? [] : line.split(/\p{White_Space}+/u).filter((word) => !isNoise(word));
    if (words.length) {
      lines.push({ worth: worthOf(line), text: words.join(" ") });
    }
  }
  return lines;
}

/**
 * A word that is a path, an address, a number, or nothing but signs.
 * @param {string} word
 */
function isNoise(word) {
  const bare = word.replace(/^[^\p{Alphabetic}\p{N}]+|[^\p{Alphabetic}\p{N}]+$/gu, "");
  return (
    /^(0x|[0-9]|$)/.test(bare) ||
    (word.includes("/") && !word.includes("//")) ||
    word.includes("\\") ||
    word.includes("://")
  );
}

/**
 * The error itself says so; code that a compiler quotes stands behind a bar.
 * @param {string} line
 */
function worthOf(line) {
  const lower = line.toLowerCase();
  const quoted = line.startsWith("|") || line.includes(" | ");
  const loud = LOUD.test(lower.split(":")[0]) || /(error|warning|exception|panicked|never awaited)$/.test(lower);
  return !quoted && loud ? 1 : line.startsWith("=") ? 0.5 : 0.25;
}
