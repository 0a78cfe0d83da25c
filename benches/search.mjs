// Search in the page beside Pagefind, mdBook's own and MiniSearch, over the same pages, in
// Chromium: bytes, time, and how many queries of the golden set find their entry. Two tables: the
// catalog, and 300 synthetic entries.
//
//     npm install --prefix ~/.cache/counterpart/npm lighthouse@12.8 pagefind@1.6 minisearch@7.2 \
//       esbuild smol-toml
//     cargo install mdbook --version 0.5.4 --locked --root FOLDER    # with its search
//     MDBOOK=FOLDER/bin/mdbook node benches/search.mjs    # or with `catalog`, or `synthetic`
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { counterpart, installed, mdbook, npm, root, run, serve } from "./common.mjs";
import { miniSearch, pagefind } from "./rivals.mjs";

/** What has at least ten results everywhere. */
const COMMON = { catalog: "await", synthetic: "timeout" };
const SYNTHETIC = 300;

/** How a page is searched: what it loads for that, its field, and its list of results. */
const ENGINES = {
  Counterpart: {
    page: "search.html", files: /\/assets\/search-/, field: "#search-field", event: "input",
    result: ".results ol li", title: ".name", excerpt: ".what",
  },
  Pagefind: {
    page: "index.html", files: /\/pagefind\//, field: "input", event: "input",
    result: "li", title: "a", excerpt: "p",
  },
  mdBook: {
    page: "index.html", files: /(elasticlunr|mark-|searcher|searchindex)/, field: "#mdbook-searchbar",
    event: "keyup", result: "#mdbook-searchresults li", title: "a", excerpt: ".teaser",
  },
  MiniSearch: {
    page: "index.html", files: /\/minisearch/, field: "input", event: "input",
    result: "li", title: "a", excerpt: "p",
  },
};

/** A name with one letter dropped, doubled, replaced, and swapped, as in tests/search/typos.rs. */
function typos(name) {
  const chars = [...name];
  const letters = [...chars.keys()].filter((at) => /\p{Alphabetic}/u.test(chars[at]));
  if (letters.length < 4) {
    return [];
  }
  const nth = (kind) => letters[Math.min(Math.floor((letters.length * (kind + 1)) / 5), letters.length - 1)];
  const edited = (at, gone, ...now) => chars.toSpliced(at, gone, ...now).join("");
  const all = [edited(nth(0), 1), edited(nth(1), 0, chars[nth(1)]), edited(nth(2), 1, chars[nth(2)] === "x" ? "y" : "x")];
  const late = letters.slice(Math.floor((letters.length * 4) / 5));
  const at = [...late, ...letters].find((at) => letters.includes(at + 1) && chars[at] !== chars[at + 1]);
  return at === undefined ? all : [...all, edited(at, 2, chars[at + 1], chars[at])];
}

/** The golden set: queries with the slug that each must find. */
async function golden() {
  const { parse } = await installed("smol-toml");
  const { pasted, ...entries } = parse(readFileSync(join(root, "tests/search/golden.toml"), "utf8"));
  const of = (queries) => Object.entries(entries).flatMap(([slug, entry]) => queries(entry).map((text) => [text, slug]));
  return {
    names: [...pasted.map(({ text, entry }) => [text, entry]), ...of(({ names }) => names)],
    questions: of(({ questions }) => questions),
    typos: of(({ names }) => names.flatMap(typos)),
  };
}

