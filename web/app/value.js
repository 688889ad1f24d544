// Values as the server writes them (itf.Value): booleans, numbers and strings are
// themselves, an array is a tuple, and an object is a record, or one of
// {"#set": [...]}, {"#map": [[key, value], ...]}, {"#model": name},
// {"#bigint": digits}, {"#unserializable": text}. Equal values have one form.

import { h } from "./dom.js";

// kind is "scalar", "tuple", "record", "map" or "set".
export function kind(v) {
  if (Array.isArray(v)) return "tuple";
  if (v === null || typeof v !== "object") return "scalar";
  switch (tagOf(v)) {
    case "#set": return "set";
    case "#map": return "map";
    case "": return "record";
  }
  return "scalar";
}

// tagOf is the only key of an object where that marks a form of its own, else "".
function tagOf(v) {
  const keys = Object.keys(v);
  return keys.length === 1 && keys[0][0] === "#" ? keys[0] : "";
}

const texts = new WeakMap();

// text is v in TLA+.
export function text(v) {
  if (v === null || typeof v !== "object") return scalarText(v);
  let t = texts.get(v);
  if (t === undefined) texts.set(v, t = compoundText(v));
  return t;
}

function scalarText(v) {
  if (typeof v === "boolean") return v ? "TRUE" : "FALSE";
  if (typeof v === "string") return `"${v.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t")}"`;
  return String(v);
}

function compoundText(v) {
  const [open, close] = brackets[kind(v)] ?? [];
  switch (kind(v)) {
    case "tuple": return open + v.map(text).join(", ") + close;
    case "set": return open + v["#set"].map(text).join(", ") + close;
    case "map": return open + v["#map"].map(([k, x]) => `${text(k)} :> ${text(x)}`).join(" @@ ") + close;
    case "record": return open + Object.entries(v).map(([k, x]) => `${k} |-> ${text(x)}`).join(", ") + close;
  }
  return String(Object.values(v)[0]);
}

const brackets = { tuple: ["<<", ">>"], set: ["{", "}"], map: ["(", ")"], record: ["[", "]"] };

// same tells whether two values are equal.
export const same = (a, b) => a === b || a !== undefined && b !== undefined && text(a) === text(b);

// entries are those of a function: [label, value, key], by the text of the key.
export function entries(v) {
  switch (kind(v)) {
    case "tuple": return v.map((x, i) => [String(i + 1), x, i + 1]);
    case "record": return Object.entries(v).map(([k, x]) => [k, x, k]);
    case "map": return v["#map"].map(([k, x]) => [text(k), x, k]);
  }
  return [];
}

// at is the value of a function at a key, or undefined.
export function at(v, key) {
  const wanted = text(key);
  for (const [, x, k] of entries(v)) if (text(k) === wanted) return x;
  return undefined;
}

// members are the elements of a set, and those of a tuple.
export const members = v => kind(v) === "set" ? v["#set"] : kind(v) === "tuple" ? v : [];

// most is how many parts of a value are drawn before somebody asks for the rest.
const most = 60;

// draw draws v within about room columns. What is new against old is marked as
// inserted, what is gone as deleted; where old is undefined, nothing is marked.
export function draw(v, old, room = 96) {
  if (old === undefined || same(v, old)) return plain(v, room);
  const k = kind(v);
  if (k === "scalar" || k !== kind(old)) return replaced(v, old, room);
  return k === "set" ? drawSet(v, old, room) : drawFunction(v, old, room);
}

function plain(v, room) {
  switch (kind(v)) {
    case "scalar": return h(`span.${scalarClass(v)}`, text(v));
    case "set": return drawSet(v, undefined, room);
  }
  return drawFunction(v, undefined, room);
}

function scalarClass(v) {
  if (typeof v === "string") return "v-string";
  if (typeof v === "boolean") return "v-bool";
  return typeof v === "number" || "#bigint" in v ? "v-number" : "v-model";
}

// replaced is a value in the place of another one.
function replaced(v, old, room) {
  const before = text(old);
  const was = before.length > room ? before.slice(0, room - 1) + "…" : before;
  return h("span.replaced", h("del", was), h("ins", plain(v, room)));
}

const inserted = (v, room) => h("ins", plain(v, room));
const deleted = v => h("del", text(v));

function drawSet(v, old, room) {
  const before = old === undefined ? undefined : new Set(members(old).map(text));
  const now = members(v);
  const present = new Set(now.map(text));
  const parts = now.map(x => before && !before.has(text(x)) ? inserted(x, room - 2) : plain(x, room - 2));
  if (before) parts.push(...members(old).filter(x => !present.has(text(x))).map(deleted));
  if (text(v).length > room && parts.length > 1) return rows("v-set", parts.map(p => [null, p]));
  return inline("{", parts.map(p => [p]), ", ", "}");
}

function drawFunction(v, old, room) {
  const k = kind(v);
  const before = new Map(old === undefined ? [] : entries(old).map(([label, x]) => [label, x]));
  const list = entries(v).map(([label, x]) => {
    const inner = Math.max(24, room - label.length - 3);
    if (old === undefined) return [label, plain(x, inner)];
    if (!before.has(label)) return [label, inserted(x, inner)];
    return [label, draw(x, before.get(label), inner)];
  });
  const present = new Set(list.map(([label]) => label));
  for (const [label, x] of before) if (!present.has(label)) list.push([label, deleted(x)]);
  const asTable = k === "map" ? list.length > 1 : text(v).length > room && list.length > 1;
  if (asTable) return rows(`v-${k}`, list);
  const [open, close] = brackets[k];
  const lead = { map: l => l + " :> ", record: l => l + " |-> ", tuple: () => "" }[k];
  return inline(open, list.map(([label, x]) => [lead(label), x]), k === "map" ? " @@ " : ", ", close);
}

function inline(open, parts, separator, close) {
  return h("span", open, parts.map((p, i) => [i ? separator : "", ...p]), close);
}

// rows are the parts of a large value, one below the other, with their labels.
function rows(name, list) {
  const row = ([label, x]) => label === null ? h("div.v-row", h("div.v-part", x)) : h("div.v-row", h("div.v-key", label), h("div.v-part", x));
  const el = h(`div.v-rows.${name}`, list.slice(0, most).map(row));
  if (list.length > most) {
    const rest = h("button.quiet", { type: "button", onclick: () => rest.replaceWith(...list.slice(most).map(row)) }, `${list.length - most} more`);
    el.append(rest);
  }
  return el;
}
