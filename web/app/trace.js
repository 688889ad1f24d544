// The view of one behaviour: its steps, and the state that is chosen, with what
// the step to it changed; a lasso with its loop; and the steps by process.

import { h, button, choice, newId, onlyHeard, select, typing } from "./dom.js";
import { at, draw, same, text } from "./value.js";
import { List } from "./list.js";
import { lasso } from "./lasso.js";
import { sequence } from "./sequence.js";
import { whyFalse, whyForEver, whyStep } from "./why.js";

// statesOf are the states of a trace, each a Map from variable to value. A trace
// has of each state only what is new in it.
export function statesOf(trace, field = "values") {
  let last = new Map();
  return trace.steps.map(step => {
    const now = new Map(last);
    for (const [name, value] of Object.entries(step[field] ?? {})) value === null ? now.delete(name) : now.set(name, value);
    return last = now;
  });
}

export class TraceView {
  // evaluate(expression) promises a value, or an Error, for each step; explore(i)
  // goes on by hand from state i; source(place) shows where an action stands. Each
  // may be missing.
  constructor(trace, { evaluate, explore, source } = {}) {
    Object.assign(this, { trace, evaluate, explore, source, at: -1, onlyChanges: false, process: "", filter: "", watched: [], rows: new Map() });
    this.states = statesOf(trace);
    this.hasAlias = trace.steps.some(s => s.alias);
    if (this.hasAlias) this.aliases = statesOf(trace, "alias");
    this.shown = this.hasAlias ? this.aliases : this.states;
    this.list = new List({
      label: "Steps", count: trace.steps.length, row: i => this.row(i), onselect: i => this.show(i),
    });
    this.panel = h("div.state", { tabindex: 0, role: "region", "aria-label": "State" });
    this.lasso = trace.loop || trace.stuttering ? lasso(trace, i => this.go(i)) : null;
    this.sequenceBox = h("div.sequence-box", { hidden: true });
    this.body = h("div.trace-body", h("div.steps", this.list.element, this.ending()), this.sequenceBox, this.panel);
    this.element = h("section.trace", { "aria-label": "Behaviour" }, this.bar(), this.lasso?.element, this.body, whyForEver(this.trace.explanation));
    this.listen();
    this.go(this.startsAt());
  }

  // listen takes the keys that are pressed in the view, and those that no other part
  // of the page has the focus for, for as long as the view is there.
  listen() {
    const ended = new AbortController();
    document.addEventListener("keydown", e => {
      if (!this.element.isConnected) ended.abort();
      else if (e.target.contains(this.element) || this.element.contains(e.target)) this.key(e);
    }, { signal: ended.signal });
  }

  // startsAt is the step to begin with: the last one, which is wrong, or the loop's first.
  startsAt() {
    return this.trace.loop ? this.trace.loop - 1 : this.trace.steps.length - 1;
  }

  bar() {
    const bar = h("div.bar");
    if (this.trace.processes.length) {
      this.tabs = choice("View", [["states", "States"], ["sequence", "By process"]], "states", key => this.turn(key));
      bar.append(this.tabs);
    }
    if (this.hasAlias) {
      bar.append(choice("Shown", [["alias", "Alias"], ["variables", "Variables"]], "alias", key => {
        this.shown = key === "alias" ? this.aliases : this.states;
        this.show(this.at);
      }));
    }
    this.changesBox = h("input", { type: "checkbox", onchange: () => { this.onlyChanges = this.changesBox.checked; this.show(this.at); } });
    bar.append(h("label.check", this.changesBox, "Only changes"));
    if (this.trace.processes.length) {
      const names = this.trace.processes.map(text);
      bar.append(select("Process", [["", "all"], ...names.map((n, i) => [String(i), n])], "", v => { this.process = v; this.show(this.at); }));
    }
    bar.append(h("input.filter", {
      type: "search", placeholder: "Filter variables", "aria-label": "Filter variables",
      oninput: e => { this.filter = e.target.value.toLowerCase(); this.show(this.at); },
    }));
    if (this.evaluate) bar.append(this.watchField());
    return bar;
  }

  watchField() {
    const input = h("input.mono", { placeholder: "Evaluate at each state …", "aria-label": "Expression to evaluate at each state", spellcheck: "false", autocapitalize: "off" });
    return h("form.watch", {
      onsubmit: e => {
        e.preventDefault();
        if (input.value.trim()) this.watch(input.value.trim());
        input.value = "";
      },
    }, input);
  }

  // watch evaluates an expression at every state and shows it with the variables.
  async watch(expression) {
    const w = { expression, values: null };
    this.watched.push(w);
    this.show(this.at);
    try {
      w.values = await this.evaluate(expression);
    } catch (err) {
      w.values = this.trace.steps.map(() => err);
    }
    this.show(this.at);
  }

  row(i) {
    const step = this.trace.steps[i];
    const { loop, stuttering, steps } = this.trace;
    const inLoop = loop && i >= loop - 1, last = i === steps.length - 1;
    const gutter = loop || stuttering ? h("span.gutter") : null;
    if (inLoop) gutter.classList.add("in-loop");
    if (loop === i + 1) gutter.classList.add("loop-first");
    if (inLoop && last || stuttering && last) gutter.classList.add("loop-last");
    const row = [gutter, h("span.number", i + 1), h("span.action", { title: step.action }, actionName(step.action))];
    if (loop === i + 1) row.push(h("span.tag", "loop"));
    if (last && this.trace.kind === "invariant") row.push(h("span.tag.bad", "violated"));
    return row;
  }

  // ending says below the steps how the behaviour goes on.
  ending() {
    const { loop, stuttering } = this.trace;
    if (stuttering) return h("p.ending", "↻ stutters for ever in the last state");
    if (loop) return h("p.ending", "↻ ", button(`back to step ${loop}`, () => this.go(loop - 1), { class: "link" }), ", and so on for ever");
    return null;
  }

