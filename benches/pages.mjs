// What a reader of one page waits for: bytes, layout shift and Lighthouse's scores (mobile), for
// this site and for mdBook's default theme over the same chapters, as one table.
//
//     npm install --prefix ~/.cache/counterpart/npm lighthouse@12.8
//     node benches/pages.mjs 5    # the median of five runs; one if no number is given
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { homedir, tmpdir } from "node:os";
import { delimiter, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const PAGES = [
  ["home", "index.html"],
  ["an entry", "p/concurrent-join/index.html"],
  ["a category", "c/concurrency/index.html"],
];
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const root = join(import.meta.dirname, "..");
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "counterpart");
const npm = process.env.COUNTERPART_NPM ?? join(cache, "npm");
const runs = Number(process.argv[2] ?? 1);

async function installed(name) {
  const folder = join(npm, "node_modules", name);
  const { main } = JSON.parse(readFileSync(join(folder, "package.json")));
  return import(pathToFileURL(join(folder, main)));
}

/** Serves a folder, compressed, as hosts of static pages do. */
async function serve(folder) {
  const server = createServer((request, response) => {
    let file = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      if (statSync(file).isDirectory()) {
        file = join(file, "index.html");
      }
      const body = gzipSync(readFileSync(file));
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      const headers = { "Content-Type": type, "Content-Encoding": "gzip" };
      response.writeHead(200, { ...headers, "Content-Length": body.length }).end(body);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("nothing here");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** Builds this site below a folder, and mdBook's of the same chapters where mdBook is installed. */
function build(folder) {
  const run = (program, ...args) =>
    execFileSync(program, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  run("cargo", "build", "--quiet");
  const metadata = ["metadata", "--format-version", "1", "--no-deps"];
  const target = JSON.parse(execFileSync("cargo", metadata, { cwd: root })).target_directory;
  const counterpart = join(target, "debug/counterpart");
  run(counterpart, "build", "--out", join(folder, "site"));
  const sites = [["Counterpart", join(folder, "site")]];
  const book = join(folder, "book");
  mkdirSync(book);
  const text = (value) => JSON.stringify(value);
  writeFileSync(
    join(book, "book.toml"),
    `[book]
title = "Counterpart"
src = ${text(join(root, "patterns"))}

[preprocessor.counterpart]
command = ${text(`${counterpart} mdbook preprocess`)}
after = ["links", "index"]

[output.html]
`,
  );
  process.env.PATH += delimiter + join(cache, "tools/bin");
  try {
    run("mdbook", "--version");
  } catch {
    console.error("mdbook is not installed: its rows are left out");
    return sites;
  }
  run("mdbook", "build", book);
  return [...sites, ["mdBook", join(book, "book")]];
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
