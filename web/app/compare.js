// Two runs beside each other: what they say, and where their behaviours part.

import { h, select } from "./dom.js";
import { getJob, getView, listJobs } from "./api.js";
import { List } from "./list.js";
import { count, duration, failed, isOpen, statusTag } from "./status.js";
import { actionName, statesOf } from "./trace.js";
import { draw, same } from "./value.js";

export function comparePage(main, { params }) {
  const body = h("div.column"), pickers = h("div.bar");
  main.append(h("div.head", h("h1", "Compare two runs"), pickers), body);
  let gone = false;

  const go = (a, b) => { location.hash = `#/compare?a=${a}&b=${b}`; };

  async function load() {
    const a = params.get("a") ?? "", b = params.get("b") ?? "";
    const { jobs } = await listJobs(0, 100);
    const items = [["", "choose …"], ...jobs.filter(j => !isOpen(j.status)).map(j => [j.job_id, `${j.spec || "?"} · ${j.status.toLowerCase().replaceAll("_", " ")} · ${j.job_id.slice(-6)}`])];
    if (gone) return;
    pickers.append(select("A", items, a, v => go(v, b)), select("B", items, b, v => go(a, v)));
    if (!a || !b) { body.append(h("p.quiet", "Choose two runs that have ended: of one spec before and after a change, say, or by two engines.")); return; }
    const sides = await Promise.all([a, b].map(async id => ({ id, result: await getJob(id), view: await getView(id) })));
    if (!gone) body.append(summary(sides), ...traces(sides));
  }
  load().catch(err => body.replaceChildren(failed(err)));
  return () => { gone = true; };
}

const rows = [
  ["Spec", r => r.spec], ["Status", r => statusTag(r.status), r => r.status], ["Verdict", r => r.message], ["Engine", r => r.engine],
  ["States generated", r => r.states_explored === undefined ? "" : count(r.states_explored)], ["Distinct states", r => r.distinct_states === undefined ? "" : count(r.distinct_states)],
  ["Depth", r => r.depth ?? ""], ["Bound", r => r.bound ?? ""], ["Steps of the behaviour", r => r.error_trace?.length ?? ""],
  ["Lemmas", r => r.lemmas?.length ?? ""], ["Time", r => duration(r.duration_ms)],
];

function summary(sides) {
  const results = sides.map(s => s.result);
  return h("table.plain.compare", h("thead", h("tr", h("th", { scope: "col" }, h("span.heard", "What")), sides.map((s, i) => h("th", { scope: "col" }, h("a", { href: `#/job/${s.id}` }, `${"AB"[i]}  `, h("span.mono", s.id)))))),
    h("tbody", rows.map(([name, shown, key = shown]) => {
      const [a, b] = results.map(key);
      if (a === "" && b === "") return null;
      return h(String(a) === String(b) ? "tr" : "tr.differs", h("th", { scope: "row" }, name), results.map(r => h("td", shown(r))));
    })));
}

// traces has the steps of both behaviours, row by row, and the state that is chosen
// in each.
function traces(sides) {
  const [a, b] = sides.map(s => s.view.traces[0]);
  if (!a || !b) return a || b ? [h("p.quiet", `Only ${a ? "A" : "B"} has a behaviour to show.`)] : [];
  const states = [a, b].map(t => statesOf(t));
  const length = Math.max(a.steps.length, b.steps.length);
  const vars = [...new Set([...a.vars, ...b.vars])];
  const parted = firstDifference(states, vars, length);
  const cell = (t, i) => i < t.steps.length ? h("span.action", { title: t.steps[i].action }, actionName(t.steps[i].action)) : h("span.action.quiet", "–");
  const panel = h("div.state", { tabindex: 0, role: "region", "aria-label": "States" });
  const list = new List({
    label: "Steps of A and B", count: length, onselect: show,
    row: i => [h("span.number", i + 1), cell(a, i), cell(b, i), i === parted && h("span.tag.warn", "they part here")],
  });
  function show(i) {
    const [s, t] = states.map(all => all[i]);
    panel.replaceChildren(h("header.state-head", h("h3", `State ${i + 1}`)),
      h("table.vars.pair", h("thead", h("tr", h("th", { scope: "col" }, "Variable"), h("th", { scope: "col" }, "A"), h("th", { scope: "col" }, "B"))),
        h("tbody", vars.map(name => {
          const [v, w] = [s?.get(name), t?.get(name)];
          const differs = s && t && !same(v, w);
          return h(differs ? "tr.changed" : "tr", h("th", { scope: "row" }, name), h("td", v === undefined ? "–" : draw(v, undefined, 56)), h("td", w === undefined ? "–" : draw(w, differs && v !== undefined ? v : undefined, 56)));
        }))));
  }
  list.select(parted < length ? parted : 0);
  return [h("h2", "Behaviours"), h("p.quiet", parted === length ? "They are the same." : parted === 0 ? "They part in the first state." : `They are the same for ${parted} states.`),
    h("div.trace-body.compare-body", h("div.steps", list.element), panel)];
}

function firstDifference([s, t], vars, length) {
  for (let i = 0; i < length; i++) {
    if (i >= s.length || i >= t.length || vars.some(v => !same(s[i].get(v), t[i].get(v)))) return i;
  }
  return length;
}
