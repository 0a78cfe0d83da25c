// English stems, by the rules of Snowball's English stemmer (snowballstem.org), which the index
// was made with. A test compares the two word by word.

/** Words whose stem no rule finds. */
const IRREGULAR = new Map(
  Object.entries({
    andes: "andes", atlas: "atlas", bias: "bias", cosmos: "cosmos", howe: "howe", news: "news",
    sky: "sky", skies: "sky", skis: "ski", early: "earli", gently: "gentl", idly: "idl",
    only: "onli", singly: "singl", ugly: "ugli",
  })
);

/** Endings that are replaced if they stand in the first region; the longest match counts. */
const SECOND_STEP = new Map(
  Object.entries({
    ational: "ate", ization: "ize", fulness: "ful", iveness: "ive", ousness: "ous", tional: "tion",
    biliti: "ble", lessli: "less", ation: "ate", alism: "al", aliti: "al", ousli: "ous",
    iviti: "ive", fulli: "ful", entli: "ent", enci: "ence", anci: "ance", abli: "able",
    izer: "ize", ator: "ate", alli: "al", ogist: "og", bli: "ble", ogi: "og", li: "",
  })
);
const THIRD_STEP = new Map(
  Object.entries({
    ational: "ate", tional: "tion", alize: "al", icate: "ic", iciti: "ic", ative: "", ical: "ic",
    ness: "", ful: "",
  })
);
const FOURTH_STEP =
  /(ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/;

/**
 * Whether a word ends in a short syllable.
 * @param {string} word
 */
function isShort(word) {
  return /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/.test(word);
}

/**
 * The longest of some endings that a word has, or none.
 * @param {string} word
 * @param {Iterable<string>} endings
 */
function ending(word, endings) {
  let longest = "";
  for (const end of endings) {
    if (end.length > longest.length && word.endsWith(end)) {
      longest = end;
    }
  }
  return longest;
}

/** @type {Map<string, string>} stems that were found before */
const STEMS = new Map();

/**
 * The stem of a word in lower case.
 * @param {string} word
 */
function stem(word) {
  const known = STEMS.get(word) ?? stemOf(word);
  STEMS.set(word, known);
  return known;
}

/** @param {string} word */
function stemOf(word) {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined || word.length < 3) {
    return irregular ?? word;
  }
  // A `y` that is a consonant is written `Y` meanwhile.
  let stem = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const region = /^[^aeiouy]*[aeiouy]+[^aeiouy]/;
  const start = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(stem);
  const first = (start ?? region.exec(stem))?.[0].length ?? stem.length;
  const second = first + (region.exec(stem.slice(first))?.[0].length ?? stem.length);
  /** @param {string} end */
  const inFirst = (end) => stem.length - end.length >= first;
  /** @param {string} end */
  const inSecond = (end) => stem.length - end.length >= second;

  stem = withoutPlural(stem);
  stem = withoutPast(stem, first).replace(/(.[^aeiouy])[yY]$/, "$1i");

  let end = ending(stem, SECOND_STEP.keys());
  const before = stem.slice(0, stem.length - end.length);
  const allowed =
    (end !== "li" || /[cdeghkmnrt]$/.test(before)) && (end !== "ogi" || before.endsWith("l"));
  if (end && inFirst(end) && allowed) {
    stem = before + SECOND_STEP.get(end);
  }
  end = ending(stem, THIRD_STEP.keys());
  if (end && inFirst(end) && (end !== "ative" || inSecond(end))) {
    stem = stem.slice(0, -end.length) + THIRD_STEP.get(end);
  }
  end = FOURTH_STEP.exec(stem)?.[0] ?? "";
  if (end && inSecond(end) && (end !== "ion" || /[st]ion$/.test(stem))) {
    stem = stem.slice(0, -end.length);
  }
  const last = stem.slice(0, -1);
  if (stem.endsWith("e") && (inSecond("e") || (inFirst("e") && !isShort(last)))) {
    stem = last;
  } else if (stem.endsWith("ll") && inSecond("l")) {
    stem = last;
  }
  return stem.replace(/Y/g, "y");
}

/** @param {string} word */
function withoutPlural(word) {
  if (word.endsWith("sses")) {
    return word.slice(0, -2);
  }
  if (/ie[ds]$/.test(word)) {
    return word.slice(0, word.length > 4 ? -2 : -1);
  }
  return /[aeiouy].+s$/.test(word) && !/[us]s$/.test(word) ? word.slice(0, -1) : word;
}

/**
 * Without `ed`, `ing` and the like, and with the `e` that they replaced.
 * @param {string} word
 * @param {number} first where the first region starts
 */
function withoutPast(word, first) {
  const eed = /^(.*)eed(?:ly)?$/.exec(word);
  if (eed) {
    const kept = eed[1].length < first || /^(succ|proc|exc)$/.test(eed[1]);
    return kept ? word : eed[1] + "ee";
  }
  const match = /^(.*?)(ed|edly|ing|ingly)$/.exec(word);
  if (!match) {
    return word;
  }
  const [, stem, end] = match;
  if (end === "ing") {
    if (/^[^aeiouy]y$/.test(stem)) {
      return stem[0] + "ie";
    }
    if (/^(even|cann|inn|earr|herr|out)$/.test(stem)) {
      return word;
    }
  }
  if (!/[aeiouy]/.test(stem)) {
    return word;
  }
  if (/(at|bl|iz)$/.test(stem)) {
    return stem + "e";
  }
  if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) {
    return /^[aeo]..$/.test(stem) ? stem : stem.slice(0, -1);
  }
  return stem.length === first && isShort(stem) ? stem + "e" : stem;
}
