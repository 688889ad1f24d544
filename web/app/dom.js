// Elements are made by these functions. Text is always text: nothing that comes
// from a spec is ever parsed as HTML.

// h makes an element: h("button.quiet", {type: "button", onclick: f}, "Go").
// A prop that begins with "on" is a listener; "style" takes custom properties;
// others are attributes, left out where they are null or false. Children are
// nodes, texts, lists of them, or nothing.
export function h(tag, ...rest) {
  const [name, ...classes] = tag.split(".");
  return fill(document.createElement(name), classes, rest);
}

// s is h for SVG.
export function s(tag, ...rest) {
  const [name, ...classes] = tag.split(".");
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), classes, rest);
}

function fill(el, classes, rest) {
  if (classes.length) el.setAttribute("class", classes.join(" "));
  if (isProps(rest[0])) setProps(el, rest.shift());
  el.append(...rest.flat(Infinity).filter(c => c != null && c !== false));
  return el;
}

function isProps(x) {
  return x !== null && typeof x === "object" && !Array.isArray(x) && !(x instanceof Node);
}

function setProps(el, props) {
  for (const [key, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (key === "style") for (const [k, v] of Object.entries(value)) el.style.setProperty(k, v);
    else if (key === "value") el.value = value;
    else el.setAttribute(key, value === true ? "" : value);
  }
}

let made = 0;

// newId is an id that no other element has.
export const newId = prefix => `${prefix}-${++made}`;

// onlyHeard is text for screen readers.
export const onlyHeard = text => h("span.heard", text);

// button is a button with a text.
export const button = (text, onclick, props = {}) => h("button", { type: "button", onclick, ...props }, text);

// choice is a row of buttons of which one is pressed; items are [key, text].
export function choice(label, items, chosen, onchoose) {
  const buttons = items.map(([key, text]) => button(text, () => set(key, true)));
  const set = (key, tell) => {
    items.forEach(([k], i) => buttons[i].setAttribute("aria-pressed", String(k === key)));
    if (tell) onchoose(key);
  };
  set(chosen, false);
  const el = h("div.choice", { role: "group", "aria-label": label }, buttons);
  el.choose = key => set(key, true);
  return el;
}

// select is a labelled menu; items are [value, text].
export function select(label, items, chosen, onchoose) {
  const menu = h("select", { onchange: () => onchoose(menu.value) }, items.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
  const el = h("label.field", h("span", label), menu);
  el.menu = menu;
  return el;
}

// typing tells whether a key goes into a field.
export function typing(event) {
  return event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
}
