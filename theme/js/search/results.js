// Shows what was found. Everything from outside is set as text.

/** So many names are offered in the place of one that is not there. */
const SUGGESTED = 3;

/**
 * What there is to show.
 * @typedef {object} View
 * @property {SearchIndex} index
 * @property {string} text the query
 * @property {Answer} answer
 * @property {number} most results
 * @property {(query: string) => void} change puts another query in the place of this one
 * @property {() => void} more shows all results
 */

/**
 * A new element with a class and content.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} name of its class
 * @param {(Node | string)[]} content
 */
function element(tag, name, ...content) {
  const made = document.createElement(tag);
  if (name) {
    made.className = name;
  }
  made.append(...content);
  return made;
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act, name = "") {
  const made = element("button", name, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/**
 * @param {View} view
 * @returns {Node[]}
 */
function render(view) {
  const { answer, most } = view;
  const shown = answer.hits.slice(0, most);
  const list = element("ol", "", ...shown.map((hit) => result(view, hit.entry)));
  /** @type {Node[]} */
  const nodes = [chips(view), answer.hits.length ? list : nothing(view)];
  if (answer.hits.length > shown.length) {
    nodes.push(button("Show all " + answer.hits.length, view.more, "more"));
  }
  return [...nodes, terminal(view.text)];
}

/**
 * @param {View} view
 * @param {SearchEntry} entry
 */
function result({ index, answer }, entry) {
  const excerpt = element("span", "what");
  const link = element(
    "a",
    "",
    element("span", "name", entry.title),
    element("span", "where", entry.id + " · " + (index.categories.get(entry.category) ?? "")),
    element("span", "idioms", element("span", "python", entry.python), " ", element("span", "rust", entry.rust)),
    excerpt
  );
  link.href = new URL("p/" + entry.slug + "/index.html", root).href;
  link.dataset.id = entry.id;
  // A folder that is opened from a disk shows its files, not its page.
  const page = !index.base && root.protocol === "file:" ? "index.html" : "";
  link.dataset.review = new URL("p/" + entry.id + "/" + page, index.base ?? root).href;
  explain(entry, answer.terms, excerpt);
  return element("li", "", link);
}

/**
 * Filters: those of the query, and the categories of what was found.
 * @param {View} view
 */
function chips({ index, answer, text, change }) {
  const row = element("div", "chips");
  for (const filter of answer.filters) {
    const chip = button(filter.source, () => change(text.replace(filter.source, "").trim()));
    chip.setAttribute("aria-pressed", "true");
    row.append(chip);
  }
  const categories = new Set(answer.hits.map((hit) => hit.entry.category));
  if (categories.size > 1) {
    for (const category of categories) {
      const chip = button(index.categories.get(category) ?? category, () => change(text + " category:" + category));
      chip.setAttribute("aria-pressed", "false");
      row.append(chip);
    }
  }
  return row;
}

/**
 * Nothing found: the nearest names, and the categories.
 * @param {View} view
 */
function nothing({ index, text, change }) {
  const nearest = element("div", "");
  load([MORE_CODE], () => {
    const near = suggestions(index, text).slice(0, SUGGESTED);
    const names = near.map((name) => element("li", "", button(name, () => change(name))));
    if (near.length) {
      nearest.append(element("p", "", "The nearest names"), element("ul", "chips", ...names));
    }
  });
  const categories = [...index.categories].map(([slug, title]) => {
    const link = element("a", "", title);
    link.href = new URL("c/" + slug + "/index.html", root).href;
    return element("li", "", link);
  });
  return element(
    "div",
    "nothing",
    nearest,
    element("p", "", "The categories"),
    element("ul", "categories", ...categories)
  );
}

/** @param {string} text */
function terminal(text) {
  const quoted = "'" + text.replaceAll("'", "'\\''") + "'";
  const command = text.includes("\n") ? "counterpart search -" : "counterpart search " + quoted;
  return element(
    "p",
    "same",
    "The index is tantivy’s, and so is the order. The same in a terminal: ",
    element("code", "", command)
  );
}
