// How statuses, times and counts are shown.

import { h } from "./dom.js";

const tags = {
  QUEUED: ["busy", "queued"], RUNNING: ["busy", "running"], VERIFIED: ["good", "verified"],
  NO_VIOLATION_WITHIN_BOUND: ["good", "clean within bound"], VIOLATION_FOUND: ["bad", "violation"],
  UNKNOWN: ["warn", "unknown"], LIMIT_REACHED: ["warn", "limit reached"], ERROR: ["bad", "error"], CANCELLED: ["warn", "cancelled"],
};

export function statusTag(status) {
  const [kind, text] = tags[status] ?? ["", status.toLowerCase().replaceAll("_", " ")];
  return h(`span.tag${kind && `.${kind}`}`, text);
}

export const isOpen = status => status === "QUEUED" || status === "RUNNING";
export const count = n => n.toLocaleString("en");

// duration is one in milliseconds, for people.
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round(ms % 60_000 / 1000)} s`;
}

// time is a moment: the time of day, and the day where it is another.
export function time(text) {
  const at = new Date(text);
  const today = at.toDateString() === new Date().toDateString();
  const shown = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return h("time", { datetime: text, title: at.toString() }, today ? shown : `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${shown}`);
}

// facts are terms with what is said of them; those without are left out.
export function facts(list) {
  return h("dl.facts", list.filter(([, value]) => value !== undefined && value !== null && value !== "").map(([term, value]) => h("div", h("dt", term), h("dd", value))));
}

// failed is what a page shows in the place of something that could not be had.
export function failed(err) {
  return h("div.failed", { role: "alert" }, h("p.wrong", err.message),
    err.errors?.length ? h("ul", err.errors.map(e => h("li", e.message, e.value?.hint && h("span.quiet", ` – ${e.value.hint}`)))) : null);
}
