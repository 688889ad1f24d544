// What a view of a trace may ask the server: an expression at each state, to go on by
// hand, the source of an action.

import { explore } from "./api.js";
import { saveStart } from "./draft.js";
import { showSource } from "./source.js";
import { statesOf } from "./trace.js";

// traceOptions are those of a trace of a job, which is a promise.
export function traceOptions(trace, job) {
  return {
    evaluate: async expression => {
      const loop = trace.stuttering ? trace.steps.length : trace.loop || 0;
      const answer = await explore("evaluate", { job: await job, expression, loop, states: trace.steps.map(s => s.values) });
      if (answer.problem) throw new Error(answer.problem.message);
      return answer.values.map(v => v.error ? new Error(v.error) : v.value);
    },
    explore: async i => {
      const states = statesOf(trace);
      const path = trace.steps.slice(0, i + 1).map((s, n) => ({ action: s.action, place: s.place, state: Object.fromEntries(states[n]) }));
      saveStart({ job: await job, path });
      location.hash = "#/hand";
    },
    source: async place => showSource((await job).modules ?? {}, place),
  };
}
