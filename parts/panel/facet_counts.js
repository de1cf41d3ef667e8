// The options of one filter with their number of incidents under the other filters. The numbers
// come from the server apart from the page, so that no rerun waits for them.

const MOST_KEPT = 20;
/** The figures and the map come first; of quick changes, only the last is asked for. */
const DELAY_MS = 500;
const PATIENCE_MS = 8000;
const answers = new Map();
/** What each list on the page shows, by the element that holds it. */
const lists = new WeakMap();
/** Lists whose clicks wait, and the clicks that are on their way. */
const queue = [];
let sent = null;

/** Where the dashboard is served: Streamlit's own script lies two folders below, on every page. */
function home() {
  const script = document.querySelector('script[src*="static/js/"]');
  return script ? new URL("../../", script.src) : new URL(".", location.href);
}

/** The counts of a query. All lists share one request; it ends when none of them waits any more. */
function ask(list, query) {
  leave(list);
  if (!answers.has(query)) {
    const control = new AbortController();
    const answer = { waiting: new Set(), control, isDone: false };
    answer.counts = new Promise((go) => { setTimeout(go, DELAY_MS); })
      .then(() => fetch(new URL(`api/facets?${query}`, home()), { signal: control.signal }))
      .then((response) => {
        if (!response.ok) throw new Error(`Status ${response.status}`);
        return response.json();
      })
      .then((counts) => { answer.isDone = true; return counts; });
    answer.counts.catch(() => { if (answers.get(query) === answer) answers.delete(query); });
    answers.set(query, answer);
    for (const [old, { isDone }] of answers) {
      if (answers.size > MOST_KEPT && isDone) answers.delete(old);
    }
  }
  list.query = query;
  list.answer = answers.get(query);
  list.answer.waiting.add(list);
  return list.answer.counts;
}

