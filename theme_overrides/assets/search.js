// The search page. Nothing of this, nor of the index, is loaded before a reader searches. Pagefind
// (see generator/mujaz/publish/search/index.py) says which articles hold a stem, and where; what is found is put
// in order here: articles with all words first, then by headline, closeness and day.

import { stemmer, wordKey, words } from "./stems.js";

const MARK = "\u0681"; // ends a stem in the index, so that it is the beginning of no other
const FILTER_MARK = "\u0685"; // ends a word by which results are narrowed
const TITLE_PLACES = 32; // of a text, the headline's
const SHOWN = 10; // results at a time
const WEIGHED = SHOWN; // results whose day and spelling are looked at
const ANY = 200; // articles with only some of the words that are kept at the most
const TITLE_WEIGHT = 2; // how much more a word counts in the headline, in units of its rarity
const CLOSE_WEIGHT = 1.5; // how much two words count that stand side by side
const SPELT_WEIGHT = 0.5; // how much a word of the headline counts that is spelt as it was asked for
const FRESH_WEIGHT = 0.1; // how much more today's article counts than an old one
const FRESH_DAYS = 180;
const PASSAGE = 32; // words of a passage
const FILTERS = ["source", "category", "month", "person", "place"];
const CHOICES = 300; // values of a filter to choose from, the most frequent
// Words that are in nearly every article: beside others they are passed over.
const STOP = new Set(
  "في من علي عن الي ان ما مع او ثم حتي لم لا قد كان كانت هذا هذه ذلك التي الذي الذين بين كل منذ و".split(" "),
);

const page = document.querySelector(".search-page");
const form = page.querySelector("form");
const box = form.elements.namedItem("q");
const told = page.querySelector(".search-told");
const list = page.querySelector(".search-results");
const more = page.querySelector(".search-more");
const details = page.querySelector(".search-filters");
const suggestions = page.querySelector(".search-suggestions");
const root = new URL("../", location.href); // the site's own

// ---- Numbers and words of the page itself ----

const said = JSON.parse(page.dataset.words); // see generator/mujaz/data/interface.yml