/** The sites to compare, over the pages of one book. */
async function sites(program, book, folder) {
  mkdirSync(folder);
  const site = join(folder, "site");
  run(program, ["build", "--out", site], book);
  const slugs = readdirSync(join(book, "patterns"), { withFileTypes: true })
    .filter((category) => category.isDirectory())
    .flatMap(({ name }) => readdirSync(join(book, "patterns", name), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const pages = join(folder, "pages");
  for (const slug of slugs) {
    mkdirSync(join(pages, "p", slug), { recursive: true });
    copyFileSync(join(site, "p", slug, "index.html"), join(pages, "p", slug, "index.html"));
  }
  const copy = (name) => {
    cpSync(pages, join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const all = { Counterpart: site, Pagefind: pagefind(copy("pagefind")) };
  const other = mdbook(program, book, folder);
  if (other && readdirSync(other).some((name) => name.startsWith("searchindex"))) {
    all.mdBook = other;
  } else {
    console.error("this mdbook has no search: its column is left out");
  }
  return { ...all, MiniSearch: await miniSearch(copy("minisearch"), slugs) };
}

/** Runs in the page: ways to ask, and what is shown. */
function instrument({ field, event, result, title, excerpt }) {
  const shown = () => [...document.querySelectorAll(result)];
  const ask = (text) => {
    const input = document.querySelector(field);
    input.value = text;
    input.dispatchEvent(new Event(event, { bubbles: true }));
  };
  const times = { first: 0, ten: 0 };
  function look() {
    const all = shown();
    times.first ||= all[0]?.querySelector(title)?.textContent ? Date.now() : 0;
    const explained = all.slice(0, 10).filter((one) => one.querySelector(excerpt)?.textContent).length;
    times.ten ||= explained === 10 ? Date.now() : 0;
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  const slug = (one) => /p\/([^/]+)/.exec(one.querySelector("a").getAttribute("href"))?.[1];
  /** One that has not answered yet has a promise that says when it has. */
  const answered = () => window.answered ?? Promise.resolve();
  window.bench = {
    times,
    ask,
    /** Asks until there are results. */
    async ready(text) {
      for (let tries = 0; tries < 100 && !shown().length; tries++) {
        ask("");
        ask(text);
        await answered();
        await new Promise((done) => setTimeout(done, 100));
      }
    },
    async find(text) {
      ask("");
      await answered();
      ask(text);
      await answered();
      return shown().slice(0, 3).map(slug);
    },
    /** Milliseconds until the results stand in the layout, and whether the next frame has them. */
    async time(text) {
      ask("");
      await answered();
      await new Promise((done) => setTimeout(done, 30));
      const start = performance.now();
      const framed = new Promise((done) => {
        requestAnimationFrame(() => done(shown().length > 0));
        setTimeout(done, 1000, false);
      });
      ask(text);
      await (window.answered ?? { then: (done) => done() });
      document.body.getBoundingClientRect();
      return [performance.now() - start, await framed];
    },
  };
}

function log(text) {
  if (process.env.VERBOSE) {
    console.error(`${(performance.now() / 1000).toFixed(1)} s: ${text}`);
  }
}

/** What one engine costs and finds. */
async function measure(browser, engine, folder, common, queries) {
  /** Each file that was sent, with its bytes and when; the page knows nothing of its workers. */
  const sent = new Map();
  const server = await serve(folder, (path, bytes) => sent.set(path, [bytes, Date.now()]));
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.bringToFront();
  await page.goto(`http://127.0.0.1:${server.address().port}/${engine.page}`, { waitUntil: "networkidle0" });
  await page.evaluate(instrument, { ...engine, files: undefined });
  await page.keyboard.press("/");
  await page.focus(engine.field);
  await page.evaluate((text) => window.bench.ready(text), common);
  log("first answer");
  await page.waitForFunction(() => window.bench.times.ten, { timeout: 20_000 });
  const times = await page.evaluate(() => window.bench.times);
  const until = (time) =>
    [...sent]
      .filter(([path, [, at]]) => engine.files.test(path) && at <= time)
      .reduce((sum, [, [bytes]]) => sum + bytes, 0) / 1000;
  const row = { first: until(times.first), ten: until(times.ten) };
  const timed = [];
  for (const [text] of queries.questions.slice(0, 100)) {
    timed.push(await page.evaluate((text) => window.bench.time(text), text));
  }
  const sorted = timed.map(([time]) => time).sort((a, b) => a - b);
  row.median = sorted[Math.floor(sorted.length / 2)];
  row.slow = sorted[Math.floor(sorted.length * 0.95)];
  row.frame = (100 * timed.filter(([, painted]) => painted).length) / timed.length;
  log("timed");
  for (const [kind, all] of Object.entries(queries.scored ?? {})) {
    const lines = engine === ENGINES.Counterpart ? " ↵ " : " ";
    let found = 0;
    for (const [text, slug] of all) {
      const query = text.trim().replaceAll("\n", lines);
      found += (await page.evaluate((text) => window.bench.find(text), query)).includes(slug) ? 1 : 0;
    }
    row[kind] = (100 * found) / all.length;
  }
  await context.close();
  server.closeAllConnections();
  server.close();
  return row;
}

const ROWS = [
  ["kB until the first result", "first", 1],
  ["kB until ten results with excerpts", "ten", 1],
  ["handler and layout: median, ms", "median", 1],
  ["handler and layout: 95 %, ms", "slow", 1],
  ["the next frame has the results, %", "frame", 0],
  ["names, codes, messages: in the first three, %", "names", 1],
  ["questions: in the first three, %", "questions", 1],
  ["typos: in the first three, %", "typos", 1],
];

const { launch } = await installed("chrome-launcher");
const puppeteer = await import(join(npm, "node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js"));
const folder = mkdtempSync(join(tmpdir(), "counterpart-search-"));
const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
});
try {
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}`, protocolTimeout: 60_000, defaultViewport: { width: 1440, height: 900 } });
  const program = counterpart();
  const scored = await golden();
  const synthetic = join(folder, "synthetic-book");
  const wanted = process.argv.slice(2);
  if (!wanted.length || wanted.includes("synthetic")) {
    run("cargo", ["test", "--quiet", "--workspace", "--bench", "build", "--", "write", String(SYNTHETIC), synthetic]);
  }
  // What every synthetic entry may have.
  const words = "await task loop future request response connection session commit timeout cancel".split(" ");
  const asked = words.flatMap((one) => words.map((other) => [`${one} ${other}`]));
  for (const [name, book, queries] of [
    ["catalog", root, { questions: scored.questions, scored }],
    ["synthetic", synthetic, { questions: asked }],
  ].filter(([name]) => !wanted.length || wanted.includes(name))) {
    const results = {};
    for (const [engine, files] of Object.entries(await sites(program, book, join(folder, name)))) {
      log(`${name}: ${engine}`);
      results[engine] = await measure(browser, ENGINES[engine], files, COMMON[name], queries);
    }
    console.log(`\n| ${name} | ${Object.keys(results).join(" | ")} |`);
    console.log(`| --- |${" --: |".repeat(Object.keys(results).length)}`);
    for (const [label, key, digits] of ROWS.filter(([, key]) => key in results.Counterpart)) {
      const cells = Object.values(results).map((row) => row[key].toFixed(digits));
      console.log(`| ${label} | ${cells.join(" | ")} |`);
    }
  }
  await browser.disconnect();
} finally {
  await chrome.kill();
  rmSync(folder, { recursive: true });
}
