// An editor for specs: a textarea, which edits as the browser does, and below its
// text, which is transparent, the same text in colours, with what is wrong in it
// underlined. Only the lines in sight are drawn.

import { h, newId } from "./dom.js";
import { languageOf, line, start, tokens } from "./tla.js";

const lineHeight = 21; // pixels; the style sheet has it, too

export class Editor {
  // oninput hears of each change; readonly editors show.
  constructor({ label, oninput, readonly }) {
    Object.assign(this, { oninput, marks: [], states: [start], lines: [""], language: "tla" });
    const hint = newId("hint");
    this.area = h("textarea", {
      "aria-label": label, "aria-describedby": hint, spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", readonly,
      oninput: () => { this.changed(); this.oninput?.(this.area.value); },
      onkeydown: e => this.key(e),
    });
    this.area.addEventListener("scroll", () => this.draw(), { passive: true });
    this.code = h("div.code-lines", { "aria-hidden": "true" });
    this.numbers = h("div.code-numbers", { "aria-hidden": "true" });
    this.hint = h("span.heard", { id: hint });
    this.element = h("div.editor", this.numbers, h("div.code-pane", this.code, this.area), this.hint);
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  get text() { return this.area.value; }

  // open shows another text.
  open(name, text) {
    this.language = languageOf(name);
    this.area.value = text;
    this.area.scrollTop = this.area.scrollLeft = 0;
    this.area.setSelectionRange(0, 0);
    this.marks = [];
    this.lines = [];
    this.states = [start];
    this.changed();
  }

  // changed takes the text apart again, from the first line that is another.
  changed() {
    const lines = this.area.value.split("\n");
    let first = 0;
    while (first < lines.length && lines[first] === this.lines[first]) first++;
    this.lines = lines;
    this.states.length = Math.min(this.states.length, first + 1);
    this.draw();
  }

  // stateAt is the state in front of a line.
  stateAt(n) {
    for (let i = this.states.length; i <= n; i++) this.states.push(tokens(this.lines[i - 1], this.states[i - 1], this.language).state);
    return this.states[n];
  }

  // mark underlines: each {line, column, end_line, end_column, severity}, from 1.
  mark(marks) {
    this.marks = marks;
    const wrong = marks.filter(m => m.severity === "error").length;
    this.hint.textContent = marks.length ? `${wrong} errors, ${marks.length - wrong} warnings; F8 goes to the next` : "";
    this.draw();
  }

  marksOf(n) {
    return this.marks.filter(m => m.line <= n + 1 && n + 1 <= (m.end_line || m.line)).map(m => {
      const from = m.line === n + 1 ? m.column - 1 : 0;
      const to = m.end_line === n + 1 ? m.end_column - 1 : this.lines[n].length;
      return [from, Math.max(to, from + 1), m.severity];
    });
  }

  draw() {
    const { scrollTop, scrollLeft, clientHeight } = this.area;
    const first = Math.floor(scrollTop / lineHeight);
    const last = Math.min(this.lines.length, Math.ceil((scrollTop + clientHeight) / lineHeight) + 1);
    const rows = [], numbers = [];
    for (let n = first; n < last; n++) {
      const marks = this.marksOf(n);
      const { list } = tokens(this.lines[n], this.stateAt(n), this.language);
      rows.push(h("div.code-line", line(list, marks)));
      const worst = marks.some(m => m[2] === "error") ? "error" : marks.length ? "warning" : "";
      numbers.push(h(worst ? `div.code-number.${worst}` : "div.code-number", n + 1));
    }
    const shift = `translate(${-scrollLeft}px, ${first * lineHeight - scrollTop}px)`;
    this.code.style.transform = shift;
    this.numbers.style.transform = `translateY(${first * lineHeight - scrollTop}px)`;
    this.code.replaceChildren(...rows);
    this.numbers.replaceChildren(...numbers);
  }

  // goTo puts the cursor to a place, from 1, and shows it.
  goTo(lineNumber, column = 1) {
    const n = Math.min(Math.max(lineNumber, 1), this.lines.length) - 1;
    const offset = this.lines.slice(0, n).reduce((sum, l) => sum + l.length + 1, 0) + column - 1;
    this.area.focus();
    this.area.setSelectionRange(offset, offset);
    this.area.scrollTop = Math.max(0, n * lineHeight - this.area.clientHeight / 3);
  }

  // key: Enter keeps the indentation, F8 goes to the next message. Tab leaves the
  // editor, as it leaves every field.
  key(e) {
    if (e.key === "Enter" && !e.ctrlKey && !e.metaKey && !this.area.readOnly) {
      const before = this.area.value.slice(0, this.area.selectionStart);
      const indent = /[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))[0];
      if (!indent) return;
      e.preventDefault();
      document.execCommand("insertText", false, "\n" + indent); // as if typed: it can be undone
    } else if (e.key === "F8" && this.marks.length) {
      e.preventDefault();
      const here = this.area.value.slice(0, this.area.selectionStart).split("\n").length;
      const next = this.marks.find(m => m.line > here) ?? this.marks[0];
      this.goTo(next.line, next.column);
    }
  }
}
