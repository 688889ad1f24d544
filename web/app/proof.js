// A proof: what is proved, the lemmas that it takes, and which needs which.

import { h, s, button, newId } from "./dom.js";
import { formula } from "./tla.js";

const width = 150, height = 34, gapX = 26, gapY = 64, margin = 12;

// proofView shows the proofs of a result with the lemmas that were found.
export function proofView(proofs, lemmas) {
  const texts = new Map(lemmas.map(l => [l.name, l.text]));
  const given = new Set(proofs.flatMap(p => p.lemmas ?? []));
  const proved = proofs.filter(p => !texts.has(p.name) && !isPartOf(p, proofs, texts)).map(p => p.name);
  const goals = proved.length ? proved : proofs.map(p => p.name);
  const names = [...new Set([...goals, ...proofs.map(p => p.name), ...given, ...lemmas.map(l => l.name)])];
  const needs = new Map(names.map(n => [n, []])); // by what is needed: who needs it
  for (const l of lemmas) for (const f of l.supports ?? []) if (needs.has(f) && f !== l.name) needs.get(l.name).push(f);
  const ids = new Map(names.map(n => [n, newId("formula")]));
  const rows = new Map(names.map(n => [n, row(n, texts.get(n), goals.includes(n), needs, ids, () => choose(n))]));
  const choose = name => {
    for (const [n, r] of rows) r.classList.toggle("here", n === name);
    graph?.choose(name);
    rows.get(name).scrollIntoView({ block: "nearest" });
  };
  const graph = goals.length && lemmas.some(l => l.supports?.length) ? drawing(names, goals, needs, choose) : null;
  for (const [n, r] of rows) r.addEventListener("click", () => choose(n));
  return h("section.proof", { "aria-label": "Proof" }, h("h2", proofs.length ? "Proof" : "Lemmas found, and proved"),
    proofs.slice(0, 1).map(p => h("p.quiet", `By induction, k = ${p.k}`, p.for_any?.length ? `, for every ${p.for_any.join(", ")}` : "",
      p.certificate ? `; certificate ${p.certificate}` : "", lemmas.length ? `; ${lemmas.length} lemmas were found for it.` : ".")),
    graph && h("div.proof-box", graph.element),
    h("ol.formulas", [...rows.values()]));
}

// isPartOf tells that p is proved only for the sake of others.
const isPartOf = (p, proofs, texts) => texts.has(p.name) && proofs.some(q => q !== p && q.lemmas?.includes(p.name));

function row(name, text, goal, needs, ids, onchoose) {
  const by = [...needs].filter(([, users]) => users.includes(name)).map(([n]) => n);
  const links = list => list.map((n, i) => [i ? ", " : "", h("a.mono", { href: `#${ids.get(n)}`, onclick: e => { e.preventDefault(); document.getElementById(ids.get(n)).click(); document.getElementById(ids.get(n)).focus(); } }, n)]);
  return h("li.formula", { id: ids.get(name), tabindex: -1 },
    h("p", button(name, onchoose, { class: "formula-name mono" }), " ", goal ? h("span.tag.good", "proved") : h("span.tag", "lemma")),
    text && h("pre", formula(text)),
    by.length ? h("p.quiet", "rests on ", links(by)) : null,
    needs.get(name).length ? h("p.quiet", "needed for ", links(needs.get(name))) : null);
}

// drawing has the goals on top, and each lemma below all that need it, as far as
// they do not need each other.
function drawing(names, goals, needs, choose) {
  const level = new Map(goals.map(g => [g, 0]));
  let front = goals;
  for (let depth = 1; front.length; depth++) {
    front = names.filter(n => !level.has(n) && needs.get(n).some(u => front.includes(u)));
    for (const n of front) level.set(n, depth);
  }
  const rows = [];
  for (const n of names) if (level.has(n)) (rows[level.get(n)] ??= []).push(n);
  const lines = rows.flatMap(r => chunks(r, 6));
  const x = new Map(), y = new Map();
  const widest = Math.max(...lines.map(r => r.length));
  lines.forEach((r, i) => r.forEach((n, k) => {
    x.set(n, margin + (k + (widest - r.length) / 2) * (width + gapX) + width / 2);
    y.set(n, margin + i * (height + gapY) + height / 2);
  }));
  const all = { w: 2 * margin + widest * (width + gapX) - gapX, h: 2 * margin + lines.length * (height + gapY) - gapY };
  const edges = [...needs].flatMap(([lemma, users]) => x.has(lemma) ? users.filter(u => x.has(u)).map(u => [lemma, u]) : []);
  const paths = edges.map(([a, b]) => [a, b, s(y.get(a) > y.get(b) ? "path.edge" : "path.edge.aside", { d: curve(x.get(a), y.get(a), x.get(b), y.get(b)), "marker-end": "url(#needs)" })]);
  const boxes = new Map([...x.keys()].map(n => [n, s(`g.node${goals.includes(n) ? ".goal" : ""}`, { transform: `translate(${x.get(n)} ${y.get(n)})`, onclick: () => choose(n) },
    s("rect", { x: -width / 2, y: -height / 2, width, height, rx: 7 }),
    s("text", { "text-anchor": "middle", y: 4 }, clipped(n, 19), s("title", n)))]));
  const element = s("svg.proof-graph", { width: all.w, height: all.h, viewBox: `0 0 ${all.w} ${all.h}`, role: "img", "aria-label": "Which lemma is needed for which; the list below says the same" },
    s("defs", s("marker", { id: "needs", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, s("path.head", { d: "M 0 0.5 L 7 4 L 0 7.5 z" }))),
    paths.map(p => p[2]), [...boxes.values()]);
  return {
    element,
    choose(name) {
      for (const [n, b] of boxes) b.classList.toggle("here", n === name);
      for (const [a, b, p] of paths) p.classList.toggle("here", a === name || b === name);
    },
  };
}

function chunks(list, n) {
  const out = [];
  for (let i = 0; i < list.length; i += n) out.push(list.slice(i, i + n));
  return out;
}

const clipped = (t, n) => t.length > n ? t.slice(0, n - 1) + "…" : t;

function curve(x1, y1, x2, y2) {
  const up = y2 < y1, half = height / 2 + 1;
  if (y1 === y2) { // beside each other: an arc below
    const top = y1 + half + 30;
    return `M ${x1} ${y1 + half} C ${x1} ${top}, ${x2} ${top}, ${x2} ${y2 + half}`;
  }
  const from = up ? y1 - half : y1 + half, to = up ? y2 + half : y2 - half;
  const middle = (from + to) / 2;
  return `M ${x1} ${from} C ${x1} ${middle}, ${x2} ${middle}, ${x2} ${to}`;
}
