// The panel of filters. It holds no rule of its own: what the reader sets goes to Python as the
// parameters of a link, and what comes back is drawn. The numbers beside the options come from the
// server apart from the page, so that no rerun waits for them.

/** Figures and map come first; of quick changes only the last is asked for. */
const COUNTS_AFTER_MS = 300;
/** Between two looks whether a page that takes longer is still at work, and how often one looks. */
const BEAT_MS = 100;
const MOST_BEATS = 50;
const TYPING_MS = 600;
const INSIST_AFTER_MS = 1500;
/** Rows of a list before the reader opens it, and from how many on one can search in it. */
const FIRST_ROWS = 5;
const SEARCHED_FROM = 9;
const MOST_KEPT = 20;
const MAP = 'iframe[title="streamlit_folium.st_folium"]';
/** What each panel on the page shows, by the element that holds it. */
const panels = new WeakMap();
const answers = new Map();
/** Made once: `toLocaleString` makes one for each number. */
const english = new Intl.NumberFormat("en");
const number = (n) => english.format(n);
let ids = 0;

function make(tag, properties = {}, ...children) {
  const { dataset, style, ...others } = properties;
  const made = Object.assign(document.createElement(tag), others);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
}

/** Where the dashboard is served: Streamlit's own script lies two folders below, on every page. */
function home() {
  const script = document.querySelector('script[src*="static/js/"]');
  return script ? new URL("../../", script.src) : new URL(".", location.href);
}

async function fetchCounts(query, signal) {
  if (answers.has(query)) return answers.get(query);
  const response = await fetch(new URL(`api/facets?${query}`, home()), { signal });
  if (!response.ok) throw new Error(`Status ${response.status}`);
  const counts = await response.json();
  answers.set(query, counts);
  for (const old of answers.keys()) if (answers.size > MOST_KEPT) answers.delete(old);
  return counts;
}

/** Ask for the numbers of what is filtered now; what was asked before is given up. */
function askForCounts(panel) {
  if (panel.asked === panel.data.query && !panel.hasFailed) return;
  panel.control?.abort();
  clearTimeout(panel.waiting);
  const query = panel.data.query;
  const control = new AbortController();
  Object.assign(panel, { asked: query, control, hasFailed: false });
  panel.root.setAttribute("aria-busy", "true");
  let beats = 0;
  const ask = async () => {
    if (!answers.has(query) && isAtWork() && (beats += 1) < MOST_BEATS) {
      panel.waiting = setTimeout(ask, BEAT_MS);
      return;
    }
    try {
      panel.counts = await fetchCounts(query, control.signal);
    } catch {
      if (control.signal.aborted) return;
      panel.hasFailed = true;
    }
    panel.root.setAttribute("aria-busy", "false");
    if (panel.asked === query) draw(panel);
  };
  panel.waiting = setTimeout(ask, answers.has(query) ? 0 : COUNTS_AFTER_MS);
}

/** Whether the page runs, or its map waits for an answer. */
function isAtWork() {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState !== "notRunning" || listMaps().some((map) => map.request);
}

function listMaps() {
  const frames = [...document.querySelectorAll(MAP)];
  return frames.map(({ contentWindow }) => contentWindow?.liveLayer).filter(Boolean);
}

/** The map need not wait for the page: it asks for what is set while the page still runs. */
function tellMap(filters) {
  for (const map of listMaps()) map.askAhead(filters, location.search || "?");
}

/** Set one filter. All of them go with it: of two quick changes, none undoes the other. */
function set(panel, name, texts) {
  setAll(panel, { ...panel.values, [name]: texts });
}

function clearAll(panel) {
  setAll(panel, {});
}

function setAll(panel, values) {
  Object.assign(panel, { values, number: panel.number + 1 });
  panel.send({ number: panel.number, values });
  insist(panel);
  tellMap(values);
  draw(panel);
}

/** What the server has not heard of while it rests is sent again, ever more seldom: a page that has
 * just come back to a new server does not know the panel yet, and a message may be lost. */
function insist(panel, afterMs = INSIST_AFTER_MS) {
  clearTimeout(panel.insisting);
  if (panel.data.number >= panel.number) return;
  panel.insisting = setTimeout(() => {
    if (!panel.root.isConnected) return;
    if (!isAtWork()) panel.send({ number: panel.number, values: panel.values });
    insist(panel, afterMs * 2);
  }, afterMs);
}

/** As `set`, a moment after the last of quick changes: typing and dragging are one action. */
function setLater(panel, name, texts) {
  clearTimeout(panel.typing);
  panel.typing = setTimeout(() => set(panel, name, texts), TYPING_MS);
}

function setNow(panel, name, texts) {
  clearTimeout(panel.typing);
  const before = panel.values[name] ?? [];
  if (JSON.stringify(before) !== JSON.stringify(texts)) set(panel, name, texts);
}

// --- what stands in the panel: each maker gives an element and a function that draws it anew

