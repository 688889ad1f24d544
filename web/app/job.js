// The page of one run: how it goes on, and what has come out.

import { h, s, button } from "./dom.js";
import { Problem, cancelJob, follow, getJob, getRequest, getView } from "./api.js";
import { traceOptions } from "./options.js";
import { proofView } from "./proof.js";
import { count, duration, facts, failed, isOpen, statusTag } from "./status.js";
import { tracesView } from "./trace.js";

export function jobPage(main, { match }) {
  const page = new JobPage(main, match[1]);
  page.load();
  return () => page.ended.abort();
}

class JobPage {
  constructor(main, id) {
    Object.assign(this, { main, id, ended: new AbortController(), request: getRequest(id), rates: [[0, 0]] });
    this.request.catch(() => {}); // who needs it says so
    this.body = h("div.column");
    this.title = h("h1", "Run");
    this.status = h("span");
    this.tools = h("div.bar");
    main.append(h("div.head", h("div.title", this.title, this.status), this.tools), this.body);
  }

  async load() {
    try {
      const job = await getJob(this.id);
      this.request.then(r => { this.title.textContent = r.root_module?.replace(/\.tla$/, "") ?? r.model_name; document.title = `${this.title.textContent} – lemma`; }).catch(() => {});
      if (isOpen(job.status)) await this.watch(job);
      else await this.show(job);
    } catch (err) {
      if (!this.ended.signal.aborted) this.body.replaceChildren(failed(err));
    }
  }

  // watch shows how the run goes on, until its result has come.
  async watch(job) {
    const message = h("p.progress-message", { role: "status" }, job.message), figures = h("div"), chart = h("div.chart");
    this.status.replaceChildren(statusTag(job.status));
    this.tools.replaceChildren(button("Cancel", () => cancelJob(this.id).catch(err => this.body.append(failed(err)))));
    this.body.replaceChildren(h("section.card", { "aria-label": "Progress" }, h("div.pulse"), message, figures, chart));
    const hear = (event, data) => {
      if (event === "status") this.status.replaceChildren(statusTag(data.status));
      if (event !== "progress") return;
      message.textContent = data.message;
      figures.replaceChildren(facts([["Engine", data.engine], ["Time", duration(data.elapsed_ms)],
        ["States generated", data.states_explored && count(data.states_explored)], ["Distinct", data.distinct_states && count(data.distinct_states)],
        ["To be looked at", data.states_left && count(data.states_left)], ["Depth", data.depth]]));
      this.draw(chart, data);
    };
    while (isOpen(job.status)) {
      try {
        await follow(this.id, hear, this.ended.signal);
        job = await getJob(this.id);
      } catch (err) {
        if (this.ended.signal.aborted || err instanceof Problem && err.status < 500) throw err;
        message.textContent = "The server does not answer; trying again …";
        await new Promise(again => setTimeout(again, 2000));
      }
    }
    return this.show(job);
  }

  // draw shows how the number of states has grown.
  draw(chart, data) {
    if (!data.states_explored) return;
    this.rates.push([data.elapsed_ms, data.states_explored]);
    if (this.rates.length < 3) return;
    const [endTime, most] = this.rates.at(-1);
    const points = this.rates.map(([t, n]) => `${(t / endTime * 300).toFixed(1)},${(60 - n / most * 56).toFixed(1)}`).join(" ");
    chart.replaceChildren(s("svg", { viewBox: "0 0 300 62", "aria-hidden": "true" }, s("polyline", { points })));
  }

  // show shows the result.
  async show(result) {
    const view = await getView(this.id);
    if (this.ended.signal.aborted) return;
    this.title.textContent = result.spec || this.title.textContent;
    this.status.replaceChildren(statusTag(result.status));
    this.tools.replaceChildren(
      h("a.as-button", { href: `#/edit?job=${this.id}` }, "Edit and run again"),
      h("a.as-button", { href: `#/hand?job=${this.id}` }, "By hand"),
      h("a.as-button", { href: `#/graph?job=${this.id}` }, "State graph"),
      h("a.as-button", { href: `#/compare?a=${this.id}` }, "Compare"));
    this.body.replaceChildren(...this.sections(result, view).filter(Boolean));
  }

  sections(result, view) {
    return [
      h("div.verdict", h("p.headline", result.message), this.figures(result)),
      result.error && this.error(result.error),
      view.traces.length ? tracesView(view.traces, trace => traceOptions(trace, this.request)) : null,
      (result.proofs || result.lemmas) && proofView(result.proofs ?? [], result.lemmas ?? []),
      this.list("What the verdict rests on", result.notes),
      this.coverage(result.coverage),
      this.parts(result.parts),
      this.warnings(result.warnings),
    ];
  }

  figures(r) {
    return facts([["Engine", r.engine], ["Time", duration(r.duration_ms)], ["States generated", r.states_explored && count(r.states_explored)],
      ["Distinct", r.distinct_states && count(r.distinct_states)], ["Left", r.states_left && count(r.states_left)], ["Depth", r.depth],
      ["Bound", r.bound === undefined ? null : `${r.bound} steps`], ["Solver", r.solver]]);
  }

  error(e) {
    return h("section.card", { "aria-label": "Error" }, [e, ...e.more ?? []].map(d => h("div.diagnostic",
      h("p", d.code && h("span.tag.bad", d.code), " ", d.message, d.at && h("span.quiet.mono", ` ${d.at}`)),
      d.snippet && h("pre", d.snippet), d.hint && h("p.quiet", d.hint),
      d.related?.map(r => h("p.quiet", r.at && h("span.mono", `${r.at}: `), r.message)))));
  }

  list(title, items) {
    return items?.length ? h("section", h("h2", title), h("ul.plain-list", items.map(i => h("li", i)))) : null;
  }

  warnings(items) {
    return items?.length ? h("section", h("h2", "Warnings"), h("ul.plain-list", items.map(w => h("li", h("span.tag.warn", w.code), " ", h("span.mono.quiet", w.at), " ", w.message)))) : null;
  }

  coverage(items) {
    if (!items?.length) return null;
    return h("section", h("h2", "Actions"), h("table.plain",
      h("thead", h("tr", h("th", { scope: "col" }, "Action"), h("th", { scope: "col" }, "Place"), h("th.figure", { scope: "col" }, "States generated"), h("th.figure", { scope: "col" }, "distinct"))),
      h("tbody", items.map(c => h("tr", h("td.mono", c.action), h("td.mono.quiet", c.location ?? c.at), h("td.figure", count(c.generated ?? 0)), h("td.figure", c.distinct === undefined ? "" : count(c.distinct)))))));
  }

  parts(items) {
    if (!items?.length) return null;
    return h("section", h("h2", "Parts"), h("table.plain",
      h("thead", h("tr", ["Part", "Worker", "Status", "Time"].map(t => h("th", { scope: "col" }, t)))),
      h("tbody", items.map(p => h("tr", h("td", p.name), h("td.mono.quiet", p.worker ?? ""), h("td", p.status ? statusTag(p.status) : "not needed", p.message && ` ${p.message}`), h("td", duration(p.duration_ms)))))));
  }
}
