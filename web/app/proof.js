// A proof: what is proved, the lemmas that it takes, and which needs which, for the
// steps of which actions. Without a proof, what would be part of one.

import { h, s, button, newId } from "./dom.js";
import { formula } from "./tla.js";

const width = 150, height = 34, gapX = 26, gapY = 64, margin = 12;

// proofView shows the proofs of a result with the lemmas that were found.
export function proofView(proofs, lemmas) {
  const parts = partsOf(proofs, lemmas), ids = new Map([...parts.keys()].map(n => [n, newId("formula")]));
  const choose = (name, sight = true) => {
    for (const [n, r] of rows) r.classList.toggle("here", n === name);
    graph?.choose(name);
    if (sight) rows.get(name).scrollIntoView({ block: "nearest" });
  };
  const rows = new Map([...parts.values()].map(p => [p.name, row(p, ids, () => choose(p.name))]));
  const graph = [...parts.values()].some(p => p.drawn) ? drawing(parts, choose) : null;
  for (const [n, r] of rows) r.addEventListener("click", () => choose(n));
  if (graph) choose([...parts.keys()][0], false);
  return h("section.proof", { "aria-label": "Proof" }, h("h2", titleOf(proofs, lemmas)),
    proofs.slice(0, 1).map(p => h("p.quiet", `By induction, k = ${p.k}`, p.for_any?.length ? `, for every ${p.for_any.join(", ")}` : "",
      p.certificate ? `; certificate ${p.certificate}` : "", lemmas.length ? `; ${lemmas.length} lemmas were found for it.` : ".")),
    graph && h("div.proof-box", graph.element),
    h("ol.formulas", [...rows.values()]));
}

function titleOf(proofs, lemmas) {
  if (proofs.length) return "Proof";
  return lemmas.some(l => l.open) ? "Lemmas found" : "Lemmas found, and proved";
}

// partsOf are the formulas of a proof by name, goals first: {name, text, says, kind,
// needs, users, found}, where kind is "goal" (proved), "aim" (not), "given", "lemma" or "open" (not proved), and needs and
// users are the others that it rests on and that rest on it, each with the actions.
function partsOf(proofs, lemmas) {
  const parts = new Map();
  const part = (name, more) => parts.set(name, { name, kind: "given", needs: new Map(), users: new Map(), ...parts.get(name), ...more });
  const found = new Set(lemmas.map(l => l.name));
  const given = new Set(proofs.filter(p => found.has(p.name)).map(p => p.name)); // proved for the sake of others
  const goals = proofs.filter(p => !given.has(p.name));
  for (const p of goals.length ? goals : proofs) part(p.name, { kind: "goal" });
  for (const name of proofs.flatMap(p => p.lemmas ?? [])) if (!parts.has(name)) part(name);
  for (const l of lemmas) part(l.name, { kind: l.open ? "open" : "lemma", text: l.text, says: l.says, found: l.for });
  const need = (user, name, actions) => {
    if (user === name || !parts.has(user) || !parts.has(name)) return;
    for (const [from, map, to] of [[user, "needs", name], [name, "users", user]]) {
      const known = parts.get(from)[map].get(to) ?? [];
      parts.get(from)[map].set(to, [...new Set([...known, ...actions])]);
    }
  };
  for (const p of [...proofs, ...lemmas]) for (const n of p.needs ?? []) need(p.name, n.formula, n.action ? [n.action] : []);
  for (const l of lemmas) for (const g of l.supports ?? []) if (!parts.get(l.name).users.has(g)) need(g, l.name, l.actions ?? []);
  for (const l of lemmas) if (l.for && !parts.has(l.for)) part(l.for, { kind: "aim" });
  for (const p of parts.values()) p.drawn = [...p.users].some(([, actions]) => actions.length) || parts.has(p.found);
  return parts;
}

const tags = { goal: ["good", "proved"], given: ["quiet", "given"], lemma: ["quiet", "lemma"], aim: ["warn", "goal"], open: ["warn", "not proved"] };

