// Why a property is false, and why a step could be taken: what lemma check --explain
// says, as it stands in the view of a result.

import { h } from "./dom.js";

// whyStep says of the step to state i, from 0, what let it happen; null where that was
// not asked for.
export function whyStep(explanation, i) {
  const step = explanation?.steps?.find(s => s.step === i + 1);
  if (!step?.guards?.length) return null;
  return h("details.why", h("summary", "Why this step could be taken"), h("ul", step.guards.map(g => h("li", reason(g)))));
}

// whyFalse says why the property is false in the state, or step, that violates it, and
// at a deadlock what keeps each action from being taken.
export function whyFalse(explanation) {
  const { why, blocked } = explanation ?? {};
  return [
    why && h("details.why", { open: true }, h("summary", "Why it is false"), h("ul", h("li", reason(why)))),
    blocked?.length ? h("details.why", { open: true }, h("summary", "What keeps each action from being taken"),
      h("ul", blocked.map(b => h("li", h("b.mono", b.action), ": ", reason(b.guard))))) : null,
  ];
}

// whyForEver says why a property fails on a loop, and how fairness is met on it.
export function whyForEver(explanation) {
  const { property, fairness } = explanation ?? {};
  return [
    property?.length ? h("details.why", { open: true }, h("summary", "Why the property fails"), h("ul", property.map(p => h("li", p)))) : null,
    fairness?.length ? h("details.why", { open: true }, h("summary", "How fairness is met"),
      h("ul", fairness.map(f => h("li", bindings(f.bound, "for "), h("code", f.formula), `: ${f.how}`)))) : null,
  ];
}

// reason is a formula with its truth, and what decides it below.
function reason(r) {
  return [
    bindings(r.bound, "for "), h("code", r.formula),
    r.error ? h("span.wrong", ` cannot be evaluated: ${r.error}`) : h(r.holds ? "span.holds" : "span.fails", r.holds ? " is true" : " is false"),
    r.values?.length ? [", with ", bindings(r.values, "")] : "",
    r.because?.length ? h("ul", r.because.map(b => h("li", reason(b)))) : "",
  ];
}

function bindings(list, lead) {
  if (!list?.length) return "";
  return [lead, list.map((b, i) => [i ? ", " : "", h("code", `${b.expression} = ${b.value}`)]), lead ? ": " : ""];
}
