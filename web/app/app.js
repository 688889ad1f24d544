// The frame of the pages: what stands above each, which page an address shows, and
// what the keys do everywhere.

import { h, button, typing } from "./dom.js";
import { jobsPage } from "./jobs.js";
import { editPage } from "./edit.js";
import { jobPage } from "./job.js";
import { handPage } from "./hand.js";
import { graphPage } from "./graph.js";
import { comparePage } from "./compare.js";
import { localPage } from "./local.js";

// A page is a function of the rest of the address and its parameters, which fills
// the element and may return what is to be done when it is left.
const pages = [
  [/^\/?$/, jobsPage],
  [/^\/edit$/, editPage],
  [/^\/job\/([\w-]+)$/, jobPage],
  [/^\/hand$/, handPage],
  [/^\/graph$/, graphPage],
  [/^\/compare$/, comparePage],
  [/^\/local$/, localPage],
];

const main = h("main", { id: "main", tabindex: -1 });

// Without a service (lemma explore --web) there are no runs: the pages begin with one
// behaviour. A tab stays with what it began with.
if (location.hash.startsWith("#/local")) sessionStorage.setItem("lemma-local", "yes");
const alone = sessionStorage.getItem("lemma-local") === "yes";
const links = alone ? [["#/local", "Behaviour"], ["#/hand", "By hand"], ["#/graph", "State graph"]] : [["#/", "Runs"], ["#/edit", "New run"], ["#/compare", "Compare"]];
const nav = links.map(([href, text]) => h("a", { href }, text));

document.body.append(
  h("a.skip", { href: "#main", onclick: e => { e.preventDefault(); main.focus(); } }, "To the content"),
  h("header.top",
    h("a.name", { href: alone ? "#/local" : "#/" }, "lemma"),
    h("nav", { "aria-label": "Pages" }, nav),
    h("span.space"),
    button("Keys", showKeys, { class: "quiet", title: "Keys (?)" }),
    themeButton()),
  main);

let leave = null, first = true;

// show shows the page of the address. The focus goes to what has changed, but where a
// page puts it itself.
function show() {
  leave?.();
  if (!first) main.focus({ preventScroll: true });
  first = false;
  const [path, query] = location.hash.slice(1).split("?");
  const params = new URLSearchParams(query);
  for (const [pattern, page] of pages) {
    const match = pattern.exec(path);
    if (!match) continue;
    for (const a of nav) a.getAttribute("href") === `#${path || "/"}` ? a.setAttribute("aria-current", "page") : a.removeAttribute("aria-current");
    main.replaceChildren();
    main.className = page.name;
    leave = page(main, { match, params }) ?? null;
    const title = main.querySelector("h1")?.textContent;
    document.title = title ? `${title} – lemma` : "lemma";
    return;
  }
  main.replaceChildren(h("h1", "There is no such page"), h("p", h("a", { href: "#/" }, "To the runs")));
}

addEventListener("hashchange", show);

// themeButton goes round: as the system has it, light, dark.
function themeButton() {
  const themes = ["auto", "light", "dark"];
  let at = Math.max(0, themes.indexOf(localStorage.getItem("lemma-theme")));
  const el = button("", () => { at = (at + 1) % themes.length; set(); }, { class: "quiet" });
  const set = () => {
    const theme = themes[at];
    localStorage.setItem("lemma-theme", theme);
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    el.textContent = { auto: "Auto", light: "Light", dark: "Dark" }[theme];
    el.setAttribute("aria-label", `Colours: ${theme}`);
  };
  set();
  return el;
}

const keys = [
  ["Everywhere", [["?", "this list"], ["g r", "runs"], ["g n", "new run"], ["g c", "compare"]]],
  ["A behaviour", [["→ ← or j k", "next and previous step"], ["Home End", "first and last step"], ["c", "only what changes"], ["s", "states, or by process"]]],
  ["Editor", [["Ctrl Enter", "run"], ["F8", "next message"]]],
  ["By hand", [["↑ ↓", "look at a step"], ["Enter", "take it"], ["Backspace", "go back"]]],
  ["State graph", [["→ ←", "to a successor, a predecessor"], ["↑ ↓", "to the next state of the level"], ["+ − 0", "nearer, farther, all of it"]]],
];

function showKeys() {
  const dialog = h("dialog.sheet", { "aria-label": "Keys", onclose: () => dialog.remove() },
    h("div.column", h("h2", "Keys"),
      keys.map(([where, list]) => h("section", h("h3", where), h("dl.keys", list.map(([key, what]) => [h("dt", key.split(" ").map(k => /^(or)$/.test(k) ? ` ${k} ` : h("kbd", k))), h("dd", what)])))),
      button("Close", () => dialog.close())));
  document.body.append(dialog);
  dialog.showModal();
}

let pressed = "";
document.addEventListener("keydown", e => {
  if (typing(e) || document.querySelector("dialog[open]")) return;
  const to = alone ? undefined : { gr: "#/", gn: "#/edit", gc: "#/compare" }[pressed + e.key];
  pressed = e.key === "g" ? "g" : "";
  if (to) location.hash = to;
  else if (e.key === "?") showKeys();
});

show();
