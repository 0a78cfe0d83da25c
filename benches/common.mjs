// What the benches of built sites share: building them here and with mdBook, and serving them.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { delimiter, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export const root = join(import.meta.dirname, "..");
export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "counterpart");
export const npm = process.env.COUNTERPART_NPM ?? join(cache, "npm");
process.env.PATH += delimiter + join(cache, "tools/bin");

/** A package from npm. */
export async function installed(name) {
  const folder = join(npm, "node_modules", name);
  const { main } = JSON.parse(readFileSync(join(folder, "package.json")));
  return import(pathToFileURL(join(folder, main)));
}

/** Serves a folder, compressed, as hosts of static pages do; tells `sent` each path and its bytes. */
export async function serve(folder, sent = () => {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    let file = join(folder, decodeURIComponent(pathname));
    try {
      if (statSync(file).isDirectory()) {
        file = join(file, "index.html");
      }
      const body = gzipSync(readFileSync(file));
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      const headers = { "Content-Type": type, "Content-Encoding": "gzip" };
      sent(pathname, body.length);
      response.writeHead(200, { ...headers, "Content-Length": body.length }).end(body);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("nothing here");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

export function run(program, args, cwd = root) {
  return execFileSync(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
}

/** The program: the one that COUNTERPART names, or else built. */
export function counterpart() {
  if (process.env.COUNTERPART) {
    return process.env.COUNTERPART;
  }
  run("cargo", ["build", "--quiet"]);
  const metadata = ["metadata", "--format-version", "1", "--no-deps"];
  return join(JSON.parse(run("cargo", metadata)).target_directory, "debug/counterpart");
}

/** Builds mdBook's site of a book's chapters below a folder; gives it, or nothing without mdBook. */
export function mdbook(program, chapters, folder) {
  const book = join(folder, "book");
  mkdirSync(book);
  const text = (value) => JSON.stringify(value);
  writeFileSync(
    join(book, "book.toml"),
    `[book]
title = "Counterpart"
src = ${text(join(chapters, "patterns"))}

[preprocessor.counterpart]
command = ${text(`${program} mdbook preprocess`)}
after = ["links", "index"]

[output.html]
`,
  );
  const builder = process.env.MDBOOK ?? "mdbook";
  try {
    run(builder, ["--version"]);
  } catch {
    console.error("mdbook is not installed: its results are left out");
    return undefined;
  }
  run(builder, ["build", book]);
  return join(book, "book");
}
