// The page on which a spec is written, and submitted: its files, what is wrong in
// them as one types, and how it is to be checked.

import { h, button, select } from "./dom.js";
import { explore, getRequest, model, models, submit } from "./api.js";
import { loadDraft, saveDraft, saveStart } from "./draft.js";
import { Editor } from "./editor.js";
import { failed } from "./status.js";

const empty = {
  modules: {
    "Counter.tla": "---- MODULE Counter ----\nEXTENDS Naturals\nCONSTANT Max\nVARIABLE n\n\nInit == n = 0\nUp == n < Max /\\ n' = n + 1\nDown == n > 0 /\\ n' = n - 1\nNext == Up \\/ Down\n\nSmall == n < 3\n====\n",
    "Counter.cfg": "CONSTANT Max = 5\nINIT Init\nNEXT Next\nINVARIANT Small\n",
  },
  root_module: "Counter",
};

// The settings of a job that have a field here: [key, label, kind, hint, engines].
const settings = [
  ["depth", "Depth", "number", "steps; 10 for bmc, 100 for simulate", ["bmc", "simulate"]],
  ["k", "k", "number", "largest k of the induction; 5", ["induct"]],
  ["timeout_seconds", "Time limit", "number", "seconds", null],
  ["worker_threads", "Threads", "number", "all cores", null],
  ["any", "Arbitrary constants", "list", "for every value", null],
  ["invariants", "Invariants", "list", "as the config", null],
  ["properties", "Properties", "list", "as the config", null],
];

export function editPage(main, { params }) {
  const page = new EditPage(main);
  page.begin(params);
  return () => page.leave();
}

