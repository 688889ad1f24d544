// The page of all runs, newest first.

import { h, button } from "./dom.js";
import { listJobs } from "./api.js";
import { failed, isOpen, statusTag, time } from "./status.js";

export function jobsPage(main) {
  const body = h("tbody"), more = h("div.bar"), note = h("div");
  main.append(
    h("div.head", h("h1", "Runs"), h("a.as-button.first", { href: "#/edit" }, "New run")),
    h("table.jobs", h("thead", h("tr", ["Spec", "Status", "Engine", "Begun", "Run"].map(t => h("th", { scope: "col" }, t)))), body),
    note, more);
  let timer, gone = false;

  const row = j => h("tr",
    h("td", h("a", { href: `#/job/${j.job_id}` }, j.spec || j.job_id)),
    h("td", statusTag(j.status)),
    h("td.quiet", j.engine || "auto"),
    h("td.quiet", time(j.created_at)),
    h("td.quiet.mono", j.job_id));

  async function load(cursor) {
    try {
      const page = await listJobs(cursor);
      if (gone) return;
      note.replaceChildren();
      if (!cursor) body.replaceChildren();
      body.append(...page.jobs.map(row));
      if (!body.children.length) {
        note.replaceChildren(h("p.quiet", "Nothing has been run yet. ", h("a", { href: "#/edit" }, "Write a spec"), ", or take one of those that come with lemma."));
      }
      more.replaceChildren();
      if (page.next_cursor) more.append(button("Older runs", () => load(page.next_cursor)));
      if (!cursor && page.jobs.some(j => isOpen(j.status))) timer = setTimeout(load, 2000);
    } catch (err) {
      note.replaceChildren(failed(err));
    }
  }
  load();
  return () => { gone = true; clearTimeout(timer); };
}
