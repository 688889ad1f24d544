// The page that --trace-out writes: one result, without a server.

import { h } from "./dom.js";
import { tracesView } from "./trace.js";

const view = JSON.parse(document.getElementById("view").textContent);

document.body.append(h("main.page",
  h("header", h("h1", view.spec), h("p", view.headline)),
  tracesView(view.traces, () => ({})),
  h("footer", view.summary, view.version && ` · lemma ${view.version}`, h("span", " · ← → or j k: steps, Home End, c: only changes, s: by process"))));
