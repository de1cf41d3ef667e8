// Days and numbers of people: two native inputs each, and a histogram of what there is, to drag
// over. The histogram is for the pointer; the inputs do the same by keyboard.

const DAY_MS = 86_400_000;
const HEIGHT = 34;
const SVG = "http://www.w3.org/2000/svg";

/** Bars over a scale from 0 to 1. `take(from, to)` is called once, as the pointer lets go. */
function makeHistogram(take) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 100 ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "histogram");
  svg.setAttribute("aria-hidden", "true");
  let start = null;
  const at = (event) => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const mark = (from, to) => { svg.querySelector(".drag")?.remove(); svg.append(bar("drag", from, to - from, 1)); };
  svg.onpointerdown = (event) => { start = at(event); svg.setPointerCapture(event.pointerId); };
  svg.onpointermove = (event) => {
    if (start !== null) mark(Math.min(start, at(event)), Math.max(start, at(event)));
  };
  svg.onpointerup = (event) => {
    if (start === null) return;
    const [from, to] = [start, at(event)].sort((a, b) => a - b);
    start = null;
    svg.querySelector(".drag")?.remove();
    take(from, to);
  };
  svg.onpointercancel = () => { start = null; svg.querySelector(".drag")?.remove(); };
  return svg;
}

function bar(name, x, width, height) {
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("class", name);
  rect.setAttribute("x", String(100 * x));
  rect.setAttribute("width", String(Math.max(0.4, 100 * width)));
  rect.setAttribute("y", String(HEIGHT * (1 - height)));
  rect.setAttribute("height", String(HEIGHT * height));
  return rect;
}

/** Bars `[x, width, count, isIn]`, drawn so that a small one is still seen. */
function drawBars(svg, bars) {
  // The panel is drawn with each answer of the page; bars that stand need no new layout and paint.
  const drawn = JSON.stringify(bars);
  if (svg.drawn === drawn) return;
  svg.drawn = drawn;
  const most = Math.max(1, ...bars.map(([, , n]) => n));
  svg.replaceChildren(...bars.filter(([, , n]) => n > 0).map(([x, width, n, isIn]) =>
    bar(isIn ? "in" : "out", x, width * 0.86, Math.max(0.06, Math.sqrt(n / most)))));
}

function makePair(field, type, names, properties) {
  return names.map((name) => {
    const input = make("input", { type, id: `f${ids += 1}`, ...properties });
    const label = make("label", { htmlFor: input.id, textContent: name });
    input.setAttribute("aria-label", `${field.label}: ${name.toLowerCase()}`);
    return [input, make("div", { className: "half" }, label, input)];
  });
}

/** What a reader's own column has besides its range: what is unknown in it, what is known. */
function makeUnknown(panel, field) {
  if (!field.unknown) return { rows: [], take: (asked) => asked, bounds: (values) => values, draw: () => {} };
  const KNOWN = "*";
  const number_ = make("span", { className: "number" });
  const boxes = [["Unknown", number_], ["All that is known", make("span")]].map(([words, note]) => {
    const box = make("input", { type: "checkbox", ariaLabel: `${field.label}: ${words.toLowerCase()}` });
    return [box, make("label", { className: "option" }, box, make("span", { className: "name", textContent: words }), note)];
  });
  const [[unknown], [known]] = boxes;
  const bounds = (values) => values.filter((each) => each !== field.unknown && each !== KNOWN);
  unknown.onchange = () => {
    const kept = bounds(panel.values[field.name] ?? []);
    setNow(panel, field.name, unknown.checked ? [...kept, field.unknown] : kept);
  };
  known.onchange = () => setNow(panel, field.name, known.checked ? [KNOWN] : []);
  return {
    rows: boxes.map(([, row]) => row),
    bounds,
    take: (asked) => (asked.length && unknown.checked ? [...asked, field.unknown] : asked),
    draw: (values, counted) => {
      if (counted) number_.textContent = number(counted.unknown);
      unknown.checked = values.includes(field.unknown);
      known.checked = values.includes(KNOWN);
    },
  };
}

function makeDays(panel, field) {
  const extra = makeUnknown(panel, field);
  const days = (text) => Math.round(Date.parse(`${text}T00:00Z`) / DAY_MS);
  const text = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
  const first = days(field.first), last = days(field.last) + 1;
  const whole = [field.first, field.last];
  const bounds = { min: field.first, max: field.last };
  const [[from, fromHalf], [to, toHalf]] = makePair(field, "date", ["From", "To"], bounds);
  const take = () => {
    // While a year is typed, it is 0002, 0020 and 0202 first.
    if (!from.validity.valid || !to.validity.valid) return undefined;
    if (!from.value && !to.value) return setNow(panel, field.name, []);
    const asked = [from.value || field.first, to.value || field.last].sort();
    return setNow(panel, field.name, extra.take(String(asked) === String(whole) ? [] : asked));
  };
  for (const input of [from, to]) {
    input.onchange = take;
    input.onblur = () => draw(panel);
  }
  const svg = makeHistogram((start, end) => {
    const at = (share) => Math.min(last - 1, Math.floor(first + share * (last - first)));
    const asked = [text(at(start)), text(at(end))];
    setNow(panel, field.name, extra.take(end - start < 0.01 || String(asked) === String(whole) ? [] : asked));
  });
  let bars = [];
  return [grouped(field, svg, make("div", { className: "pair" }, fromHalf, toHalf), ...extra.rows), (texts, counted) => {
    if (counted) bars = counted.bars;
    extra.draw(texts, counted);
    const values = extra.bounds(texts);
    const [low, high] = values.length ? [days(values[0]), days(values[values.length - 1])] : [first, last];
    const active = from.getRootNode().activeElement;
    if (active !== from) from.value = values[0] ?? "";
    if (active !== to) to.value = values[values.length - 1] ?? "";
    drawBars(svg, bars.map(([start, end, n]) => {
      const x = (days(start) - first) / (last - first);
      return [x, (days(end) + 1 - days(start)) / (last - first), n, days(end) >= low && days(start) <= high];
    }));
  }];
}

