// The page of a behaviour on one's own machine, without a service: lemma explore --web.

import { h } from "./dom.js";
import { local } from "./api.js";
import { saveDraft, saveStart } from "./draft.js";
import { traceOptions } from "./options.js";
import { failed } from "./status.js";
import { tracesView } from "./trace.js";

export function localPage(main) {
  const load = async () => {
    const { job, view } = await local();
    saveDraft(job);
    saveStart(null);
    main.append(h("div.head", h("h1", view.spec)), view.headline ? h("p.headline", view.headline) : "");
    if (view.traces.length) main.append(tracesView(view.traces, trace => traceOptions(trace, Promise.resolve(job))));
    else location.replace("#/hand");
  };
  load().catch(err => main.replaceChildren(h("h1", "Behaviour"), failed(err)));
}
