// The search field and what it finds: typing, keys, the address of the page.

/** So many results are shown at first. */
const SHOWN = 10;
/** The sign that stands for a line's end in the field. */
const LINE_END = "↵";
/** How long somebody must pause before the address of the page changes, in milliseconds. */
const PAUSE = 400;
/** A longer query is not kept in the address. */
const LONGEST_KEPT = 1000;

/**
 * Brings a search field to life.
 * @param {Element} panel
 * @param {SearchIndex} index
 */
function mount(panel, index) {
  const field = one(panel, "input", HTMLInputElement);
  const said = one(panel, ".found", HTMLElement);
  const results = one(panel, ".results", HTMLElement);
  const dialog = panel.closest("dialog");
  const everything = document.querySelector(".everything");
  let timer = 0;

  /** @param {number} most */
  function run(most) {
    const text = field.value.replaceAll(LINE_END, "\n").trim();
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE, text);
    if (everything instanceof HTMLElement) {
      everything.hidden = text !== "";
    }
    if (!text) {
      said.textContent = "";
      results.replaceChildren();
      return;
    }
    if (!index.positioned && needsPositions(parse(text))) {
      load([MORE_CODE, "search-positions.js"], () => run(most));
    }
    const answer = search(index, text);
    said.textContent = counted(answer.hits.length);
    const more = () => {
      const before = results.querySelectorAll("li a").length;
      run(Infinity);
      focusOn([...results.querySelectorAll("li a")][before]);
    };
    results.replaceChildren(...render({ index, text, answer, most, change, more }));
  }

  /** @param {string} query */
  function change(query) {
    field.value = query;
    field.focus();
    run(SHOWN);
  }

  /** The selected result: the one with the focus, else the first. */
  function selected() {
    const active = document.activeElement?.closest(".results ol a") ?? null;
    return active && panel.contains(active) ? active : results.querySelector("ol a");
  }

  /** @param {KeyboardEvent} event */
  function move(event) {
    const links = [...results.querySelectorAll("ol a")];
    const at = links.findIndex((link) => link === document.activeElement);
    // In the field the first result counts as selected, so one goes on to the second.
    const down = at < 0 && links.length > 1 ? 1 : at + 1;
    const target = event.key === "ArrowDown" ? links[down] : at > 1 ? links[at - 1] : field;
    if (target) {
      event.preventDefault();
      focusOn(target);
    }
  }

  panel.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(event);
    } else if (event.key === "Escape" && dialog) {
      event.preventDefault();
      dialog.close();
    } else if (event.target !== field && /^[^ ]$/u.test(event.key)) {
      event.stopPropagation(); // It is no shortcut here.
      field.focus(); // What is typed goes there.
    }
  });
  field.addEventListener("input", () => run(SHOWN));
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text").trim() ?? "";
    if (text.includes("\n")) {
      event.preventDefault();
      const line = text.replace(/\s*\n\s*/g, " " + LINE_END + " ");
      field.setRangeText(line, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
      run(SHOWN);
    }
  });
  panel.addEventListener("submit", (event) => {
    const link = selected();
    if (link instanceof HTMLElement) {
      event.preventDefault();
      link.click();
    }
  });
  document.addEventListener("copy", (event) => {
    const link = selected();
    const inUse = panel.contains(document.activeElement) && nothingMarked(field);
    if (inUse && link instanceof HTMLElement) {
      event.preventDefault();
      event.clipboardData?.setData("text/plain", link.dataset.review ?? "");
      said.textContent = "Copied the link to " + link.dataset.id;
    }
  });
  dialog?.addEventListener("close", () => keep(""));
  dialog?.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close(); // The backdrop belongs to the dialog.
    }
  });
  if (field.value) {
    run(SHOWN);
  }
}

/**
 * An element that the page's template has.
 * @template {Element} T
 * @param {Element} within
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
function one(within, selector, kind) {
  const element = within.querySelector(selector);
  if (!(element instanceof kind)) {
    throw new Error("no " + selector);
  }
  return element;
}

/** @param {Element | undefined} target */
function focusOn(target) {
  if (target instanceof HTMLElement) {
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }
}

/** @param {HTMLInputElement} field */
function nothingMarked(field) {
  const inField = document.activeElement === field && field.selectionStart !== field.selectionEnd;
  return !inField && String(document.getSelection()) === "";
}

/** @param {number} hits */
function counted(hits) {
  return hits === 0 ? "Nothing found" : hits === 1 ? "1 entry" : hits + " entries";
}

/**
 * Writes the query into the address of the page, so that it can be kept and sent.
 * @param {string} text
 */
function keep(text) {
  const url = new URL(location.href);
  url.searchParams.delete("q");
  if (text && text.length <= LONGEST_KEPT) {
    url.searchParams.set("q", text);
  }
  try {
    history.replaceState(history.state, "", url);
  } catch {
    // A browser that refuses still searches.
  }
}
