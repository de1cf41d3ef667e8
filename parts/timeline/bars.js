// The timeline's pointer: what is below it is told, and a drag over the bars chooses days. What is
// drawn comes from Python as it is; only who lets go of the pointer is heard there.

const SVG = "http://www.w3.org/2000/svg";
const charts = new WeakMap();
const number = (n) => n.toLocaleString("en");

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A rectangle over the bars, as high as they are, from one share of their width to another. */
function makeBox(name) {
  const box = document.createElementNS(SVG, "rect");
  box.setAttribute("class", name);
  box.setAttribute("height", "100%");
  return box;
}

function place(box, from, to) {
  box.setAttribute("x", `${100 * from}%`);
  box.setAttribute("width", `${100 * (to - from)}%`);
  return box;
}

/** What the chart tells of a day: its step, or that it was not monitored; and the mean there. */
function tellDay({ tips }, day) {
  const step = tips.steps.find(([from, to]) => from <= day && day < to);
  const gap = tips.gaps.find(([from, to]) => from <= day && day < to);
  const lines = [];
  if (step) {
    const all = step[3].reduce((sum, [, n]) => sum + n, 0);
    lines.push(`${step[2]}: ${number(all)} incident${all === 1 ? "" : "s"}`);
    if (step[3].length > 1) lines.push(...step[3].map(([word, n]) => `${number(n)} ${tips.words[word]}`));
    else lines.push(tips.words[step[3][0][0]]);
  } else if (gap) lines.push(gap[2]);
  const near = tips.means.reduce((best, each) =>
    (!best || Math.abs(each[0] - day) < Math.abs(best[0] - day) ? each : best), null);
  if (near && Math.abs(near[0] - day) < Math.max(7, tips.days / 60)) lines.push(near[1]);
  return { lines, step };
}

function tellLane({ tips }, lane, day) {
  return tips.lanes.find(([at, from, to]) => at === lane && from <= day && day < to)?.[3] ?? [];
}

function showTip(chart, lines, { clientX, clientY }) {
  chart.tip.hidden = lines.length === 0;
  if (chart.tip.hidden) return;
  const [head, ...rest] = lines;
  chart.tip.replaceChildren(make("b", { textContent: head, dir: "auto" }), ...rest.map((line) => make("div", { textContent: line, dir: "auto" })));
  const box = chart.figure.getBoundingClientRect(), tip = chart.tip.getBoundingClientRect();
  const x = clientX - box.left + 14;
  chart.tip.style.left = `${Math.max(0, x + tip.width > box.width ? x - tip.width - 28 : x)}px`;
  // Above the pointer, and on the screen.
  chart.tip.style.top = `${Math.max(8 - box.top, clientY - box.top - tip.height - 10)}px`;
}

/** Listens to the bars: a drag is told once, as the pointer lets go. */
function listen(chart) {
  const { marks } = chart;
  const share = ({ clientX }) => {
    const { left, width } = chart.ground.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  let start = null;
  const end = () => { start = null; chart.brush.remove(); };
  marks.onpointerdown = (event) => {
    if (event.button !== 0) return;
    start = share(event);
    marks.setPointerCapture(event.pointerId);
    showTip(chart, [], event);
  };
  marks.onpointermove = (event) => {
    const at = share(event);
    if (start !== null) {
      chart.near.remove();
      marks.append(place(chart.brush, Math.min(start, at), Math.max(start, at)));
      return;
    }
    const { lines, step } = tellDay(chart, at * chart.tips.days);
    if (step) marks.append(place(chart.near, step[0] / chart.tips.days, step[1] / chart.tips.days));
    else chart.near.remove();
    showTip(chart, lines, event);
  };
  marks.onpointerup = (event) => {
    if (start === null) return;
    const asked = [start, share(event)].sort((a, b) => a - b);
    end();
    // Less than this is a click.
    if ((asked[1] - asked[0]) * chart.ground.getBoundingClientRect().width > 4) chart.send("dragged", asked);
  };
  marks.onpointercancel = end;
  marks.onpointerleave = (event) => { chart.near.remove(); showTip(chart, [], event); };
  if (!chart.lanes) return;
  chart.lanes.onpointermove = (event) => {
    const { top } = chart.lanes.getBoundingClientRect();
    showTip(chart, tellLane(chart, Math.floor((event.clientY - top) / chart.tips.lane), share(event) * chart.tips.days), event);
  };
  chart.lanes.onpointerleave = (event) => showTip(chart, [], event);
}

function draw(chart, parent, html) {
  // Not all that the element holds: Streamlit has put the style there.
  parent.querySelector("figure")?.remove();
  parent.append(document.createRange().createContextualFragment(html));
  chart.figure = parent.querySelector("figure");
  // What is pointed at is told at once; the browser would say less of it, and later.
  chart.figure.querySelectorAll("svg title").forEach((title) => title.remove());
  chart.marks = chart.figure.querySelector(".marks");
  chart.lanes = chart.figure.querySelector(".lanes");
  chart.ground = place(makeBox("ground"), 0, 1);
  chart.brush = makeBox("brush");
  chart.near = makeBox("near");
  chart.tip = make("div", { className: "tip", hidden: true });
  chart.marks.prepend(chart.ground);
  chart.figure.append(chart.tip);
  listen(chart);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const chart = charts.get(parentElement) ?? {};
  charts.set(parentElement, chart);
  chart.tips = data.tips;
  chart.send = setTriggerValue;
  if (chart.html !== data.html) draw(chart, parentElement, data.html);
  chart.html = data.html;
  Object.entries(data.colours).forEach(([name, colour]) => parentElement.style.setProperty(`--${name}`, colour));
}