class EditPage {
  constructor(main) {
    this.main = main;
    this.editor = new Editor({ label: "Text of the file", oninput: text => { this.job.modules[this.file] = text; this.later(); } });
    this.tabs = h("div.files", { role: "tablist", "aria-label": "Files" });
    this.messages = h("div.messages", { "aria-live": "polite" });
    this.fields = h("div.fields");
    this.problem = h("div");
    this.run = button("Run", () => this.submit(), { class: "first", title: "Ctrl+Enter" });
    this.upload = h("input", { type: "file", multiple: true, accept: ".tla,.cfg", class: "heard", tabindex: -1, "aria-label": "Files from this computer", onchange: () => this.read() });
    main.append(
      h("div.head", h("h1", "New run"),
        h("div.bar",
          this.bundled = h("select", { "aria-label": "Bundled spec", onchange: () => this.take(this.bundled.value) }, h("option", { value: "" }, "Bundled spec …")),
          button("Open files …", () => this.upload.click()), this.upload,
          button("By hand", () => this.byHand()), button("State graph", () => this.graph()), this.run)),
      h("div.edit-body",
        h("section.edit-main", { "aria-label": "Spec" }, h("div.files-bar", this.tabs, this.adder = h("span")), this.editor.element, this.messages),
        h("aside.edit-side", { "aria-label": "How to check" }, h("h2", "How to check"), this.fields, this.problem)));
    main.addEventListener("keydown", this.onkey = e => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); this.submit(); }
    });
  }

  leave() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.main.removeEventListener("keydown", this.onkey);
    if (this.job) saveDraft(this.job);
  }

  async begin(params) {
    this.listModels();
    try {
      if (params.get("job")) this.open(await getRequest(params.get("job")));
      else if (params.get("model")) await this.take(params.get("model"));
      else this.open(loadDraft() ?? structuredClone(empty));
    } catch (err) {
      this.problem.replaceChildren(failed(err));
      this.open(structuredClone(empty));
    }
  }

  async listModels() {
    const list = await models().catch(() => []);
    this.bundled.append(...list.map(m => h("option", { value: m.model_name, title: m.summary }, m.model_name)));
  }

  // take opens a bundled spec.
  async take(name) {
    if (!name) return;
    const { modules } = await model(name);
    this.open({ modules, root_module: name });
    this.bundled.value = "";
  }

  // read takes files from the user's machine into the job.
  async read() {
    const files = [...this.upload.files];
    const modules = Object.fromEntries(await Promise.all(files.map(async f => [f.name, await f.text()])));
    const roots = files.map(f => f.name).filter(n => n.endsWith(".tla"));
    if (roots.length) {
      const root = roots.find(n => `${n.slice(0, -4)}.cfg` in modules) ?? roots[0];
      this.open({ ...this.job, modules, root_module: root.slice(0, -4), config: undefined });
    } else {
      this.open({ ...this.job, modules: { ...this.job.modules, ...modules } });
    }
    this.upload.value = "";
  }

  // open shows a job.
  open(job) {
    this.job = { explain: true, ...job };
    this.show(`${job.root_module?.replace(/\.tla$/, "")}.tla`);
    this.showFields();
    this.later(0);
  }

  show(name) {
    if (!(name in this.job.modules)) name = Object.keys(this.job.modules)[0];
    this.file = name;
    this.editor.open(name, this.job.modules[name] ?? "");
    this.showTabs();
    this.showMarks();
  }

  showTabs() {
    const names = Object.keys(this.job.modules);
    const tab = name => {
      const here = name === this.file;
      const wrong = this.diagnostics?.filter(d => d.file === name && d.severity === "error").length;
      return h("button", {
        type: "button", role: "tab", "aria-selected": String(here), tabindex: here ? 0 : -1, onclick: () => { this.show(name); },
        onkeydown: e => {
          const to = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
          if (!to) return;
          this.show(names[(names.indexOf(name) + to + names.length) % names.length]);
          this.tabs.querySelector("[aria-selected=true]").focus();
        },
      }, name, wrong ? h("span.tag.bad", wrong) : null);
    };
    const config = `${(this.job.root_module ?? "").replace(/\.tla$/, "")}.cfg`;
    const without = config !== ".cfg" && !names.some(n => n.endsWith(".cfg"));
    this.tabs.replaceChildren(...names.map(tab));
    this.adder.replaceChildren(without ? button(`+ ${config}`, () => { this.job.modules[config] = ""; this.show(config); }, { class: "quiet" }) : "");
  }

  showFields() {
    const engine = select("Engine", ["auto", "explicit", "bmc", "induct", "simulate"].map(e => [e, e]), this.job.engine ?? "auto", value => {
      this.set("engine", value === "auto" ? undefined : value);
      this.showFields();
    });
    const configs = Object.keys(this.job.modules).filter(n => n.endsWith(".cfg"));
    const config = configs.length > 1 && select("Config", [["", "beside the spec"], ...configs.map(c => [c, c])], this.job.config ?? "", value => this.set("config", value || undefined));
    const deadlock = select("Deadlock", [["", "as the config says"], ["true", "is an error"], ["false", "is none"]],
      this.job.deadlock_detection === undefined ? "" : String(this.job.deadlock_detection),
      value => this.set("deadlock_detection", value === "" ? undefined : value === "true"));
    const explain = h("input", { type: "checkbox", onchange: () => this.set("explain", explain.checked) });
    explain.checked = this.job.explain;
    const fits = settings.filter(([, , , , engines]) => !engines || engines.includes(this.job.engine ?? "auto"));
    this.fields.replaceChildren(engine, config || "", deadlock, ...fits.map(s => this.field(s)), h("label.check", explain, "Explain a counterexample"));
  }

  field([key, label, kind, hint]) {
    const list = kind === "list";
    const input = h("input", {
      type: list ? "text" : "number", min: list ? null : 1, placeholder: hint, spellcheck: "false", autocapitalize: "off", class: list ? "mono" : null,
      value: list ? (this.job[key] ?? []).join(", ") : this.job[key] ?? "",
      onchange: () => {
        const text = input.value.trim();
        this.set(key, !text ? undefined : list ? text.split(",").map(t => t.trim()).filter(Boolean) : Number(text));
      },
    });
    return h("label.field", h("span", label), input);
  }

  set(key, value) {
    if (value === undefined) delete this.job[key];
    else this.job[key] = value;
    this.later(0);
  }

  // later asks what is wrong, when nothing has been typed for a moment.
  later(pause = 350) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.diagnose(), pause);
  }

  async diagnose() {
    this.asked?.abort();
    const asked = this.asked = new AbortController();
    saveDraft(this.job);
    try {
      const answer = await explore("diagnose", { job: this.job }, { signal: asked.signal });
      this.diagnostics = [...answer.problem ? [answer.problem] : [], ...answer.diagnostics ?? []];
      this.showMessages(answer.module);
    } catch (err) {
      if (asked.signal.aborted) return;
      this.diagnostics = [];
      this.messages.replaceChildren(failed(err));
    }
    this.showMarks();
  }

  showMarks() {
    this.editor.mark((this.diagnostics ?? []).filter(d => d.file === this.file && d.line));
  }

  showMessages(module) {
    const list = this.diagnostics;
    const items = list.map(d => h("li", h(`span.tag.${d.severity === "error" ? "bad" : "warn"}`, d.code || d.severity), " ",
      d.file in this.job.modules ? button(`${d.file}:${d.line}:${d.column}`, () => this.goTo(d), { class: "link mono" }) : h("span.mono.quiet", d.file && d.file !== "job.json" ? `${d.file}:${d.line}` : ""),
      " ", d.message, d.hint && h("span.quiet", ` – ${d.hint}`)));
    const good = module && h("p.quiet", h("span.tag.good", "no errors"), ` ${module.name}: ${module.variables.length} variables`,
      module.formulas.length ? `, formulas ${module.formulas.slice(0, 12).join(", ")}` : "");
    const wrong = list.some(d => d.severity === "error");
    this.messages.replaceChildren(wrong || !good ? "" : good, h("ul", items));
    this.showTabs();
  }

  goTo(d) {
    if (d.file !== this.file) this.show(d.file);
    this.editor.goTo(d.line, d.column);
  }

  async submit() {
    this.run.disabled = true;
    try {
      saveDraft(this.job);
      const { job_id } = await submit(this.job);
      location.hash = `#/job/${job_id}`;
    } catch (err) {
      this.problem.replaceChildren(failed(err));
    }
    this.run.disabled = false;
  }

  byHand() {
    saveDraft(this.job);
    saveStart(null);
    location.hash = "#/hand";
  }

  graph() {
    saveDraft(this.job);
    location.hash = "#/graph";
  }
}
