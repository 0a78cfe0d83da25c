// Pages that search with Pagefind and with MiniSearch, as lean as their guides allow: the library,
// its index, and a list of ten results with titles and excerpts.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installed, npm, run } from "./common.mjs";

const PAGE = (script) => `<!doctype html><meta charset="utf-8"><title>Search</title>
<input type="search"><ol></ol>
<script type="module">
const [input, list] = [document.querySelector("input"), document.querySelector("ol")];
function show(results) {
  list.replaceChildren(...results.map(({ url, title, excerpt }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
    const text = document.createElement("p");
    text.innerHTML = excerpt;
    item.append(link, text);
    return item;
  }));
}
${script}
</script>`;

/** Indexes a folder of pages with Pagefind. */
export function pagefind(folder) {
  run(join(npm, "node_modules/.bin/pagefind"), ["--site", folder, "--root-selector", "main"]);
  writeFileSync(join(folder, "index.html"), PAGE(`
let engine, latest = 0;
input.addEventListener("focus", () => { engine ??= import("/pagefind/pagefind.js"); }, { once: true });
async function answer(text) {
  const number = ++latest;
  const { results } = await (await (engine ??= import("/pagefind/pagefind.js"))).search(text);
  const data = async (result) => {
    const { url, meta, excerpt } = await result.data();
    return { url, title: meta.title, excerpt };
  };
  const first = results.length ? [await data(results[0])] : [];
  if (number === latest) show(first);
  const all = await Promise.all(results.slice(0, 10).map(data));
  if (number === latest) show(all);
}
input.addEventListener("input", () => { window.answered = input.value ? answer(input.value) : Promise.resolve(show([])); });
`));
  return folder;
}

/** Indexes a folder of pages with MiniSearch: typos and beginnings count, titles count twice. */
export async function miniSearch(folder, slugs) {
  const { default: MiniSearch } = await import(join(npm, "node_modules/minisearch/dist/es/index.js"));
  const { buildSync } = await installed("esbuild");
  const plain = (html) =>
    html.replace(/<[^>]+>/g, " ").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'").replaceAll("&#x27;", "'").replaceAll("&amp;", "&").replace(/\s+/g, " ").trim();
  const documents = slugs.map((id) => {
    const html = readFileSync(join(folder, "p", id, "index.html"), "utf8");
    const main = /<main[^]*<\/main>/.exec(html)[0];
    return { id, title: plain(/<h1[^]*?<\/h1>/.exec(main)[0]), text: plain(main) };
  });
  const options = { fields: ["title", "text"], storeFields: ["title"] };
  const index = new MiniSearch(options);
  index.addAll(documents);
  writeFileSync(join(folder, "minisearch-index.json"), JSON.stringify(index));
  writeFileSync(join(folder, "minisearch-texts.json"), JSON.stringify(Object.fromEntries(documents.map(({ id, text }) => [id, text]))));
  buildSync({
    entryPoints: [join(npm, "node_modules/minisearch/dist/es/index.js")],
    outfile: join(folder, "minisearch.js"), bundle: true, minify: true, format: "esm",
  });
  writeFileSync(join(folder, "index.html"), PAGE(`
let engine, texts;
input.addEventListener("focus", async () => {
  const [{ default: MiniSearch }, index] = await Promise.all([
    import("/minisearch.js"),
    fetch("/minisearch-index.json").then((answer) => answer.text()),
  ]);
  engine = MiniSearch.loadJSON(index, ${JSON.stringify(options)});
  answer();
  texts = await fetch("/minisearch-texts.json").then((answer) => answer.json());
  answer();
}, { once: true });
function excerpt(id, [term]) {
  const at = Math.max(texts[id].toLowerCase().indexOf(term) - 40, 0);
  return texts[id].slice(at, at + 160).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
function answer() {
  const found = engine?.search(input.value, { boost: { title: 2 }, fuzzy: 0.2, prefix: true }) ?? [];
  show(found.slice(0, 10).map(({ id, title, terms }) => ({ url: "p/" + id + "/", title, excerpt: texts ? excerpt(id, terms) : "" })));
}
input.addEventListener("input", answer);
`));
  return folder;
}