function digits(text) {
  const zero = page.dataset.digits.charCodeAt(0);
  return String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

/** The twin of generator/mujaz/arabic/numerals.py. */
function counted(number) {
  const [zero, one, two, few, many, other] = said.forms;
  if (number <= 2) return [zero, one, two][number];
  const rest = number % 100;
  return digits(`${number} ${rest >= 3 && rest <= 10 ? few : rest >= 11 ? many : other}`);
}

/** Return a day, or a month, as generator/mujaz/arabic/wording.py writes it. */
function dayName(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return digits([day, said.months[month - 1], year].filter(Boolean).join("\u00a0"));
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// ---- The index ----

let loading;

/** Load the list of shards, the table of stems, and Pagefind with all shards; once. */
function engine() {
  loading ??= (async () => {
    const coming = fetchTable();
    const shards = await fetchShards();
    const [first, ...others] = shards.shards.map(({ name }) => new URL(`search/index/${name}/`, root).href);
    if (first) fetchEarly(`${first}pagefind-entry.json?ts=-`, `${first}wasm.unknown.pagefind`);
    const options = {
      noWorker: true, // one file less to fetch; a query takes a few milliseconds
      metaCacheTag: "-", // a shard never changes under its name
      ranking: { pageLength: 0.75, termSaturation: 1.2, termFrequency: 1 },
    };
    let pagefind = null;
    if (first) {
      const { createInstance } = await import(`${first}pagefind.js`);
      pagefind = createInstance({ ...options, basePath: first });
      await Promise.all(others.map((path) => pagefind.mergeIndex(path, options)));
    }
    const table = await coming;
    const dead = new Set(shards.shards.flatMap(({ dead }) => dead));
    return { pagefind, dead, shards, total: shards.articles, ...stemmer(table), found: new Map() };
  })();
  loading.catch(() => (loading = undefined)); // the line may be back at the next try
  return loading;
}

/** Fetch the list of shards, unless searching.js has it under way. */
async function fetchShards() {
  const early = await globalThis.mujazShards;
  globalThis.mujazShards = undefined;
  return early?.ok ? early.json() : fetchJson("search/shards.json", { cache: "no-cache" });
}

/** Fetch what Pagefind will ask for, before it has found out that it needs it. */
function fetchEarly(...addresses) {
  for (const href of addresses) {
    document.head.append(element("link", { rel: "preload", as: "fetch", crossorigin: "", href }));
  }
}

/** Fetch the table of stems, a third as large where the browser can inflate it by itself. */
async function fetchTable() {
  if (!globalThis.DecompressionStream) return fetchJson("search/stems.json");
  const answer = await fetch(new URL("search/stems.json.gz", root));
  if (!answer.ok) return fetchJson("search/stems.json");
  const packed = new Uint8Array(await answer.arrayBuffer());
  // Some servers say of such a file that it is encoded, and then the browser has inflated it.
  if (packed[0] !== 0x1f) return JSON.parse(new TextDecoder().decode(packed));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

async function fetchJson(path, options) {
  const answer = await fetch(new URL(path, root), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Return the articles with a stem under a mark, by id, living ones only. */
async function pagesOf(index, term) {
  if (!index.found.has(term)) {
    const answer = index.pagefind ? await index.pagefind.search(term) : { results: [] };
    index.found.set(term, new Map(answer.results.filter(({ id }) => !index.dead.has(id)).map((each) => [each.id, each])));
  }
  return index.found.get(term);
}

/** Return the articles that all filters let through, by id; null without filters. */
async function allowed(index, filters) {
  const wanted = Object.entries(filters).map(
    ([name, value]) => name + [...words(value)].map(([word]) => wordKey(word)).join("") + FILTER_MARK,
  );
  if (!wanted.length) return null;
  const [first, ...others] = await Promise.all(wanted.map((word) => pagesOf(index, word)));
  return new Map([...first].filter(([id]) => others.every((pages) => pages.has(id))));
}

/** Return what is known of one word of the query: where it stands, and how rare it is. */
async function look(index, word, within) {
  for (const stem of index.readings(wordKey(word))) {
    const every = await pagesOf(index, stem + MARK);
    if (every.size) {
      const pages = within ? new Map([...every].filter(([id]) => within.has(id))) : every;
      const rarity = Math.log(1 + (index.total - every.size + 0.5) / (every.size + 0.5));
      return { word, stem, pages, rarity, known: true };
    }
  }
  return { word, stem: index.stem(wordKey(word)), pages: new Map(), rarity: 0, known: false };
}

// ---- What is found, in order ----

/** Return the articles for a query: those with all its words, then those with some. */
async function search(index, query, filters) {
  const given = [...new Set([...words(query)].map(([word]) => word))];
  const telling = given.filter((word) => !STOP.has(wordKey(word)));
  const asked = telling.length ? telling : given;
  const within = await allowed(index, filters);
  // In a shard the oldest is first: without words, the newest are shown first, as far as that goes.
  if (!asked.length) return { terms: [], all: within ? [...within.values()].reverse() : [], some: [] };
  const terms = await Promise.all(asked.map((word) => look(index, word, within)));
  const phrases = [...query.matchAll(/["“«]([^"”»]+)["”»]/g)].map((match) =>
    [...words(match[1])].map(([word]) => word),
  );
  const scores = new Map();
  for (const term of terms) {
    for (const [id, { score, data, words: places }] of term.pages) {
      const entry = scores.get(id) ?? { id, data, words: 0, score: 0 };
      entry.words += 1;
      entry.score += score + (places[0] < TITLE_PLACES ? TITLE_WEIGHT * term.rarity : 0);
      scores.set(id, entry);
    }
  }
  for (const entry of scores.values()) entry.score += CLOSE_WEIGHT * closeness(terms, entry.id);
  const inOrder = [...scores.values()].sort((a, b) => b.words - a.words || b.score - a.score || (a.id < b.id ? -1 : 1));
  const isWhole = (entry) => entry.words === terms.length && phrases.every((phrase) => holds(terms, phrase, entry.id));
  const all = inOrder.filter(isWhole);
  const some = inOrder.filter((entry) => !isWhole(entry)).slice(0, ANY);
  await weigh(index, terms, all.length ? all : some);
  return { terms, all, some };
}

/** Return how near the words stand to those before them: 1 for each pair side by side. */
function closeness(terms, id) {
  let sum = 0;
  for (let i = 1; i < terms.length; i++) {
    const [before, after] = [terms[i - 1].pages.get(id)?.words, terms[i].pages.get(id)?.words];
    if (before && after) sum += 1 / distance(before, after);
  }
  return sum;
}

/** Return the smallest distance between two ascending lists of places. */
function distance(before, after) {
  let smallest = Infinity;
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    smallest = Math.min(smallest, Math.abs(before[i] - after[j]) || Infinity);
    if (before[i] < after[j]) i++;
    else j++;
  }
  return smallest;
}

/** Return whether an article has the words of a phrase in a row. */
function holds(terms, phrase, id) {
  const rows = phrase.map((word) => terms.find((term) => term.word === word)?.pages.get(id)?.words);
  const first = rows.findIndex(Boolean);
  return rows[first]?.some((place) => rows.every((places, i) => !places || places.includes(place - first + i)));
}

/** Put the first of `entries` in order by what only their own data tells: spelling and day. */
async function weigh(index, terms, entries) {
  const top = entries.slice(0, WEIGHED);
  const facts = await Promise.all(top.map((entry) => entry.data()));
  const days = facts.map(({ meta }) => (meta.date ? Date.parse(meta.date) / 864e5 : NaN));
  const newest = Math.max(...days.filter((day) => day === day));
  top.forEach((entry, i) => {
    const spelt = new Set([...words(facts[i].meta.title)].map(([word]) => wordKey(word)));
    for (const { word, rarity } of terms) if (spelt.has(wordKey(word))) entry.score += SPELT_WEIGHT * rarity;
    const age = days[i] === days[i] ? newest - days[i] : Infinity;
    entry.score *= 1 + FRESH_WEIGHT * Math.exp(-age / FRESH_DAYS);
  });
  top.sort((a, b) => b.words - a.words || b.score - a.score);
  entries.splice(0, top.length, ...top);
}

// ---- What is shown ----

/** Return a text with the words marked that have one of the stems. */
function marked(index, text, stems) {
  const made = document.createDocumentFragment();
  let end = 0;
  for (const [word, from, to] of words(text)) {
    if (!stems.has(index.stem(wordKey(word)))) continue;
    made.append(text.slice(end, from), element("mark", {}, text.slice(from, to)));
    end = to;
  }
  made.append(text.slice(end));
  return made;
}

/** Return the stretch of an article's own text that has the most of the stems, if it has any. */
async function passage(index, address, stems) {
  const answer = await fetch(new URL(address, root));
  if (!answer.ok) return "";
  const article = new DOMParser().parseFromString(await answer.text(), "text/html");
  let best = { hits: 0, text: "" };
  for (const paragraph of article.querySelectorAll(".story-body > p")) {
    const text = paragraph.textContent.replace(/\s+/g, " ").trim();
    const found = [...words(text)];
    const hit = found.map(([word]) => stems.has(index.stem(wordKey(word))));
    const kinds = new Set(found.filter((_, i) => hit[i]).map(([word]) => index.stem(wordKey(word))));
    if (kinds.size <= best.hits) continue;
    const start = Math.max(0, hit.indexOf(true) - PASSAGE / 4);
    const last = Math.min(found.length, start + PASSAGE) - 1;
    const cut = text.slice(start ? found[start][1] : 0, last === found.length - 1 ? undefined : found[last][2]);
    best = { hits: kinds.size, text: (start ? "… " : "") + cut + (last === found.length - 1 ? "" : " …") };
  }
  return best.text;
}

/** Return one result. */
async function result(index, entry, stems) {
  const { meta } = await entry.data();
  const excerpt = meta.excerpt ?? "";
  const shown = element("p", {}, marked(index, excerpt, stems));
  const link = element("a", { class: "search-result", href: new URL(meta.address, root).href });
  link.append(marked(index, meta.title, stems));
  const credit = [meta.source, meta.date && dayName(meta.date)].filter(Boolean).join(said.between);
  const made = element("li");
  if (meta.category) made.append(element("p", { class: "kicker" }, meta.category));
  made.append(element("h3", {}, link));
  if (excerpt || stems.size) made.append(shown);
  if (credit) made.append(element("p", {}, element("em", {}, credit)));
  if (stems.size && ![link, shown].some((part) => part.querySelector("mark"))) {
    passage(index, meta.address, stems).then((text) => text && shown.replaceChildren(marked(index, text, stems)), () => {});
  }
  return made;
}

let run = 0;

/** Show what the address asks for. */
async function show() {
  const mine = ++run;
  const parameters = new URLSearchParams(location.search);
  const query = (parameters.get("q") ?? "").normalize("NFC").trim();
  const filters = Object.fromEntries(FILTERS.filter((name) => parameters.get(name)).map((name) => [name, parameters.get(name)]));
  box.value = query;
  document.title = query ? `\u2067${query} · ${page.dataset.title}\u2069` : `\u2067${page.dataset.title}\u2069`;
  list.replaceChildren();
  more.hidden = true;
  if (!query && !Object.keys(filters).length) return told.replaceChildren();
  const wait = setTimeout(() => mine === run && told.replaceChildren(said.searching), 300);
  try {
    const index = await engine();
    const found = await search(index, query, filters);
    clearTimeout(wait);
    if (mine !== run) return;
    await tell(index, query, filters, found, mine);
    page.dataset.done = query;
  } catch (error) {
    console.error(error);
    if (mine === run) told.replaceChildren(said.failed);
  } finally {
    clearTimeout(wait);
  }
}

async function tell(index, query, filters, { terms, all, some }, mine) {
  const stems = new Set(terms.filter((term) => term.known).map((term) => term.stem));
  const entries = [...all, ...some];
  const missing = terms.filter((term) => !term.known);
  const lines = [];
  if (all.length) lines.push(counted(all.length));
  else if (some.length) lines.push(said.some);
  else lines.push(Object.keys(filters).length ? said.none_of_choice : said.none);
  told.replaceChildren(...lines.map((line) => element("p", {}, line)));
  let shown = 0;

  async function next() {
    const upTo = Math.min(entries.length, shown + SHOWN);
    const items = await Promise.all(entries.slice(shown, upTo).map((entry) => result(index, entry, stems)));
    if (mine !== run) return;
    items.forEach((item, i) => {
      if (all.length && some.length && shown + i === all.length) {
        list.append(element("li", { class: "search-some" }, said.begin_some));
      }
      list.append(item);
    });
    shown = upTo;
    more.hidden = shown >= entries.length;
  }

  more.onclick = async () => {
    const place = list.children.length;
    await next();
    list.children[place]?.querySelector("a")?.focus();
  };
  await next();
  if (missing.length) await suggestSpelling(index, query, missing, mine);
}

// ---- Near misses ----

/** Offer the query with words that are in the news in place of those that are not. */
async function suggestSpelling(index, query, missing, mine) {
  const vocabulary = await known(index);
  let better = query;
  const near = [];
  for (const { word } of missing) {
    const found = nearest(wordKey(word), vocabulary);
    near.push(...found);
    if (found.length) better = better.replace(word, found[0]);
  }
  if (mine !== run) return;
  const ask = (text) => element("a", { href: `?${new URLSearchParams({ q: text })}` }, text);
  const [before, after] = said.meant.split("{words}");
  if (better !== query) told.append(element("p", { class: "did-you-mean" }, before, ask(better), after));
  const others = [...new Set(near.slice(1))].filter((text) => text !== better);
  if (others.length && !list.children.length) {
    const items = others.map((text) => element("li", {}, ask(text)));
    told.append(element("p", {}, said.near), element("ul", { class: "near" }, ...items));
  }
}

/** Return the words of headlines and names, with their comparison keys; loaded once. */
async function known(index) {
  index.known ??= Promise.all([
    ...index.shards.shards.map(({ name }) => fetchJson(`search/index/${name}/words.json`).catch(() => [])),
    names().then((all) => all.flatMap(([name, , number]) => [...words(name)].map(([word]) => [word, number]))),
  ]).then((lists) => {
    const counts = new Map();
    for (const [word, number] of lists.flat()) {
      const key = wordKey(word);
      const entry = counts.get(key) ?? { word, number: 0 };
      entry.number += number;
      counts.set(key, entry);
    }
    return counts;
  });
  return index.known;
}

/** Return the known words nearest to a key, the nearest and most frequent first. */
function nearest(key, vocabulary) {
  const most = key.length <= 4 ? 1 : 2;
  const found = [];
  for (const [other, { word, number }] of vocabulary) {
    if (Math.abs(other.length - key.length) > most || other === key) continue;
    const far = edits(key, other, most);
    if (far <= most) found.push({ word, far, number });
  }
  found.sort((a, b) => a.far - b.far || b.number - a.number || (a.word < b.word ? -1 : 1));
  return found.slice(0, 5).map(({ word }) => word);
}

/** Return how many letters are added, dropped, changed or swapped (Damerau), up to `most`. */
function edits(a, b, most) {
  let [older, old] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, old] = [old, row];
  }
  return old[b.length];
}

// ---- Names while typing ----

let allNames;

function names() {
  allNames ??= fetchJson("search/names.json").catch(() => []);
  return allNames;
}

async function suggestNames() {
  const key = [...words(box.value)].map(([word]) => wordKey(word)).join(" ");
  if (key.length < 2) return hideNames();
  const plain = (text) => ` ${[...words(text)].map(([word]) => wordKey(word)).join(" ")}`;
  const fit = (await names()).filter(([name]) => plain(name).replaceAll(" ال", " ").includes(` ${key.replace(/^ال/, "")}`));
  const items = fit.slice(0, 6).map(([name, kind, , address]) =>
    element("li", {}, element("a", { href: new URL(address, root).href }, name, " ", element("small", {}, said[kind]))),
  );
  suggestions.replaceChildren(...items);
  suggestions.hidden = !items.length;
}

function hideNames() {
  suggestions.hidden = true;
  suggestions.replaceChildren();
}

box.addEventListener("input", suggestNames);
form.addEventListener("keydown", (event) => {
  const links = [...suggestions.querySelectorAll("a")];
  if (event.key === "Escape" && !suggestions.hidden) {
    event.preventDefault();
    hideNames();
    box.focus();
  } else if (links.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const stops = [box, ...links];
    const step = event.key === "ArrowDown" ? 1 : stops.length - 1;
    stops[(stops.indexOf(document.activeElement) + step) % stops.length].focus();
  }
});
form.addEventListener("focusout", (event) => {
  if (!form.contains(event.relatedTarget)) hideNames();
});

// ---- Filters ----

async function offerFilters() {
  const { shards } = await engine();
  const offered = await Promise.all(shards.shards.map(({ name }) => fetchJson(`search/index/${name}/filters.json`)));
  const parameters = new URLSearchParams(location.search);
  for (const select of details.querySelectorAll("select")) {
    const counts = new Map();
    for (const each of offered) {
      for (const [value, number] of each[select.name]) counts.set(value, (counts.get(value) ?? 0) + number);
    }
    const byNumber = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const values = select.name === "month" ? byNumber.sort((a, b) => (a[0] < b[0] ? 1 : -1)) : byNumber;
    const chosen = parameters.get(select.name) ?? "";
    const options = values.slice(0, CHOICES).map(([value, number]) => {
      const label = select.name === "month" ? dayName(value) : value;
      const option = element("option", { value }, digits(`${label} (${number})`));
      option.selected = value === chosen;
      return option;
    });
    select.replaceChildren(select.options[0], ...options);
    select.closest("label").hidden = !values.length;
  }
}

details.addEventListener("toggle", () => details.open && offerFilters().catch(() => {}));
details.addEventListener("change", () => go());

// ---- Addresses ----

function go() {
  const parameters = new URLSearchParams();
  if (box.value.trim()) parameters.set("q", box.value.trim());
  for (const select of details.querySelectorAll("select")) if (select.value) parameters.set(select.name, select.value);
  history.pushState(null, "", `?${parameters}`);
  hideNames();
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go();
});
addEventListener("popstate", show);

const asked = new URLSearchParams(location.search);
if (FILTERS.some((name) => asked.get(name))) details.open = true;
if (!asked.get("q")) box.focus({ preventScroll: true });
show();
