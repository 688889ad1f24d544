// The drawing of a behaviour that never ends: its steps in a row, and an arc from
// the last one back to where the loop begins.

import { s } from "./dom.js";

const height = 76, base = 54, margin = 18;

// lasso draws the trace; onchoose(i) hears of a click on step i. The list of steps
// says the same to those who do not see, or use the keyboard.
export function lasso(trace, onchoose) {
  const n = trace.steps.length;
  const gap = Math.max(7, Math.min(44, 880 / Math.max(1, n - 1)));
  const x = i => margin + i * gap;
  const width = Math.max(150, 2 * margin + (n - 1) * gap + (trace.stuttering ? 24 : 0));
  const first = trace.stuttering ? n - 1 : trace.loop - 1;
  const radius = Math.min(6, gap * 0.36);
  const says = trace.stuttering ? "The behaviour stutters for ever in its last state." : `Steps ${trace.loop} to ${n} repeat for ever.`;
  const dots = trace.steps.map((step, i) => s(`circle.${i >= first ? "looped" : "stem"}`, {
    cx: x(i), cy: base, r: radius, onclick: () => onchoose(i),
  }, s("title", `${i + 1}. ${step.action}`)));
  const svg = s("svg.lasso", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says },
    s("line.stem", { x1: x(0), x2: x(first), y1: base, y2: base }),
    s("line.looped", { x1: x(first), x2: x(n - 1), y1: base, y2: base }),
    back(x(n - 1), x(first), radius),
    s("text", { x: arcMiddle(x(n - 1), x(first)), y: 12, "text-anchor": "middle" }, trace.stuttering ? "" : `repeats from ${trace.loop}`),
    dots);
  const box = document.createElement("div");
  box.className = "lasso-box";
  box.append(svg);
  let marked = null;
  return {
    element: box,
    mark(i) {
      marked?.classList.remove("here");
      marked = dots[i];
      marked.classList.add("here");
      if (x(i) < box.scrollLeft + 30 || x(i) > box.scrollLeft + box.clientWidth - 30) box.scrollLeft = x(i) - box.clientWidth / 2;
    },
  };
}

function arcMiddle(from, to) { return Math.max(52, (from + to) / 2); }

// back is the arc of the loop with its head.
function back(from, to, radius) {
  if (from === to) {
    const d = `M ${from + radius} ${base - 4} C ${from + 34} ${base - 40}, ${from - 34} ${base - 40}, ${to - radius} ${base - 4}`;
    return s("g.arc", s("path", { d }), head(to - radius, base - 4, 0.6));
  }
  const top = base - 10 - Math.min(26, (from - to) / 3);
  const d = `M ${from} ${base - radius - 2} C ${from} ${top}, ${to} ${top}, ${to} ${base - radius - 3}`;
  return s("g.arc", s("path", { d }), head(to, base - radius - 3, 0));
}

function head(x, y, tilt) {
  return s("path.head", { d: `M ${x - 4.5 - 3 * tilt} ${y - 6} L ${x} ${y} L ${x + 4.5 - 6 * tilt} ${y - 6.5}` });
}
