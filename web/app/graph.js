// The state graph of a small instance: drawn by the number of steps to a state, a
// part at a time, with a list of its states and the one that is chosen.

import { h, button, typing } from "./dom.js";
import { explore, getRequest } from "./api.js";
import { loadDraft, saveStart } from "./draft.js";
import { List } from "./list.js";
import { stateTable } from "./statetable.js";
import { count, failed } from "./status.js";
import { text } from "./value.js";

const part = 2000; // states to a page, as the server has it

export function graphPage(main, { params }) {
  const page = new GraphPage(main);
  page.begin(params);
  return () => page.leave();
}

class GraphPage {
  constructor(main) {
    Object.assign(this, { main, chosen: -1, zoom: 1, left: 0, top: 0, from: 0 });
    this.canvas = h("canvas", { tabindex: 0, role: "img", "aria-label": "State graph; the list of states says the same", onkeydown: e => this.key(e) });
    this.list = new List({ label: "States", row: i => this.row(i), onselect: i => this.choose(i, true), count: 0 });
    this.panel = h("div.state", { tabindex: 0, role: "region", "aria-label": "State" });
    this.pager = h("div.bar");
    this.note = h("div");
    main.append(
      h("div.head", h("h1", "State graph"), this.pager),
      this.note,
      h("div.graph-body",
        h("div.graph-box", this.canvas, h("div.graph-tools", button("+", () => this.scale(1.3), { "aria-label": "Nearer" }), button("−", () => this.scale(1 / 1.3), { "aria-label": "Farther" }), button("All", () => this.fit()))),
        h("section.graph-list", { "aria-label": "States" }, this.list.element), this.panel));
    this.canvas.addEventListener("wheel", e => { e.preventDefault(); this.scale(e.deltaY < 0 ? 1.12 : 1 / 1.12, e.offsetX, e.offsetY); }, { passive: false });
    this.canvas.addEventListener("pointerdown", e => this.press(e));
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(this.canvas.parentElement);
    this.colours = matchMedia("(prefers-color-scheme: dark)");
    this.colours.addEventListener("change", this.recolour = () => { this.palette = null; this.later(); });
    this.themes = new MutationObserver(this.recolour);
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  leave() {
    this.watcher.disconnect();
    this.themes.disconnect();
    this.colours.removeEventListener("change", this.recolour);
  }

  async begin(params) {
    try {
      this.job = params.get("job") ? await getRequest(params.get("job")) : loadDraft();
      if (!this.job) throw new Error("There is no spec: write one, or choose a run.");
      await this.load(0);
    } catch (err) {
      this.note.replaceChildren(failed(err));
    }
  }

  async load(from) {
    this.note.replaceChildren(h("p.quiet", { role: "status" }, "Searching …"));
    const answer = await explore("graph", { job: this.job, from, limit: part });
    this.note.replaceChildren(answer.problem ? failed(answer.problem) : "");
    if (answer.graph) this.show(answer.graph, answer.more);
  }

  // show lays out a part of the graph and draws it.
  show(graph, more) {
    Object.assign(this, { graph, from: graph.from, chosen: -1 });
    this.lay();
    this.list.selected = -1;
    this.list.resize(graph.states.length);
    const last = graph.from + graph.states.length;
    this.pager.replaceChildren(
      h("span.quiet", graph.states.length ? `States ${count(graph.from + 1)} to ${count(last)}${more ? ", and more" : ` of ${count(last)}`}; ${count(graph.steps.length)} steps among them` : "no states"),
      graph.from > 0 ? button("Before", () => this.load(graph.from - part)) : "",
      more ? button("Further", () => this.load(last)) : "");
    this.fit();
    if (graph.states.length) this.list.select(0);
  }

  // lay gives each state a place: a column for each depth, in the order of the mean
  // of the places of the states that it comes from.
  lay() {
    const { states, steps } = this.graph;
    const n = states.length;
    this.x = new Float32Array(n);
    this.y = new Float32Array(n);
    this.out = Array.from({ length: n }, () => []);
    this.in = Array.from({ length: n }, () => []);
    this.steps = steps.map(st => [st.from - this.from, st.to - this.from, st.action]);
    for (const [a, b, action] of this.steps) if (a !== b) { this.out[a].push([b, action]); this.in[b].push([a, action]); }
    const columns = [];
    states.forEach((st, i) => (columns[st.depth] ??= []).push(i));
    this.columns = columns.filter(Boolean);
    const tallest = Math.max(...this.columns.map(c => c.length));
    this.gapY = 26;
    const gapX = Math.max(70, Math.min(260, tallest * this.gapY / Math.max(1, this.columns.length) * 1.2));
    this.columns.forEach((column, k) => {
      const mean = i => {
        const before = this.in[i].filter(([a]) => states[a].depth < states[i].depth);
        return before.length ? before.reduce((sum, [a]) => sum + this.y[a], 0) / before.length : 0;
      };
      const means = new Map(column.map(i => [i, mean(i)]));
      column.sort((a, b) => means.get(a) - means.get(b));
      const spread = Math.max(this.gapY, tallest * this.gapY * 0.6 / column.length);
      column.forEach((i, r) => { this.x[i] = k * gapX; this.y[i] = (r - (column.length - 1) / 2) * Math.min(spread, 90); });
    });
  }

  row(i) {
    const s = this.graph.states[i];
    return [h("span.number", this.from + i + 1), h("span.action", summary(s.state)), s.violated?.map(v => h("span.tag.bad", v)), h("span.tag", `depth ${s.depth}`)];
  }

  choose(i, fromList) {
    this.chosen = i;
    const s = this.graph.states[i];
    const links = (list, word) => list.length ? h("p.neighbours", h("span.quiet", word), list.slice(0, 40).map(([to, action]) => h("span", h("span.mono", action), " ", button(String(this.from + to + 1), () => this.list.select(to), { class: "link", "aria-label": `state ${this.from + to + 1}` })))) : null;
    this.panel.replaceChildren(
      h("header.state-head", h("h3", `State ${count(this.from + i + 1)}`), h("div.state-tools", button("Explore from here", () => this.byHand(i), { class: "quiet" }))),
      stateTable(s.state), links(this.out[i], "Leads on by"), links(this.in[i], "Comes by"));
    if (!fromList) this.list.select(i, true);
    this.bringIntoSight(i);
    this.later();
  }

  byHand(i) {
    saveStart({ job: this.job, path: [{ action: `State ${this.from + i + 1}`, state: this.graph.states[i].state }] });
    location.hash = "#/hand";
  }

  // The drawing.

  resize() {
    const box = this.canvas.parentElement, ratio = devicePixelRatio || 1;
    this.wide = box.clientWidth;
    this.tall = box.clientHeight;
    this.canvas.width = this.wide * ratio;
    this.canvas.height = this.tall * ratio;
    this.fit();
  }

  fit() {
    if (!this.graph?.states.length || !this.wide) return;
    const xs = [Math.min(...this.x), Math.max(...this.x)], ys = [Math.min(...this.y), Math.max(...this.y)];
    this.zoom = Math.min(1.6, (this.wide - 60) / Math.max(1, xs[1] - xs[0]), (this.tall - 60) / Math.max(1, ys[1] - ys[0]));
    this.left = this.wide / 2 - (xs[0] + xs[1]) / 2 * this.zoom;
    this.top = this.tall / 2 - (ys[0] + ys[1]) / 2 * this.zoom;
    this.later();
  }

  scale(by, x = this.wide / 2, y = this.tall / 2) {
    const zoom = Math.min(4, Math.max(0.02, this.zoom * by));
    this.left = x - (x - this.left) * zoom / this.zoom;
    this.top = y - (y - this.top) * zoom / this.zoom;
    this.zoom = zoom;
    this.later();
  }

  bringIntoSight(i) {
    const x = this.x[i] * this.zoom + this.left, y = this.y[i] * this.zoom + this.top;
    if (x < 20 || x > this.wide - 20) this.left += this.wide / 2 - x;
    if (y < 20 || y > this.tall - 20) this.top += this.tall / 2 - y;
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  colour(name) {
    this.palette ??= Object.fromEntries(["line", "ink", "quiet", "accent", "bad", "sheet", "change"].map(k => [k, resolved(`var(--${k})`)]));
    return this.palette[name];
  }

  draw() {
    if (!this.graph) return;
    const g = this.canvas.getContext("2d"), ratio = devicePixelRatio || 1;
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.clearRect(0, 0, this.canvas.width, this.canvas.height);
    g.setTransform(ratio * this.zoom, 0, 0, ratio * this.zoom, ratio * this.left, ratio * this.top);
    const thin = 1 / this.zoom;
    g.lineWidth = thin;
    g.strokeStyle = this.colour("quiet");
    g.globalAlpha = this.steps.length > 1500 ? 0.22 : 0.5;
    g.beginPath();
    for (const [a, b] of this.steps) this.edge(g, a, b);
    g.stroke();
    g.globalAlpha = 1;
    this.nodes(g);
    if (this.chosen >= 0) this.neighbourhood(g, thin);
  }

  // edge is a line to a farther state, and an arc to one of the same level or back.
  edge(g, a, b) {
    if (a === b) return;
    g.moveTo(this.x[a], this.y[a]);
    if (this.x[b] > this.x[a]) g.lineTo(this.x[b], this.y[b]);
    else g.quadraticCurveTo((this.x[a] + this.x[b]) / 2 + (this.x[a] === this.x[b] ? 24 : 0), (this.y[a] + this.y[b]) / 2 - 22, this.x[b], this.y[b]);
  }

  nodes(g) {
    const r = this.radius();
    const dots = (fill, fits) => {
      g.fillStyle = fill;
      g.beginPath();
      this.graph.states.forEach((s, i) => { if (fits(s)) { g.moveTo(this.x[i] + r, this.y[i]); g.arc(this.x[i], this.y[i], r, 0, 7); } });
      g.fill();
    };
    dots(this.colour("quiet"), s => !s.violated && s.depth > 0);
    dots(this.colour("accent"), s => !s.violated && s.depth === 0);
    dots(this.colour("bad"), s => s.violated);
  }

  radius() { return Math.min(7, Math.max(3.2, 2.2 / this.zoom)); }

  neighbourhood(g, thin) {
    const i = this.chosen, r = this.radius();
    const stroke = (colour, pairs) => {
      g.strokeStyle = colour;
      g.lineWidth = 2 * thin;
      g.beginPath();
      for (const [a, b] of pairs) this.edge(g, a, b);
      g.stroke();
    };
    stroke(this.colour("change"), this.in[i].map(([a]) => [a, i]));
    stroke(this.colour("accent"), this.out[i].map(([b]) => [i, b]));
    g.fillStyle = this.colour("sheet");
    g.strokeStyle = this.colour("accent");
    g.lineWidth = 3 * thin;
    g.beginPath();
    g.arc(this.x[i], this.y[i], r * 1.4, 0, 7);
    g.fill();
    g.stroke();
    if (this.zoom < 0.45) return;
    g.fillStyle = this.colour("ink");
    g.font = `${12 * thin}px ui-monospace, monospace`;
    for (const [b, action] of this.out[i].slice(0, 12)) g.fillText(action, this.x[b] + r * 1.6, this.y[b] + 4 * thin);
  }

  press(e) {
    let x = e.clientX, y = e.clientY, moved = 0;
    this.canvas.setPointerCapture(e.pointerId);
    const move = m => {
      moved += Math.abs(m.clientX - x) + Math.abs(m.clientY - y);
      this.left += m.clientX - x;
      this.top += m.clientY - y;
      [x, y] = [m.clientX, m.clientY];
      this.later();
    };
    const up = () => {
      this.canvas.removeEventListener("pointermove", move);
      if (moved < 5) this.pick(e.offsetX, e.offsetY);
    };
    this.canvas.addEventListener("pointermove", move);
    this.canvas.addEventListener("pointerup", up, { once: true });
  }

  // pick chooses the state nearest to a point, if it is near.
  pick(px, py) {
    const x = (px - this.left) / this.zoom, y = (py - this.top) / this.zoom;
    let best = -1, least = (16 / this.zoom) ** 2;
    for (let i = 0; i < this.x.length; i++) {
      const d = (this.x[i] - x) ** 2 + (this.y[i] - y) ** 2;
      if (d < least) [best, least] = [i, d];
    }
    if (best >= 0) this.choose(best);
  }

  key(e) {
    if (typing(e)) return;
    if (e.key === "+" || e.key === "=") this.scale(1.3);
    else if (e.key === "-") this.scale(1 / 1.3);
    else if (e.key === "0") this.fit();
    else {
      const to = this.neighbour(e.key);
      if (to === undefined) return;
      this.choose(to);
    }
    e.preventDefault();
  }

  neighbour(key) {
    const i = this.chosen;
    if (i < 0) return undefined;
    if (key === "ArrowRight") return this.out[i][0]?.[0];
    if (key === "ArrowLeft") return this.in[i][0]?.[0];
    const column = this.columns.find(c => c.includes(i));
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    return step && column[column.indexOf(i) + step];
  }
}

// resolved is a colour of the style sheet as the canvas takes it.
function resolved(colour) {
  const probe = h("span", { style: { color: colour } });
  document.body.append(probe);
  const out = getComputedStyle(probe).color;
  probe.remove();
  return out;
}

// summary is a state in one line.
const summary = state => Object.entries(state).map(([name, v]) => `${name} = ${text(v)}`).join(", ").slice(0, 160);
