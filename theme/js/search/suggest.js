// Names that resemble what was typed, where nothing is found.

/**
 * Names that look most like the words of a text, nearest first.
 * @param {SearchIndex} index
 * @param {string} text
 */
function suggestions(index, text) {
  const names = index.searched.filter((field) => !field.prose);
  /** @type {{ likeness: number, text: string }[]} */
  const near = [];
  const items = parse(text.slice(0, 200)).filter(({ kind, excluded }) => !excluded && /word|phrase/.test(kind));
  for (const word of distinct(items.map((item) => item.text)).flatMap(({ path }) => tokens(path))) {
    for (const { text, fields } of index.terms) {
      const likeness = alike([...word.code], [...text]);
      if (likeness > 0.8 && names.some((field) => fields[field.number])) {
        near.push({ likeness, text });
      }
    }
  }
  near.sort((a, b) => b.likeness - a.likeness);
  return [...new Set(near.map(({ text }) => text))];
}

/**
 * The likeness of two texts by Jaro and Winkler: 0 to 1, more if they begin alike.
 * @param {string[]} a
 * @param {string[]} b
 */
function alike(a, b) {
  const reach = Math.max(0, (Math.max(a.length, b.length) >> 1) - 1);
  /** @type {boolean[]} */
  const taken = [];
  const same = a.filter((letter, at) => {
    const end = Math.min(b.length, at + reach + 1);
    for (let other = Math.max(0, at - reach); other < end; other++) {
      if (b[other] === letter && !taken[other]) {
        return (taken[other] = true);
      }
    }
    return false;
  });
  if (!same.length) {
    return 0;
  }
  const others = b.filter((_, at) => taken[at]);
  const swapped = same.filter((letter, at) => letter !== others[at]).length >> 1;
  const count = same.length;
  const likeness = (count / a.length + count / b.length + (count - swapped) / count) / 3;
  let begin = 0;
  while (begin < 4 && begin < a.length && a[begin] === b[begin]) {
    begin++;
  }
  return likeness > 0.7 ? likeness + 0.1 * begin * (1 - likeness) : likeness;
}
