// Exploring by hand: choose an initial state, look at the steps that lead on, take
// one, go back.

import { h, button, typing } from "./dom.js";
import { explore, getRequest } from "./api.js";
import { loadDraft, loadStart } from "./draft.js";
import { List } from "./list.js";
import { showSource } from "./source.js";
import { stateTable } from "./statetable.js";
import { failed } from "./status.js";
import { actionName } from "./trace.js";
import { draw } from "./value.js";

export function handPage(main, { params }) {
  const page = new HandPage(main);
  page.begin(params);
  return () => page.leave();
}

class HandPage {
  constructor(main) {
    Object.assign(this, { main, path: [], steps: [], watched: [] });
    this.trail = new List({ label: "Path", row: i => this.trailRow(i), onselect: i => this.back(i), count: 0 });
    this.next = new List({ label: "Steps", row: i => this.stepRow(i), onselect: i => this.look(i), onopen: i => this.take(i), count: 0, height: 46 });
    this.panel = h("div.state", { tabindex: 0, role: "region", "aria-label": "State" });
    this.note = h("div");
    this.heading = h("h2", "Initial states");
    const input = h("input.mono", { placeholder: "Evaluate …", "aria-label": "Expression to evaluate", spellcheck: "false", autocapitalize: "off" });
    main.append(
      h("div.head", h("h1", "By hand"), h("div.bar",
        h("form.watch", { onsubmit: e => { e.preventDefault(); if (input.value.trim()) this.watch(input.value.trim()); input.value = ""; } }, input),
        button("Back", () => this.back(this.path.length - 2), { title: "Backspace" }), button("Begin again", () => this.back(-1)))),
      this.note,
      h("div.hand-body",
        h("section.hand-path", h("h2", "Path"), this.trail.element),
        h("section.hand-next", this.heading, this.next.element),
        this.panel));
    document.addEventListener("keydown", this.onkey = e => this.key(e));
  }

  leave() { document.removeEventListener("keydown", this.onkey); }

  async begin(params) {
    try {
      const start = params.get("job") ? null : loadStart();
      this.job = start?.job ?? (params.get("job") ? await getRequest(params.get("job")) : loadDraft());
      if (!this.job) throw new Error("There is no spec to explore: write one, or choose a run.");
      this.path = start?.path ?? [];
      await this.ask();
    } catch (err) {
      this.note.replaceChildren(failed(err));
    }
  }

  // ask asks for the steps from the last state of the path.
  async ask() {
    const here = this.path.at(-1);
    const answer = await (here ? explore("successors", { job: this.job, state: here.state, level: this.path.length }) : explore("initial", { job: this.job }));
    this.steps = answer.steps ?? [];
    this.heading.textContent = here ? `Steps from state ${this.path.length}` : "Initial states";
    this.note.replaceChildren(
      answer.problem ? failed(answer.problem) : "",
      answer.more ? h("p.quiet", `Only the first ${this.steps.length} are shown.`) : "",
      !answer.problem && !this.steps.length ? h("p.quiet", here ? "No step leads on: a deadlock, unless it is the end." : "No state satisfies Init.") : "");
    this.trail.resize(this.path.length);
    this.trail.select(this.path.length - 1, true);
    this.next.selected = -1;
    this.next.resize(this.steps.length);
    this.panel.replaceChildren();
    if (this.steps.length) this.next.select(0);
    else this.showState();
    this.next.element.focus();
  }

  trailRow(i) {
    return [h("span.number", i + 1), h("span.action", { title: this.path[i].action }, actionName(this.path[i].action))];
  }

  stepRow(i) {
    const s = this.steps[i], here = this.path.length > 0;
    return h("div.step", h("div.step-line", h("span.action", { title: s.action }, actionName(s.action)),
      s.violated?.map(v => h("span.tag.bad", v)), s.outside && h("span.tag.warn", `outside ${s.outside}`)),
      h("div.quiet.step-changes", !here ? `initial state ${i + 1}` : s.changed.length ? `changes ${s.changed.join(", ")}` : "changes nothing"));
  }

  // look shows the state that a step leads to.
  look(i) {
    const s = this.steps[i];
    this.panel.replaceChildren(
      h("header.state-head", h("h3", h("span.quiet", this.path.length ? `State ${this.path.length + 1} would be` : "It would begin in"), " ", h("span.mono", s.action)),
        h("div.state-tools",
          s.place && button(s.place, () => showSource(this.job.modules ?? {}, s.place), { class: "link mono" }),
          button("Take this step", () => this.take(i), { class: "first" }))),
      stateTable(s.state, this.path.at(-1)?.state, this.watchRows(s.state)));
  }

  // showState shows the state at the end of the path, where no step leads on.
  showState() {
    const here = this.path.at(-1);
    if (here) this.panel.replaceChildren(h("header.state-head", h("h3", h("span.quiet", `State ${this.path.length}`), " ", h("span.mono", here.action))), stateTable(here.state, this.path.at(-2)?.state, this.watchRows(here.state)));
  }

  take(i) {
    const { action, place, state } = this.steps[i];
    this.path.push({ action, place, state });
    this.ask().catch(err => this.note.replaceChildren(failed(err)));
  }

  // back makes state i, from 0, the last of the path; -1 for none.
  back(i) {
    if (i >= this.path.length - 1 && i >= 0) return;
    this.path.length = Math.max(0, i + 1);
    this.ask().catch(err => this.note.replaceChildren(failed(err)));
  }

  watch(expression) {
    this.watched.push(expression);
    this.again();
  }

  again() { this.next.selected >= 0 ? this.look(this.next.selected) : this.showState(); }

  // watchRows are the expressions that are watched, in a state; values come later.
  watchRows(state) {
    return this.watched.map(expression => {
      const value = h("td", h("span.quiet", "…"));
      const drop = button("×", () => { this.watched = this.watched.filter(w => w !== expression); this.again(); }, { class: "drop", "aria-label": `Remove ${expression}` });
      explore("evaluate", { job: this.job, expression, states: [state] }).then(a => {
        const first = a.values?.[0];
        value.replaceChildren(a.problem || first.error ? h("span.wrong", a.problem?.message ?? first.error) : draw(first.value));
      }, err => value.replaceChildren(h("span.wrong", err.message)));
      return h("tr.watched", h("th", { scope: "row" }, drop, expression), value);
    });
  }

  key(e) {
    if (typing(e) || e.key !== "Backspace" || document.querySelector("dialog[open]")) return;
    e.preventDefault();
    this.back(this.path.length - 2);
  }
}