  // go chooses step i.
  go(i) { this.list.select(Math.min(Math.max(i, 0), this.trace.steps.length - 1)); }

  show(i) {
    const fresh = i !== this.at;
    this.at = i;
    const step = this.trace.steps[i];
    this.panel.replaceChildren(
      h("header.state-head",
        h("h3", h("span.quiet", `State ${i + 1}`), " ", h("span.mono", step.action)),
        h("div.state-tools", this.placeOf(step), this.explore && button("Explore from here", () => this.explore(i), { class: "quiet" }))),
      this.table(i),
      whyStep(this.trace.explanation, i) ?? "",
      ...i === this.trace.steps.length - 1 ? whyFalse(this.trace.explanation).filter(Boolean) : []);
    if (fresh) {
      this.panel.scrollTop = 0;
      this.lasso?.mark(i);
      this.sequence?.mark(i);
    }
  }

  placeOf(step) {
    if (!step.place) return null;
    return this.source ? button(step.place, () => this.source(step.place), { class: "link mono" }) : h("span.quiet.mono", step.place);
  }

  // table has the variables of state i and the expressions that are watched.
  table(i) {
    const body = h("tbody");
    for (const [name, value] of this.shown[i]) {
      const row = this.variable(name, value, i ? this.shown[i - 1].get(name) : undefined, i > 0);
      if (row) body.append(row);
    }
    for (const w of this.watched) body.append(this.watchRow(w, i));
    if (!body.children.length) body.append(h("tr", h("td.quiet", { colspan: 2 }, this.onlyChanges ? "Nothing changes in this step." : "No variable fits.")));
    return h("table.vars", h("thead.heard", h("tr", h("th", { scope: "col" }, "Variable"), h("th", { scope: "col" }, "Value"))), body);
  }

  variable(name, value, old, compare) {
    if (this.filter && !name.toLowerCase().includes(this.filter)) return null;
    if (this.process !== "") {
      const p = this.trace.processes[Number(this.process)];
      const own = at(value, p);
      if (own !== undefined) [name, value, old] = [`${name}[${text(p)}]`, own, old === undefined ? undefined : at(old, p)];
    }
    const changed = compare && !same(value, old);
    if (this.onlyChanges && compare && !changed) return null;
    if (changed) return this.drawVariable(name, value, old, true, true);
    const kept = this.rows.get(name); // most rows are those of the state before
    if (kept && same(kept.value, value)) return kept.row;
    const row = this.drawVariable(name, value, undefined, false, false);
    this.rows.set(name, { value, row });
    return row;
  }

  drawVariable(name, value, old, compare, changed) {
    return h(changed ? "tr.changed" : "tr",
      h("th", { scope: "row" }, name, changed && onlyHeard(" changed")),
      h("td", compare && old === undefined ? h("ins", draw(value)) : draw(value, compare ? old : undefined)));
  }

  watchRow(w, i) {
    const drop = button("×", () => { this.watched.splice(this.watched.indexOf(w), 1); this.show(this.at); }, { class: "drop", "aria-label": `Remove ${w.expression}` });
    const value = w.values?.[i], old = i ? w.values?.[i - 1] : undefined;
    const comparable = i > 0 && !(value instanceof Error) && !(old instanceof Error) && old !== undefined;
    const changed = comparable && !same(value, old);
    return h(changed ? "tr.watched.changed" : "tr.watched",
      h("th", { scope: "row" }, drop, w.expression),
      h("td", w.values === null ? h("span.quiet", "…")
        : value instanceof Error ? h("span.wrong", value.message) : draw(value, comparable ? old : undefined)));
  }

  // turn shows the states, or the steps by process.
  turn(key) {
    const bySequence = key === "sequence";
    if (bySequence && !this.sequence) {
      this.sequence = sequence(this.trace, this.states, i => this.go(i));
      this.sequenceBox.append(this.sequence.element);
    }
    this.sequenceBox.hidden = !bySequence;
    this.body.classList.toggle("by-process", bySequence);
    if (bySequence) this.sequence.mark(this.at);
    this.list.later();
  }

  key(e) {
    if (typing(e)) return;
    const moves = { ArrowRight: 1, j: 1, n: 1, ArrowLeft: -1, k: -1, p: -1 };
    if (e.key in moves) this.go(this.at + moves[e.key]);
    else if (e.key === "Home") this.go(0);
    else if (e.key === "End") this.go(this.trace.steps.length - 1);
    else if (e.key === "c") this.changesBox.click();
    else if (e.key === "s" && this.tabs) this.tabs.choose(this.sequenceBox.hidden ? "sequence" : "states");
    else return;
    e.preventDefault();
  }
}

// actionName is the action with its arguments quieter than its name.
export function actionName(action) {
  const open = action.indexOf("(");
  return open < 0 ? action : [action.slice(0, open), h("span.args", action.slice(open))];
}

// A trace that is chosen among several has its own view.
export function tracesView(traces, options) {
  if (traces.length === 1) {
    const [trace] = traces, told = ["cti", "error", "witness"].includes(trace.kind); // else the verdict says it
    return h("div.traces", told && h("p", trace.title), new TraceView(trace, options(trace)).element);
  }
  const box = h("div.trace-place");
  const id = newId("traces");
  const show = i => {
    const view = new TraceView(traces[i], options(traces[i]));
    box.replaceChildren(view.element);
  };
  const menu = h("select", { id, onchange: () => show(menu.selectedIndex) }, traces.map((t, i) => h("option", { value: i }, t.title)));
  show(0);
  return h("div.traces", h("div.bar", h("label.field", { for: id }, h("span", "Trace"), menu)), box);
}
