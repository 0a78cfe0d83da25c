// What a reader of one page waits for: bytes, layout shift and Lighthouse's scores (mobile), for
// this site and for mdBook's default theme over the same chapters, as one table.
//
//     npm install --prefix ~/.cache/counterpart/npm lighthouse@12.8
//     node benches/pages.mjs 5    # the median of five runs; one if no number is given
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { counterpart, installed, mdbook, root, run, serve } from "./common.mjs";

const PAGES = [
  ["home", "index.html"],
  ["an entry", "p/concurrent-join/index.html"],
  ["a category", "c/concurrency/index.html"],
];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const runs = Number(process.argv[2] ?? 1);

/** Builds this site below a folder, and mdBook's of the same chapters where mdBook is installed. */
function build(folder) {
  const program = counterpart();
  run(program, ["build", "--out", join(folder, "site")]);
  const other = mdbook(program, root, folder);
  return [["Counterpart", join(folder, "site")], ...(other ? [["mdBook", other]] : [])];
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** One run of Lighthouse: scores from 0 to 100, layout shift, and kilobytes. */
async function measure(lighthouse, port, url) {
  const options = { port, onlyCategories: CATEGORIES, logLevel: "error" };
  const { lhr } = await lighthouse(url, options);
  const sum = (requests) => requests.reduce((all, one) => all + one.transferSize, 0) / 1000;
  const requests = lhr.audits["network-requests"].details.items;
  for (const audit of Object.values(lhr.audits)) {
    if (process.env.VERBOSE && audit.score !== null && audit.score < 1) {
      console.error(url, audit.id, audit.score, audit.displayValue ?? "");
    }
  }
  return [
    sum(requests),
    sum(requests.filter((request) => request.resourceType === "Script")),
    lhr.audits["cumulative-layout-shift"].numericValue,
    ...CATEGORIES.map((category) => lhr.categories[category].score * 100),
  ];
}

const { default: lighthouse } = await installed("lighthouse");
const { launch } = await installed("chrome-launcher");
const folder = mkdtempSync(join(tmpdir(), "counterpart-pages-"));
const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox"],
});
try {
  console.log("| page | | kB | of it JS | layout shift | performance | accessibility | best practices | SEO |");
  console.log("| --- | --- | --: | --: | --: | --: | --: | --: | --: |");
  for (const [site, files] of build(folder)) {
    const server = await serve(files);
    for (const [name, path] of PAGES) {
      const url = `http://127.0.0.1:${server.address().port}/${path}`;
      const results = [];
      for (let run = 0; run < runs; run += 1) {
        results.push(await measure(lighthouse, chrome.port, url));
      }
      const [all, scripts, shift, ...scores] = results[0].map((_, i) => median(results.map((r) => r[i])));
      const cells = [all.toFixed(1), scripts.toFixed(1), shift.toFixed(3), ...scores.map(Math.round)];
      console.log(`| ${name} | ${site} | ${cells.join(" | ")} |`);
    }
    server.closeAllConnections();
    server.close();
  }
} finally {
  await chrome.kill();
  rmSync(folder, { recursive: true });
}
