// A List is a listbox of any length: only the rows in sight are elements.

import { h, newId } from "./dom.js";

export class List {
  // label names the list; row(i) draws row i; onselect(i) hears of a choice, and
  // onopen(i) of Enter and of a double click. All rows are height pixels high.
  constructor({ label, count = 0, height = 34, row, onselect, onopen }) {
    Object.assign(this, { count, height, row, onselect, onopen, selected: -1, drawn: new Map(), id: newId("list") });
    this.space = h("div.list-space");
    this.element = h("div.list", {
      role: "listbox", tabindex: 0, "aria-label": label,
      onkeydown: e => this.key(e),
      onclick: e => this.click(e, false),
      ondblclick: e => this.click(e, true),
    }, this.space);
    this.element.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.later()).observe(this.element);
    this.resize(count);
  }

  // resize makes the list one of count rows, all drawn anew.
  resize(count) {
    this.count = count;
    this.space.style.height = `${count * this.height}px`;
    this.redraw();
  }

  redraw() {
    this.drawn.clear();
    this.space.replaceChildren();
    this.later();
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  // draw makes the rows in sight, and some around them.
  draw() {
    const top = this.element.scrollTop, tall = this.element.clientHeight;
    const first = Math.max(0, Math.floor(top / this.height) - 8);
    const last = Math.min(this.count, Math.ceil((top + tall) / this.height) + 8);
    for (const [i, el] of this.drawn) {
      if (i < first || i >= last) { el.remove(); this.drawn.delete(i); }
    }
    for (let i = first; i < last; i++) if (!this.drawn.has(i)) this.make(i);
    this.mark();
  }

  make(i) {
    const el = h("div.list-row", {
      role: "option", id: `${this.id}-${i}`, "aria-setsize": this.count, "aria-posinset": i + 1, "aria-selected": "false",
      style: { top: `${i * this.height}px`, height: `${this.height}px` },
    }, this.row(i));
    el.dataset.index = i;
    this.drawn.set(i, el);
    this.space.append(el);
  }

  mark() {
    for (const [i, el] of this.drawn) el.setAttribute("aria-selected", String(i === this.selected));
    if (this.drawn.has(this.selected)) this.element.setAttribute("aria-activedescendant", `${this.id}-${this.selected}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  // select chooses row i, brings it into sight, and tells, unless it is quiet.
  select(i, quiet) {
    if (i < 0 || i >= this.count) return;
    this.selected = i;
    const top = i * this.height, el = this.element;
    if (top < el.scrollTop) el.scrollTop = top;
    else if (top + this.height > el.scrollTop + el.clientHeight) el.scrollTop = top + this.height - el.clientHeight;
    this.draw();
    if (!quiet) this.onselect?.(i);
  }

  key(e) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.height) - 1);
    const to = { ArrowDown: this.selected + 1, ArrowUp: this.selected - 1, PageDown: this.selected + page, PageUp: this.selected - page, Home: 0, End: this.count - 1 }[e.key];
    if (e.key === "Enter" && this.onopen && this.selected >= 0) this.onopen(this.selected);
    else if (to === undefined || e.altKey || e.ctrlKey || e.metaKey) return;
    else this.select(Math.min(Math.max(to, 0), this.count - 1));
    e.preventDefault();
    e.stopPropagation();
  }

  click(e, open) {
    const row = e.target.closest(".list-row");
    if (!row || e.target.closest("button, a")) return;
    const i = Number(row.dataset.index);
    if (open) this.onopen?.(i);
    else this.select(i);
  }
}