function row(part, ids, onchoose) {
  const go = n => e => {
    e.preventDefault();
    document.getElementById(ids.get(n)).click();
    document.getElementById(ids.get(n)).focus();
  };
  const link = n => h("a.mono", { href: `#${ids.get(n)}`, onclick: go(n) }, n);
  const links = map => [...map].map(([n, actions], i) => [i ? "; " : "", link(n), actions.length ? ` in steps of ${actions.join(", ")}` : ""]);
  const [colour, tag] = tags[part.kind];
  return h("li.formula", { id: ids.get(part.name), tabindex: -1 },
    h("p", button(part.name, onchoose, { class: "formula-name mono" }), " ", h(`span.tag.${colour}`, tag)),
    part.text && h("pre", formula(part.text)),
    part.says && h("p.quiet", part.says),
    part.needs.size ? h("p.quiet", "rests on ", links(part.needs)) : null,
    part.users.size ? h("p.quiet", "needed for ", links(part.users)) : null,
    part.found && !part.users.size ? h("p.quiet", "found for ", ids.has(part.found) ? link(part.found) : part.found) : null);
}

// edgesOf are the edges of the drawing, from what is needed to who needs it. What a
// formula rests on in every step, the sets that variables range over, is not drawn.
function edgesOf(parts) {
  const out = [];
  for (const p of parts.values()) {
    for (const [user, actions] of p.users) if (actions.length) out.push({ from: p.name, to: user, actions, open: false });
    if (!p.users.size && parts.has(p.found)) out.push({ from: p.name, to: p.found, actions: [], open: true });
  }
  return out;
}

// drawing has the goals on top, and each lemma below all that need it, as far as
// they do not need each other.
function drawing(parts, choose) {
  const edges = edgesOf(parts);
  const { x, y, w, high } = placed(levels(parts, edges));
  const drawn = edges.filter(e => x.has(e.from) && x.has(e.to)).map(e => {
    const [x1, y1, x2, y2] = [x.get(e.from), y.get(e.from), x.get(e.to), y.get(e.to)];
    const path = s(`path.edge${y1 > y2 ? "" : ".aside"}${e.open ? ".open" : ""}`, { d: curve(x1, y1, x2, y2), "marker-end": "url(#needs)" }, s("title", `${e.to} needs ${e.from}: ${e.actions.join(", ")}`));
    const under = s("text.under", { x: (x1 + x2) / 2, y: y1 === y2 ? y1 + height / 2 + 26 : (y1 + y2) / 2 + 4, "text-anchor": "middle" }, clipped(e.actions.join(", "), 30));
    return { ...e, path, under };
  });
  const boxes = new Map([...x.keys()].map(n => [n, s(`g.node.${parts.get(n).kind}`, { transform: `translate(${x.get(n)} ${y.get(n)})`, onclick: () => choose(n) },
    s("rect", { x: -width / 2, y: -height / 2, width, height, rx: 7 }),
    s("text", { "text-anchor": "middle", y: 4 }, clipped(n, 19), s("title", n)))]));
  const element = s("svg.proof-graph", { width: w, height: high, viewBox: `0 0 ${w} ${high}`, role: "img", "aria-label": "Which lemma is needed for which; the list below says the same" },
    s("defs", s("marker", { id: "needs", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, s("path.head", { d: "M 0 0.5 L 7 4 L 0 7.5 z" }))),
    drawn.map(e => e.path), [...boxes.values()], drawn.map(e => e.under));
  return {
    element,
    choose(name) {
      for (const [n, b] of boxes) b.classList.toggle("here", n === name);
      for (const e of drawn) for (const el of [e.path, e.under]) el.classList.toggle("here", e.from === name || e.to === name);
    },
  };
}

// levels are rows of names: what nobody needs on top, each other part one below the
// highest of those that need it.
function levels(parts, edges) {
  const tops = [...parts.values()].filter(p => p.kind === "goal" || edges.some(e => e.to === p.name) && !edges.some(e => e.from === p.name)).map(p => p.name);
  const level = new Map(tops.map(n => [n, 0]));
  let front = tops;
  for (let depth = 1; front.length; depth++) {
    front = [...new Set(edges.filter(e => front.includes(e.to) && !level.has(e.from)).map(e => e.from))];
    for (const n of front) level.set(n, depth);
  }
  const rows = [];
  for (const n of parts.keys()) if (level.has(n)) (rows[level.get(n)] ??= []).push(n);
  return rows.flatMap(r => chunks(r, 6));
}

// placed gives each name of the lines its middle.
function placed(lines) {
  const x = new Map(), y = new Map();
  const widest = Math.max(...lines.map(r => r.length));
  lines.forEach((r, i) => r.forEach((n, k) => {
    x.set(n, margin + (k + (widest - r.length) / 2) * (width + gapX) + width / 2);
    y.set(n, margin + i * (height + gapY) + height / 2);
  }));
  return { x, y, w: 2 * margin + widest * (width + gapX) - gapX, high: 2 * margin + lines.length * (height + gapY) - gapY + 30 };
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