function makeText(panel, field) {
  const input = make("input", { type: "search", id: `f${ids += 1}`, maxLength: field.longest, dir: "auto" });
  input.oninput = () => setLater(panel, field.name, input.value.trim() ? [input.value] : []);
  input.onchange = () => setNow(panel, field.name, input.value.trim() ? [input.value] : []);
  return [labelled(field, input), (values) => {
    if (input.getRootNode().activeElement !== input) input.value = values[0] ?? "";
  }];
}

function makePick(panel, field) {
  const input = make("select", { id: `f${ids += 1}` }, ...field.options.map(([value, label]) =>
    make("option", { value, textContent: label })));
  input.onchange = () => setNow(panel, field.name, input.value === field.usual ? [] : [input.value]);
  return [labelled(field, input), (values) => { input.value = values[0] ?? field.usual; }];
}

function makeLeast(panel, field) {
  const input = make("input", { type: "number", id: `f${ids += 1}`, min: 0, max: field.most, inputMode: "numeric", placeholder: "0" });
  input.onchange = () => setNow(panel, field.name, Number(input.value) > 0 ? [String(Math.floor(Number(input.value)))] : []);
  return [labelled(field, input), (values) => {
    if (input.getRootNode().activeElement !== input) input.value = values[0] ?? "";
  }];
}

function makeSegments(panel, field) {
  const name = `r${ids += 1}`;
  const inputs = field.options.map(([value]) => make("input", { type: "radio", name, value }));
  const set = grouped(field, make("div", { className: "segments" }, ...inputs.map((input, i) =>
    make("label", {}, input, make("span", { textContent: field.options[i][1] })))));
  for (const input of inputs) {
    input.onchange = () => setNow(panel, field.name, input.value === field.usual ? [] : [input.value]);
  }
  return [set, (values) => {
    for (const input of inputs) input.checked = input.value === (values[0] ?? field.usual);
  }];
}

/** Label above a control; what it means, on the label. */
function labelled(field, input) {
  const label = make("label", { textContent: field.label, htmlFor: input.id });
  if (field.help) label.title = field.help;
  return make("div", { className: "field", dataset: { name: field.name } }, label, input);
}

function grouped(field, ...children) {
  const legend = make("legend", { textContent: field.label });
  if (field.help) legend.title = field.help;
  return make("fieldset", { className: "field", dataset: { name: field.name } }, legend, ...children);
}

const MAKERS = {
  text: makeText, pick: makePick, least: makeLeast, segments: makeSegments,
  choices: makeChoices, days: makeDays, people: makePeople, numbers: makeNumbers,
};

// --- the panel as a whole

function build(panel) {
  const { fields, sections } = panel.data;
  panel.drawers = [];
  panel.chips = make("div", { className: "chips", role: "group", ariaLabel: "Filters that are set" });
  const parts = sections.map(({ title, isOpen, names }) => {
    const inside = fields.filter((field) => names.includes(field.name)).map((field) => {
      const [element, drawIt] = MAKERS[field.control](panel, field);
      panel.drawers.push([field, drawIt]);
      return element;
    });
    if (!title) return make("div", { className: "section" }, ...inside);
    return make("details", { className: "section", open: isOpen },
      make("summary", { textContent: title }), ...inside);
  });
  panel.root.replaceChildren(panel.chips, ...parts);
}

function drawChips(panel) {
  const { chips } = panel.data, drawn = JSON.stringify(chips);
  if (panel.chips.drawn === drawn) return;
  panel.chips.drawn = drawn;
  const buttons = chips.map(({ name, value, words }) => {
    const button = make("button", { type: "button", className: "chip", title: `Remove: ${words}` },
      make("span", { textContent: words, dir: "auto" }), make("span", { textContent: "×", ariaHidden: "true" }));
    button.setAttribute("aria-label", `Remove ${words}`);
    button.onclick = () => {
      const left = value === null ? [] : (panel.values[name] ?? []).filter((each) => each !== value);
      set(panel, name, left);
      panel.chips.querySelector("button")?.focus();
    };
    return button;
  });
  if (buttons.length > 1) {
    const all = make("button", { type: "button", className: "clear", textContent: "Clear all" });
    all.onclick = () => clearAll(panel);
    buttons.push(all);
  }
  panel.chips.replaceChildren(...buttons);
}

function draw(panel) {
  drawChips(panel);
  for (const [field, drawIt] of panel.drawers) {
    drawIt(panel.values[field.name] ?? [], panel.hasFailed ? null : panel.counts?.[field.name]);
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  let panel = panels.get(parentElement);
  if (!panel) {
    panel = { root: make("div", { className: "panel" }), number: data.number, values: data.values };
    parentElement.append(panel.root);
    panels.set(parentElement, panel);
  }
  const isOther = panel.data?.shape !== data.shape;
  panel.data = data;
  panel.send = (asked) => setTriggerValue("asked", asked);
  // Answers to what was set before the last change say nothing of it.
  if (data.number >= panel.number) {
    Object.assign(panel, { number: data.number, values: data.values });
    tellMap(panel.values);
  }
  insist(panel);
  if (isOther) build(panel);
  askForCounts(panel);
  draw(panel);
}
