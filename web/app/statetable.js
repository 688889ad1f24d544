// The variables of one state, with what is new against another.

import { h, onlyHeard } from "./dom.js";
import { draw, same } from "./value.js";

// stateTable shows a state, an object by variable; what differs from old, if there
// is one, is marked.
export function stateTable(state, old, extra = []) {
  return h("table.vars", h("thead.heard", h("tr", h("th", { scope: "col" }, "Variable"), h("th", { scope: "col" }, "Value"))),
    h("tbody", Object.entries(state).map(([name, value]) => {
      const changed = old && !same(value, old[name]);
      return h(changed ? "tr.changed" : "tr", h("th", { scope: "row" }, name, changed && onlyHeard(" changed")), h("td", draw(value, changed ? old[name] : undefined)));
    }), extra));
}
