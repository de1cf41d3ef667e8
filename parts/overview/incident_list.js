// The list of incidents: a table that is read, copied from and walked through by keyboard; a click
// or Enter on a row opens it. Order and page go to Python, which writes them into the address.

const lists = new WeakMap();

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function makeHead(list) {
  const pick = make("select", { ariaLabel: "Sort by" });
  pick.onchange = () => list.send("sorted", pick.value);
  const turn = make("button", { type: "button", className: "turn", title: "From the other end. Unknown always comes last." });
  turn.onclick = () => list.send("turned", list.data.column);
  list.pick = pick;
  list.turn = turn;
  list.choice = make("details", { className: "choice" });
  return make("div", { className: "order" }, pick, turn, list.choice);
}

function makePages(list) {
  const words = make("span");
  const step = (label, by) => {
    const button = make("button", { type: "button", textContent: label });
    // Two quick clicks are two pages, also before the first of them is here.
    button.onclick = () => {
      list.page = Math.min(Math.max(list.page + by, 1), list.data.pages);
      list.send("paged", list.page);
    };
    return button;
  };
  list.words = words;
  list.before = step("‹ Previous", -1);
  list.after = step("Next ›", 1);
  list.pages = make("nav", { className: "pages", ariaLabel: "Pages of the list" }, words, list.before, list.after);
  return list.pages;
}

/** The columns: the most important first, as the last ones go where there is no room. */
const COLUMNS = [["date", "Date"], ["place", "Place"], ["killed", "Killed"], ["wounded", "Wounded"], ["type", "Type"]];

/** These, and the table's own ones that are chosen. */
function listColumns({ own, chosen }) {
  return [...COLUMNS, ...own.filter(([name]) => chosen.includes(name))];
}

/** Lets the reader choose columns of the table's own; nothing where it has none. */
function drawChoice({ data, choice, send }) {
  choice.hidden = data.own.length === 0;
  const boxes = data.own.map(([name, label]) => {
    const box = make("input", { type: "checkbox", checked: data.chosen.includes(name) });
    box.disabled = !box.checked && data.chosen.length >= data.most;
    box.onchange = () => send("chosen", data.own.map(([each]) => each)
      .filter((each) => (each === name ? box.checked : data.chosen.includes(each))));
    return make("label", {}, box, make("span", { textContent: label, dir: "auto" }));
  });
  choice.replaceChildren(make("summary", { textContent: "Columns" }), make("div", {}, ...boxes));
}

function drawHeads(list) {
  list.heads = listColumns(list.data).map(([name, label]) => {
    const head = make("th", { scope: "col", className: isOwn(name) ? "own" : name, textContent: label, dir: "auto" });
    head.dataset.name = name;
    return head;
  });
  list.head.replaceChildren(...list.heads);
}

const isOwn = (name) => name.startsWith("x.");

function drawRow(list, row) {
  const cells = listColumns(list.data).map(([name, label]) => {
    const cell = make("td", { className: isOwn(name) ? "own" : name, dir: "auto" }, row[name]);
    cell.dataset.label = label;
    return cell;
  });
  const line = make("tr", { tabIndex: -1, title: row.place }, ...cells);
  line.dataset.id = row.id;
  return line;
}

function drawRows(list) {
  const { rows, tips } = list.data;
  const focused = list.body.querySelector("tr[tabindex='0']")?.dataset.id;
  list.body.replaceChildren(...rows.map((row) => drawRow(list, row)));
  const line = [...list.body.rows].find(({ dataset }) => dataset.id === focused) ?? list.body.rows[0];
  if (line) line.tabIndex = 0;
  for (const head of list.heads) head.title = tips[head.dataset.name] ?? "";
}

function walk(list, event) {
  const line = event.target.closest("tbody tr");
  if (!line) return;
  const to = { ArrowDown: line.nextElementSibling, ArrowUp: line.previousElementSibling,
    Home: list.body.rows[0], End: list.body.rows[list.body.rows.length - 1] }[event.key];
  if (event.key === "Enter") { event.preventDefault(); list.send("opened", line.dataset.id); }
  if (!to) return;
  event.preventDefault();
  line.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

function build(parent) {
  const list = { data: null };
  const table = make("table", { ariaLabel: "Incidents; Enter opens one" });
  list.head = make("tr");
  list.body = make("tbody");
  table.append(make("thead", {}, list.head), list.body);
  list.scroll = make("div", { className: "rows" }, table);
  list.body.onclick = (event) => {
    // Text that was marked is to be copied, not opened.
    const line = event.target.closest("tr");
    if (line && String(getSelection()) === "") list.send("opened", line.dataset.id);
  };
  list.body.onkeydown = (event) => walk(list, event);
  parent.append(make("div", { className: "list" }, makeHead(list), list.scroll, makePages(list)));
  lists.set(parent, list);
  return list;
}

function drawOrder({ data, pick, turn }) {
  if (pick.options.length !== data.columns.length) {
    pick.replaceChildren(...data.columns.map(([value, label]) => make("option", { value, textContent: label })));
  }
  pick.value = data.column;
  turn.textContent = data.direction;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const list = lists.get(parentElement) ?? build(parentElement);
  const said = ({ rows, chosen }) => JSON.stringify([rows, chosen]);
  const isOther = !list.data || said(list.data) !== said(data);
  list.data = data;
  list.send = setTriggerValue;
  list.page = data.page;
  drawOrder(list);
  drawChoice(list);
  if (isOther) {
    drawHeads(list);
    drawRows(list);
    list.scroll.scrollTop = 0;
  }
  list.pages.hidden = data.pages === 1;
  list.words.textContent = data.shown;
  list.before.disabled = data.page <= 1;
  list.after.disabled = data.page >= data.pages;
}
