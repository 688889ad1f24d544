// The steps by process: a lane for each, an action where its process takes it, and
// an arrow for each message, from the step that sends it to the one that takes it.
//
// TLA+ has no messages either. A record that a step adds to a set, a sequence or a
// bag is one when it names a process that it goes to, or stands in the inbox of
// one; the step that removes it, or has it as an argument, receives it.

import { h, s } from "./dom.js";
import { entries, kind, members, text } from "./value.js";

const rowHeight = 46, head = 40, lane = 176, first = 140;

// sequence draws the trace; onchoose(i) hears of a click on step i.
export function sequence(trace, states, onchoose) {
  const names = trace.processes.map(text);
  const x = p => first + p * lane;
  const y = i => head + 26 + i * rowHeight;
  const width = first + (names.length - 1) * lane + first, height = y(trace.steps.length - 1) + 40;
  const bands = trace.steps.map((_, i) => band(i, y, width, onchoose));
  const boxes = trace.steps.map((step, i) => box(step, i, x, y, width, onchoose));
  const svg = s("svg.sequence", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Steps by process; the list of steps says the same" },
    s("defs", s("marker", { id: "arrow-head", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
      s("path.arrow-head", { d: "M 0 0.5 L 7 4 L 0 7.5 z" }))),
    names.map((_, p) => s("line.lane", { x1: x(p), x2: x(p), y1: head, y2: height - 12 })),
    trace.loop ? loopBand(trace, y, width) : null,
    bands,
    messagesOf(trace, states, names).map(m => arrow(m, x, y)),
    boxes);
  const heads = h("div.lanes", { style: { width: `${width}px` } }, names.map((n, p) => h("span.lane-name", { style: { left: `${x(p)}px` } }, n)));
  const element = h("div.sequence-scroll", { tabindex: 0, role: "region", "aria-label": "Steps by process" }, heads, svg);
  let marked = [];
  return {
    element,
    mark(i) {
      for (const el of marked) el.classList.remove("here");
      marked = [bands[i], boxes[i]];
      for (const el of marked) el.classList.add("here");
      const top = y(i);
      if (top < element.scrollTop + 80 || top > element.scrollTop + element.clientHeight - 40) element.scrollTop = top - element.clientHeight / 2;
    },
  };
}

function loopBand(trace, y, width) {
  const top = y(trace.loop - 1) - rowHeight / 2, bottom = y(trace.steps.length - 1) + rowHeight / 2;
  return s("g.loop-band", s("rect", { x: 4, y: top, width: width - 8, height: bottom - top, rx: 8 }), s("text", { x: width - 14, y: bottom - 8, "text-anchor": "end" }, "loop"));
}

// band is what lies behind step i, with its number.
function band(i, y, width, onchoose) {
  return s("g.seq-row", { onclick: () => onchoose(i) },
    s("rect.seq-band", { x: 0, y: y(i) - rowHeight / 2, width, height: rowHeight }),
    s("text.seq-number", { x: 26, y: y(i) + 4, "text-anchor": "end" }, i + 1));
}

// box is the action of step i, on the lane of its process.
function box(step, i, x, y, width, onchoose) {
  const label = clipped(step.action, 24), nobody = step.by === undefined;
  const long = Math.max(44, label.length * 7.1 + 20), middle = nobody ? width / 2 : x(step.by);
  return s("g.seq-step", { onclick: () => onchoose(i) },
    s(nobody ? "rect.seq-box.nobody" : "rect.seq-box", { x: middle - long / 2, y: y(i) - 13, width: long, height: 26, rx: 6 }),
    s("text.seq-action", { x: middle, y: y(i) + 4, "text-anchor": "middle" }, label, s("title", step.action)));
}

const clipped = (t, n) => t.length > n ? t.slice(0, n - 1) + "…" : t;

// arrow is one from the step that sends a message to the one that takes it; where
// none does, a broken one that ends on the way.
function arrow(m, x, y) {
  const got = m.received !== undefined, self = m.from === m.to;
  const away = self ? 0 : Math.sign(m.to - m.from);
  const x1 = x(m.from) + away * 8, y1 = y(m.sent) + 13;
  const x2 = got ? x(m.to) : x1 + away * 56, y2 = got ? y(m.received) - 14 : y1 + 13;
  const bend = self ? 60 : 0;
  const d = self ? `M ${x1} ${y1} C ${x1 + bend} ${y1 + 6}, ${x2 + bend} ${y2 - 6}, ${x2} ${y2}` : `M ${x1} ${y1} L ${x2} ${y2}`;
  return s(got ? "g.message" : "g.message.lost",
    s("path", { d, "marker-end": "url(#arrow-head)" }, s("title", `${text(m.value)}${got ? "" : ": no step of this trace takes it"}`)),
    got && s("text", { x: (x1 + x2) / 2 + bend * 0.8, y: (y1 + y2) / 2 - 3, "text-anchor": "middle" }, m.label));
}

// Names that specs give to where a message comes from and goes to.
const toNames = ["to", "dst", "dest", "mdest", "receiver", "recipient", "target", "rcv"];
const fromNames = ["from", "src", "source", "msource", "sender", "snd"];

// messagesOf are the messages of a trace: {from, to, sent, received, value, label},
// steps and processes by index; received is missing where no step takes it.
export function messagesOf(trace, states, names) {
  const process = new Map(names.map((n, p) => [n, p]));
  const out = [], flying = new Map(); // by where it is and what it says
  let before = new Map();
  states.forEach((state, i) => {
    const now = pocketsOf(state, process);
    const by = trace.steps[i].by;
    const taken = new Set();
    for (const [key, p] of before) {
      if ((now.get(key)?.count ?? 0) >= p.count) continue;
      const m = flying.get(key)?.shift();
      if (m) { m.received = i; if (m.to < 0) m.to = by ?? m.from; taken.add(key); }
    }
    for (const [key, list] of flying) { // a set that only grows: the argument tells
      const m = list[0];
      if (m && !taken.has(key) && i > m.sent && trace.steps[i].action.includes(text(m.value))) { m.received = i; list.shift(); }
    }
    for (const [key, p] of now) {
      for (let k = before.get(key)?.count ?? 0; k < p.count && i > 0; k++) {
        const m = messageOf(p, by, process);
        if (!m) continue;
        m.sent = i;
        out.push(m);
        flying.set(key, [...flying.get(key) ?? [], m]);
      }
    }
    before = now;
  });
  return out.filter(m => m.to >= 0);
}

// pocketsOf are the records in collections of a state, with how often each is there;
// and whatever is in a channel, a collection for each pair of processes.
function pocketsOf(state, process) {
  const out = new Map();
  const add = (where, path, value, count) => {
    if (kind(value) !== "record" && path.length < 2) return;
    const key = where + " " + text(value), p = out.get(key);
    if (p) p.count += count;
    else out.set(key, { value, path, count });
  };
  const walk = (where, path, v) => {
    if (!isByProcess(v, process)) {
      for (const m of members(v)) add(where, path, m, 1);
      if (kind(v) !== "map") return;
    }
    for (const [label, x, key] of entries(v)) {
      if (kind(key) === "record" && typeof x === "number") add(where, path, key, x); // a bag
      else if (kind(x) !== "scalar" && path.length < 2 && process.has(label)) walk(`${where}[${label}]`, [...path, process.get(label)], x);
    }
  };
  for (const [name, v] of state) walk(name, [], v);
  return out;
}

// isByProcess tells whether v is a function of the processes to collections.
function isByProcess(v, process) {
  const list = entries(v);
  return list.length === process.size && list.every(([label, x]) => process.has(label) && kind(x) !== "scalar" && kind(x) !== "record");
}

// messageOf is what p says as a message that the process by sends, or null.
function messageOf(p, by, process) {
  const named = kind(p.value) === "record" ? p.value : {};
  const field = list => list.map(n => process.get(text(named[n] ?? null))).find(x => x !== undefined);
  const [box, other] = p.path;
  let from = field(fromNames) ?? by, to = field(toNames);
  if (to === undefined && other !== undefined) to = box === from ? other : box;
  if (to === undefined && box !== undefined && box !== by) to = box;
  if (to === undefined) {
    const others = Object.values(named).map(v => process.get(text(v))).filter(x => x !== undefined && x !== from);
    to = others.length === 1 ? others[0] : -1;
  }
  if (from === undefined) from = by;
  if (from === undefined) return null;
  const label = kind(p.value) === "record" ? named.type ?? named.kind ?? named.mtype ?? named.msg : p.value;
  return { from, to, value: p.value, label: label === undefined ? "" : typeof label === "string" ? label : text(label) };
}
