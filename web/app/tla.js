// The colours of TLA+, PlusCal and configs, line by line.

import { h } from "./dom.js";

const words = list => new Set(list.split(" "));
const tlaWords = words("ASSUME ASSUMPTION AXIOM CASE CHOOSE CONSTANT CONSTANTS DOMAIN ELSE ENABLED EXCEPT EXTENDS IF IN INSTANCE LAMBDA LET LOCAL MODULE OTHER RECURSIVE SF_ SUBSET THEN THEOREM LEMMA COROLLARY PROPOSITION UNCHANGED UNION VARIABLE VARIABLES WF_ WITH PROOF BY OBVIOUS QED DEF DEFS");
const tlaConstants = words("TRUE FALSE BOOLEAN STRING Nat Int Real Seq");
const pcalWords = words("algorithm assert await begin call define do either else elsif end fair goto if macro or print procedure process return skip then variable variables when while with");
const cfgWords = words("CONSTANT CONSTANTS INIT NEXT SPECIFICATION INVARIANT INVARIANTS PROPERTY PROPERTIES CONSTRAINT CONSTRAINTS ACTION_CONSTRAINT ACTION_CONSTRAINTS SYMMETRY VIEW ALIAS CHECK_DEADLOCK POSTCONDITION TYPE_CONSTRAINT TRUE FALSE");

// start is the state in front of the first line: how deep in comments, and whether
// in an algorithm, which stands in one.
export const start = { depth: 0, pcal: false };

const token = /\\\*.*|\(\*|\*\)|"(?:\\.|[^"\\])*"?|-{4,}|={4,}|--(?:fair\s+)?algorithm\b|\b(?:WF|SF)_|[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*|\b\d+\b|\\[A-Za-z]+|\/\\|\\\/|==|=>|<=>|->|<-|\|->|:>|@@|:=|\|\||~>|\[\]|<>|\S/g;

// tokens are those of one line, [kind, text], with the spaces between; and the state
// behind it. language is "tla" or "cfg".
export function tokens(line, state, language = "tla") {
  const out = [];
  let { depth, pcal } = state, last = 0;
  const add = (kind, text) => out.push([kind, text]);
  for (const m of line.matchAll(token)) {
    if (m.index > last) add(quiet(depth, pcal) ? "comment" : "", line.slice(last, m.index));
    last = m.index + m[0].length;
    const t = m[0];
    if (t === "(*") { depth++; add("comment", t); continue; }
    if (t === "*)") {
      depth = Math.max(0, depth - 1);
      if (depth === 0) pcal = false;
      add("comment", t);
      continue;
    }
    if (depth > 0 && t.includes("algorithm") && t.startsWith("--")) pcal = true;
    if (quiet(depth, pcal)) add("comment", t);
    else add(kindOf(t, line, last, pcal, language), t);
  }
  if (last < line.length) add(quiet(depth, pcal) ? "comment" : "", line.slice(last));
  return { list: out, state: { depth, pcal } };
}

// quiet tells whether text in depth comments is one; an algorithm is not.
const quiet = (depth, pcal) => depth > (pcal ? 1 : 0);

function kindOf(t, line, end, pcal, language) {
  if (t.startsWith("\\*")) return "comment";
  if (t[0] === '"') return "string";
  if (/^\d+$/.test(t)) return "number";
  if (/^[-=]{4,}$/.test(t)) return "rule";
  if (t.startsWith("--")) return "word";
  if (language === "cfg") return cfgWords.has(t) ? "word" : "";
  if (tlaWords.has(t) || pcal && pcalWords.has(t)) return "word";
  if (tlaConstants.has(t)) return "constant";
  if (/^[A-Za-z0-9_]+$/.test(t)) {
    const rest = line.slice(end);
    if (pcal && /^\s*:(?!=|>)[+-]?/.test(rest) && line.slice(0, end - t.length).trim() === "") return "label";
    return /^\s*(\([^)]*\)|\[[^\]]*\])?\s*==(?!=)/.test(rest) ? "defined" : "";
  }
  return /^\w/.test(t) ? "" : "operator";
}

// line is a line as spans; marks are pieces to be underlined: [from, to, severity],
// by columns from 0.
export function line(list, marks = []) {
  const out = [];
  let at = 0;
  for (const [kind, t] of list) {
    const cuts = [0, t.length];
    for (const [from, to] of marks) for (const c of [from - at, to - at]) if (c > 0 && c < t.length) cuts.push(c);
    cuts.sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i++) {
      const piece = t.slice(cuts[i], cuts[i + 1]);
      if (!piece) continue;
      const mark = marks.find(([from, to]) => from <= at + cuts[i] && at + cuts[i] < to);
      const classes = [kind && `t-${kind}`, mark && `marked-${mark[2]}`].filter(Boolean);
      out.push(classes.length ? h(`span.${classes.join(".")}`, piece) : piece);
    }
    at += t.length;
  }
  return out;
}

// formula is a piece of TLA+ in its colours.
export function formula(text) {
  let state = start;
  return h("code.tla", text.split("\n").map((l, i) => {
    const t = tokens(l, state);
    state = t.state;
    return [i ? "\n" : "", ...line(t.list)];
  }));
}

// languageOf is that of a file, by its name.
export const languageOf = name => name.endsWith(".cfg") ? "cfg" : "tla";
