// Starts search in a page: takes what the build's scripts bring, and loads more of them.

/** What the build's scripts bring, and who waits for it. */
const loaded = {
  /** @type {Exported | undefined} */
  catalog: undefined,
  /** @type {SearchIndex | undefined} */
  index: undefined,
  /** @type {Map<string, Texts>} by id */
  texts: new Map(),
  /** @type {Map<string, Promise<unknown>>} by name */
  scripts: new Map(),
};

/** The part of the reader that the first result does not need. */
const MORE_CODE = "search-more.js";

const root = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src);

/**
 * Calls back when some scripts of the build are there; each is loaded once, and they run in order.
 * @param {string[]} names
 * @param {() => void} then
 */
function load(names, then) {
  const scripts = names.map((name) => {
    const script = loaded.scripts.get(name) ?? begin(name);
    loaded.scripts.set(name, script);
    return script;
  });
  Promise.all(scripts).then(then);
}

/** @param {string} name */
function begin(name) {
  const script = document.createElement("script");
  script.async = false; // In this order.
  script.src = new URL("assets/" + name, root).href;
  document.head.append(script);
  return new Promise((there) => script.addEventListener("load", there));
}

/**
 * Shows why an entry matches, once the result is painted and its texts are there.
 * @param {SearchEntry} entry
 * @param {Terms} terms
 * @param {Element} place
 */
function explain(entry, terms, place) {
  const show = () => {
    const texts = place.isConnected ? loaded.texts.get(entry.id) : undefined;
    const pieces = texts ? excerpt(passages(texts), terms) : [];
    place.append(...pieces.map((text, at) => (at % 2 ? element("mark", "", text) : text)));
  };
  afterPaint(() => {
    // Nothing is loaded for results that are gone again: somebody types.
    if (place.isConnected) {
      load([MORE_CODE, "search-texts/" + entry.id + ".js"], show);
    }
  });
}

/** @param {() => void} then */
function afterPaint(then) {
  requestAnimationFrame(() => setTimeout(then));
}

/** What the build's scripts call. */
Object.assign(window, {
  counterpartSearch: {
    /** @param {Exported} catalog */
    catalog(catalog) {
      loaded.catalog = catalog;
    },
    /** @param {string} postings */
    index(postings) {
      if (loaded.catalog) {
        const index = (loaded.index = read(loaded.catalog, postings));
        document.querySelectorAll(".search").forEach((panel) => mount(panel, index));
      }
    },
    /** @param {string} data */
    positions(data) {
      if (loaded.index) {
        readPositions(loaded.index, data);
      }
    },
    /** @param {string} id @param {Texts} texts */
    texts(id, texts) {
      loaded.texts.set(id, texts);
    },
  },
});
