// Starts search in a page: takes what the build's scripts bring, and loads more of them.

/** What the build's scripts bring, and who waits for it. */
const loaded = {
  /** @type {SearchIndex | undefined} */
  index: undefined,
  /** @type {Map<string, Passage[]>} by id */
  passages: new Map(),
  /** @type {Map<string, HTMLScriptElement | null>} by name; null once they are there */
  scripts: new Map(),
};

const root = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src);

/**
 * Calls back when a script of the build is there; each is loaded once.
 * @param {string} name
 * @param {() => void} then
 */
function load(name, then) {
  let script = loaded.scripts.get(name);
  if (script === undefined) {
    script = document.createElement("script");
    script.src = new URL("assets/" + name, root).href;
    script.addEventListener("load", () => loaded.scripts.set(name, null));
    loaded.scripts.set(name, script);
    document.head.append(script);
  }
  if (script) {
    script.addEventListener("load", then);
  } else {
    then();
  }
}

/**
 * Shows why an entry matches, as soon as its texts are there.
 * @param {SearchEntry} entry
 * @param {Terms} terms
 * @param {Element} place
 */
function explain(entry, terms, place) {
  function show() {
    const texts = place.isConnected ? loaded.passages.get(entry.id) : undefined;
    const pieces = texts ? excerpt(texts, terms) : [];
    place.append(...pieces.map((text, at) => (at % 2 ? element("mark", "", text) : text)));
  }
  // Not before the results are in the page, and not for those that are gone again.
  load("search-texts/" + entry.id + ".js", () => queueMicrotask(show));
}

/** What the build's scripts call. */
Object.assign(window, {
  counterpartSearch: {
    /** @param {Exported} exported */
    index(exported) {
      const index = (loaded.index = read(exported));
      document.querySelectorAll(".search").forEach((panel) => mount(panel, index));
    },
    /** @param {string} data */
    positions(data) {
      if (loaded.index) {
        readPositions(loaded.index, data);
      }
    },
    /** @param {string} id @param {Texts} texts */
    texts(id, texts) {
      loaded.passages.set(id, passages(texts));
    },
  },
});
