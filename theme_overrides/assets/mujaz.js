// The reader's own layer: scheme, size of text, contrast, what was read, what is new since the last
// visit, saved articles, what is followed. All of it stays on the device, in one entry of its
// storage; one switch ends it and removes that. Without this file pages follow the system, by CSS
// alone, and hide what needs it. It runs before the first paint, so that no choice flashes in late.
(() => {
  const root = document.documentElement,
    one = what => document.querySelector(what),
    all = what => [...document.querySelectorAll(what)],
    site = new URL("..", document.currentScript.src).pathname,
    key = "mujaz" + site, // other sites of ours may be of the same origin
    here = location.pathname.slice(site.length),
    idOf = path => /(articles|stories)\/.*?([^/-]+)\/$/.exec(path)?.[2],
    // By what they are called in `data-` attributes; what the configuration fixed is no choice.
    choices = ["mdColorScheme", "size", "contrast", "off"].filter(name => !root.dataset[name]);
  let mine;

  function load() {
    try {
      mine = Object(JSON.parse(localStorage[key]));
    } catch {
      mine ??= {}; // nothing yet, or storage is forbidden: choices then last for one page
    }
    for (const name of choices) mine[name] ? (root.dataset[name] = mine[name]) : delete root.dataset[name];
  }

  function save() {
    if (mine.off) mine = { off: mine.off };
    try {
      localStorage[key] = JSON.stringify(mine);
    } catch {
      // see load()
    }
    load();
    show();
  }

  const list = name => mine[name] || [],
    has = (name, path) => list(name).some(each => each[0] === path),
    add = (name, ids) => (mine[name] = [...new Set([...list(name), ...ids])].filter(id => id).slice(-500));

  /** Put a page into a list, or take it out if it is there. */
  function keep(name, path, title) {
    mine[name] = has(name, path) ? list(name).filter(each => each[0] !== path) : [[path, title], ...list(name)];
    save();
  }

  /** Remember this visit, and the page that is open. */
  function record() {
    const now = Date.now(); // half an hour later, a reader who returns is on another visit
    if (!(now - mine.at < 18e5)) mine.old = mine.seen;
    mine.at = now;
    add("read", [idOf(here)]);
    add("seen", all(".home :is(h2, h3) a").map(idOf));
    save();
  }

  function show() {
    const legend = one(".legend");
    for (const link of all("main a")) {
      const id = idOf(link);
      const isNew = legend && id && mine.old && !mine.old.includes(id) && link.matches("h2 a, h3 a");
      link.classList.toggle("read", list("read").includes(id));
      link.classList.toggle("fresh", !!isNew);
    }
    legend?.classList.toggle("fresh", !!one("a.fresh"));
    for (const box of all("#reader input")) box.checked = box.value === (mine[box.name] || "");
    for (const button of all(".keep")) button.ariaPressed = has(button.name, here);
    for (const shown of all("#reader ul"))
      shown.replaceChildren(
        ...list(shown.id).map(([path, title]) => {
          const item = shown.previousElementSibling.content.cloneNode(true);
          const [link, button] = item.querySelectorAll("a, button");
          link.href = site + path;
          link.textContent = title;
          button.onclick = () => keep(shown.id, path);
          return item;
        })
      );
  }

  /** Let blocks of followed sections, and those that name what is followed, stand first, apart. */
  function order() {
    const issue = one(".home .issue"),
      wanted = all(".home article").filter(block =>
        list("followed").some(([path, title]) =>
          RegExp(`(?<!\\p{L})\\p{L}?${title.replace(/\P{L}+/gu, "\\P{L}+")}(?!\\p{L})`, "u").test(
            ((path.startsWith("sec") && block.querySelector(".kicker")) || block).textContent
          )
        )
      );
    if (wanted[0]) {
      issue.before(issue.cloneNode());
      issue.previousSibling.append(...wanted);
    }
    root.className = "js";
  }

  load();
  // Until what is followed stands first, nothing is shown, so that nothing moves before readers.
  root.className = !here && list("followed")[0] ? "js ordering" : "js";

  addEventListener("DOMContentLoaded", () => {
    order();
    // A page that is made ready ahead is not yet open.
    document.prerendering ? (document.onprerenderingchange = record) : record();
    one("#reader form").onchange = ({ target }) => {
      mine[target.name] = target.checked && target.value;
      save();
    };
    const title = one("h1").textContent;
    for (const button of all(".keep")) button.onclick = () => keep(button.name, here, title);
    // An article's address goes to the system's own share menu, or where there is none, is copied.
    for (const button of all(".share"))
      button.onclick = async () => {
        if (navigator.share) return navigator.share({ title, url: location });
        await navigator.clipboard.writeText(location);
        one(".shared").textContent = button.dataset.done;
      };
  });
  // Also when the page was left and is here again, and when another tab chose.
  onpageshow = onstorage = () => (load(), show());
})();