/** At least and at most, in a reader's own column: an even scale, numbers of any size and sign. */
function makeNumbers(panel, field) {
  const extra = makeUnknown(panel, field);
  const width = field.most - field.least || 1;
  const scale = (n) => (n - field.least) / width;
  const properties = { min: field.least, max: field.most, step: field.step, inputMode: "decimal" };
  const [[least, leastHalf], [most, mostHalf]] = makePair(field, "number", ["At least", "At most"], properties);
  const ask = (low, high) => {
    const asked = [low, high].sort((a, b) => a - b);
    const isWhole = asked[0] <= field.least && asked[1] >= field.most;
    setNow(panel, field.name, extra.take(isWhole ? [] : asked.map((n) => String(Number(n.toFixed(9))))));
  };
  const take = () => ask(least.value === "" ? field.least : Number(least.value), most.value === "" ? field.most : Number(most.value));
  least.onchange = take;
  most.onchange = take;
  const svg = makeHistogram((start, end) => {
    if (end - start < 0.01) return setNow(panel, field.name, extra.take([]));
    const step = (share) => field.step === "1" ? Math.round(field.least + share * width) : Number((field.least + share * width).toPrecision(4));
    return ask(step(start), step(end));
  });
  let bars = [];
  return [grouped(field, svg, make("div", { className: "pair" }, leastHalf, mostHalf), ...extra.rows), (texts, counted) => {
    if (counted) bars = counted.bars;
    extra.draw(texts, counted);
    const values = extra.bounds(texts).map(Number);
    const [low, high] = values.length ? [values[0], values[values.length - 1]] : [field.least, field.most];
    const active = least.getRootNode().activeElement;
    if (active !== least) least.value = values.length && low > field.least ? String(low) : "";
    if (active !== most) most.value = values.length && high < field.most ? String(high) : "";
    const gap = field.step === "1" ? 1 : 0;
    drawBars(svg, bars.map(([start, end, n]) =>
      [scale(start) * width / (width + gap), (end + gap - start) / (width + gap), n, end >= low && start <= high]));
  }];
}

/** At least and at most so many people; a scale of powers, as most tolls are small. */
function makePeople(panel, field) {
  const scale = (n) => Math.log1p(n) / Math.log1p(field.most + 1);
  const from = (share) => Math.round(Math.expm1(share * Math.log1p(field.most + 1)) - 0.4999);
  const properties = { min: 0, max: field.most, inputMode: "numeric" };
  const [[least, leastHalf], [most, mostHalf]] = makePair(field, "number", ["At least", "At most"], properties);
  const known = make("input", { type: "checkbox" });
  const take = () => {
    if (least.value === "" && most.value === "") return setNow(panel, field.name, known.checked ? ["0", String(field.most)] : []);
    const asked = [Number(least.value || 0), Number(most.value || field.most)].map((n) => Math.max(0, Math.floor(n)));
    return setNow(panel, field.name, asked.sort((a, b) => a - b).map(String));
  };
  least.onchange = take;
  most.onchange = take;
  known.onchange = () => setNow(panel, field.name, known.checked ? ["0", String(field.most)] : []);
  const svg = makeHistogram((start, end) => {
    if (end - start < 0.01) return setNow(panel, field.name, []);
    return setNow(panel, field.name, [from(start), from(end)].map((n) => String(Math.min(field.most, Math.max(0, n)))));
  });
  const note = make("span", { className: "number" });
  const only = make("label", { className: "option" }, known, make("span", { className: "name", textContent: "Known numbers only" }), note);
  let bars = [];
  return [grouped(field, svg, make("div", { className: "pair" }, leastHalf, mostHalf), only), (values, counted) => {
    if (counted) {
      bars = counted.bars;
      note.textContent = `${number(counted.unknown)} unknown`;
    }
    const [low, high] = values.length ? [Number(values[0]), Number(values[values.length - 1])] : [0, field.most];
    const isWhole = values.length === 0 || (low === 0 && high >= field.most);
    const active = least.getRootNode().activeElement;
    if (active !== least) least.value = isWhole || low === 0 ? "" : String(low);
    if (active !== most) most.value = isWhole || high >= field.most ? "" : String(high);
    known.checked = values.length > 0;
    known.disabled = values.length > 0 && !isWhole;
    drawBars(svg, bars.map(([start, end, n]) =>
      [scale(start), scale(end + 1) - scale(start), n, end >= low && start <= high]));
  }];
}