function leave(list) {
  const { answer, query } = list;
  if (!answer) return;
  answer.waiting.delete(list);
  if (answer.waiting.size === 0 && !answer.isDone) {
    if (answers.get(query) === answer) answers.delete(query);
    answer.control.abort();
  }
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

/** What is chosen once the clicks that are on their way have arrived. */
function chosenIn(list) {
  const { data, pending } = list;
  const wanted = data.single && [...pending.values()].includes(true) ? [] : data.chosen;
  const chosen = new Set(wanted);
  for (const [value, isOn] of pending) {
    if (isOn) chosen.add(value); else chosen.delete(value);
  }
  return chosen;
}

function toggle(list, value) {
  const isOn = !chosenIn(list).has(value);
  if (list.data.single) list.pending.clear();
  list.pending.set(value, isOn);
  draw(list);
  if (!queue.includes(list)) queue.push(list);
  sendNext();
}

/** Send the clicks of one list. Streamlit hands every widget's value over with each rerun: the next
 * clicks wait until the widget shows these, or the old value would undo them. */
function sendNext() {
  if (sent || queue.length === 0) return;
  const list = queue.shift();
  sent = { list, changes: [...list.pending], timer: setTimeout(giveUp, PATIENCE_MS) };
  list.send(sent.changes);
}

/** The widget refused, or somebody else changed it at the same time: what it shows counts. */
function giveUp() {
  const { list } = sent;
  list.pending.clear();
  draw(list);
  finish();
}

function finish() {
  clearTimeout(sent.timer);
  sent = null;
  sendNext();
}

function takeOver(list) {
  const isSo = ([value, isOn]) => list.data.chosen.includes(value) === isOn;
  const isMine = sent?.list === list;
  if (isMine && !sent.changes.every(isSo)) return;
  for (const change of list.pending) if (isSo(change)) list.pending.delete(change[0]);
  // A moment later, as the widget itself is drawn in the same turn.
  const own = sent;
  if (isMine) setTimeout(() => { if (sent === own) finish(); }, 0);
}

function makeRow(list, value) {
  const row = element("button", "option", "");
  row.type = "button";
  const name = element("span", "name", list.data.labels[value] ?? value);
  name.dir = "auto";
  row.append(name, element("span", "number", ""));
  row.title = name.textContent;
  row.onclick = () => toggle(list, value);
  return row;
}

function fillRow(list, row, value, n, most) {
  const isChosen = chosenIn(list).has(value);
  row.querySelector(".number").textContent = n.toLocaleString("en");
  row.setAttribute("aria-pressed", String(isChosen));
  row.setAttribute("aria-label", `${row.title}, ${n.toLocaleString("en")} ${n === 1 ? "incident" : "incidents"}`);
  row.classList.toggle("none", n === 0);
  row.style.setProperty("--share", `${most ? (100 * n) / most : 0}%`);
}

/** Rows of the list: the first ones and those that are chosen, or all. */
function drawRows(list, options) {
  const chosen = chosenIn(list);
  const most = Math.max(...options.map(([, n]) => n));
  const isShort = options.length <= list.data.rows + 1;
  const shown = options.filter(([value], i) =>
    isShort || list.isOpen || i < list.data.rows || chosen.has(value));
  const rows = shown.map(([value, n]) => {
    if (!list.rows.has(value)) list.rows.set(value, makeRow(list, value));
    const row = list.rows.get(value);
    fillRow(list, row, value, n, most);
    return row;
  });
  const focused = list.root.getRootNode().activeElement;
  const top = list.scroll.scrollTop;
  list.scroll.replaceChildren(...rows);
  list.scroll.scrollTop = top;
  if (rows.includes(focused)) focused.focus({ preventScroll: true });
  list.more.hidden = isShort;
}

function draw(list) {
  const { counts, data } = list;
  list.root.classList.toggle("waiting", list.isWaiting);
  list.scroll.setAttribute("aria-label", `${data.label}: incidents under the other filters`);
  list.scroll.setAttribute("aria-busy", String(list.isWaiting));
  list.note.textContent = list.hasFailed ? "The numbers cannot be shown just now." : "";
  // Before the first answer as many empty rows as there will be, so that nothing jumps.
  const lines = Math.min(data.total, data.rows + 1);
  list.scroll.style.minHeight = counts || list.hasFailed ? "" : `calc(${lines} * var(--row))`;
  list.more.hidden = true;
  list.root.classList.toggle("closed", !list.isOpen);
  if (list.hasFailed || !counts) { list.scroll.replaceChildren(); return; }
  const { options, more } = counts[data.name];
  drawRows(list, options);
  list.more.textContent = list.isOpen ? "Show fewer"
    : more ? `Show ${options.length} of ${(options.length + more).toLocaleString("en")}`
    : `Show all ${options.length}`;
  list.more.setAttribute("aria-expanded", String(list.isOpen));
  if (list.isOpen && more) {
    list.note.textContent = `${more.toLocaleString("en")} more: the field above finds them.`;
  }
}

function make(parent) {
  const root = element("div", "facet", "");
  const list = { root, rows: new Map(), pending: new Map(), isOpen: false };
  list.scroll = element("div", "options", "");
  list.scroll.setAttribute("role", "group");
  list.note = element("p", "note", "");
  list.more = element("button", "more", "");
  list.more.type = "button";
  list.more.onclick = () => { list.isOpen = !list.isOpen; draw(list); };
  root.append(list.scroll, list.note, list.more);
  parent.append(root);
  lists.set(parent, list);
  return list;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const list = lists.get(parentElement) ?? make(parentElement);
  list.data = data;
  list.send = (changes) => setTriggerValue("toggled", changes);
  takeOver(list);
  if (list.query !== data.query || list.hasFailed) {
    list.isWaiting = true;
    list.hasFailed = false;
    const counted = ask(list, data.query);
    const { answer } = list;
    const settle = (change) => {
      if (list.answer !== answer) return;
      Object.assign(list, { isWaiting: false, ...change });
      draw(list);
    };
    counted.then((counts) => settle({ counts }), () => settle({ hasFailed: true }));
  }
  draw(list);
  return () => leave(list);
}
