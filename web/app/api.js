// The service's HTTP interface, as the pages use it.

import { h, button } from "./dom.js";

// A Problem is an answer that is none (RFC 9457).
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The server answers ${status}.`);
    Object.assign(this, { status, errors: body.errors ?? [] });
  }
}

const tokenKey = "lemma-token";

// request sends one, with the token if there is one, and asks for a token where the
// server wants it.
async function request(method, path, body, { accept = "application/json", signal } = {}) {
  for (;;) {
    const headers = { Accept: accept };
    const token = sessionStorage.getItem(tokenKey);
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
    if (answer.status !== 401) return answer;
    await askForToken(Boolean(token));
  }
}

async function checked(answer) {
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  throw new Problem(answer.status, body);
}

const json = async (...args) => (await checked(await request(...args))).json();

export const submit = job => json("POST", "/api/v1/verify/job", job);
export const getJob = id => json("GET", `/api/v1/verify/job/${id}`);

// getView has the behaviours of a run that has ended; none for one that an older
// version ran.
export async function getView(id) {
  const answer = await checked(await request("GET", `/api/v1/verify/job/${id}?format=view`));
  return JSON.parse(await answer.text() || '{"traces": []}');
}

export const getText = async id => (await checked(await request("GET", `/api/v1/verify/job/${id}?format=text`))).text();
export const cancelJob = id => json("DELETE", `/api/v1/verify/job/${id}`);
export const listJobs = (cursor, limit = 30) => json("GET", `/api/v1/verify/jobs?limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`);
export const local = () => json("GET", "/api/v1/local");
export const models = async () => (await json("GET", "/api/v1/models")).models;
export const model = name => json("GET", `/api/v1/models/${name}`);

// explore asks one of the questions of exploring by hand about a job.
export const explore = (kind, question, options) => json("POST", `/api/v1/explore/${kind}`, question, options);

// getRequest is a job as one that brings its texts along: those of a bundled spec,
// too.
export async function getRequest(id) {
  const job = await json("GET", `/api/v1/verify/job/${id}/request`);
  if (job.modules || !job.model_name) return job;
  const { modules } = await model(job.model_name);
  return { ...job, modules, root_module: job.model_name };
}

// follow calls hear(event, data) for each event of a job, until its result has come
// or the signal ends it.
export async function follow(id, hear, signal) {
  const answer = await checked(await request("GET", `/api/v1/verify/job/${id}/events`, undefined, { signal, accept: "text/event-stream" }));
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value.replaceAll("\r", "");
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const event = { name: "message", data: [] };
      for (const line of text.slice(0, end).split("\n")) {
        if (line.startsWith("event:")) event.name = line.slice(6).trim();
        if (line.startsWith("data:")) event.data.push(line.slice(5));
      }
      if (event.data.length) hear(event.name, JSON.parse(event.data.join("\n")));
    }
  }
}

let asking = null;

// askForToken shows a dialog until a token is given; one for all who wait.
function askForToken(wrong) {
  asking ??= new Promise(resolve => {
    const input = h("input", { type: "password", autocomplete: "off", "aria-label": "Token", required: true });
    const dialog = h("dialog.sheet", { "aria-label": "Token", oncancel: e => e.preventDefault() },
      h("form.column", {
        onsubmit: e => {
          e.preventDefault();
          sessionStorage.setItem(tokenKey, input.value.trim());
          dialog.close();
          dialog.remove();
          asking = null;
          resolve();
        },
      },
        h("h2", "This server asks for a token"),
        h("p.quiet", wrong ? "It does not know the one that was given." : "Whoever runs the server gives one. It is kept until this tab is closed."),
        input,
        button("Go on", null, { type: "submit", class: "first" })));
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
