// The page that --trace-out writes: one result, without a server.

import { h } from "./dom.js";
import { tracesView } from "./trace.js";
import { proofView } from "./proof.js";

const view = JSON.parse(document.getElementById("view").textContent);
const keys = " · ← → or j k: steps, Home End, c: only changes, s: by process";

document.body.append(h("main.page",
  h("header", h("h1", view.spec), h("p", view.headline)),
  view.traces.length ? tracesView(view.traces, () => ({})) : null,
  view.proofs || view.lemmas ? proofView(view.proofs ?? [], view.lemmas ?? []) : null,
  view.notes ? h("section", h("h2", "What the verdict rests on"), h("ul.plain-list", view.notes.map(n => h("li", n)))) : null,
  h("footer", view.summary, view.version && ` · lemma ${view.version}`, view.traces.length ? h("span", keys) : null)));
