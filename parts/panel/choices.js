// A list of options with their number of incidents: boxes to tick, a bar for each, a search in
// long ones. What is chosen stays in sight, also where no incident has it.

function makeChoices(panel, field) {
  const rows = make("div", { className: "options" });
  const search = make("input", { type: "search", className: "search", placeholder: "Search", ariaLabel: `Search in ${field.label}` });
  const more = make("button", { type: "button", className: "more" });
  const note = make("p", { className: "note" });
  const list = { panel, field, rows, search, more, note, isOpen: false, made: new Map(), values: [], counted: null };
  search.oninput = () => drawOptions(list);
  // A value that is not offered can be typed where there are too many to offer.
  search.onkeydown = (event) => {
    const typed = search.value.trim();
    if (event.key !== "Enter" || !typed) return;
    event.preventDefault();
    const [only, ...others] = findOptions(list);
    const value = only && others.length === 0 ? only[0] : field.isOpen ? typed : null;
    if (value === null) return;
    search.value = "";
    toggle(list, value, true);
  };
  more.onclick = () => { list.isOpen = !list.isOpen; drawOptions(list); };
  const lines = Math.min(field.total, FIRST_ROWS);
  rows.style.minHeight = `calc(${lines} * var(--row))`;
  const parts = field.total >= SEARCHED_FROM ? [search, rows, more, note] : [rows, more, note];
  return [grouped(field, ...parts), (values, counted = list.counted) => {
    // A change is of one list; the others, and this one once the page has said the same, stand.
    const drawn = JSON.stringify(values);
    if (list.drawn === drawn && list.counted === counted) return;
    Object.assign(list, { values, counted, drawn });
    drawOptions(list);
  }];
}

function toggle(list, value, isOn) {
  const { panel, field } = list;
  const others = (panel.values[field.name] ?? []).filter((each) => each !== value);
  const kept = field.isSingle ? [] : others;
  set(panel, field.name, isOn ? [...kept, value] : kept);
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Options that the search leaves, the most frequent first. */
function findOptions({ field, search, counted, values }) {
  // Until the numbers are there, the first options stand without.
  const told = counted?.options ?? field.options.map((value) => [value, null]);
  const missing = values.filter((value) => !told.some(([each]) => each === value));
  const options = [...told, ...missing.map((value) => [value, counted ? 0 : null])];
  const wanted = fold(search.value.trim());
  if (!wanted) return options;
  return options.filter(([value]) => fold(field.labels[value] ?? value).includes(wanted));
}

function drawOptions(list) {
  const { field, rows, search, more, note, counted, values } = list;
  const found = findOptions(list);
  const most = Math.max(0, ...found.map(([, n]) => n ?? 0));
  const isWhole = list.isOpen || search.value.trim() !== "" || found.length <= FIRST_ROWS + 1;
  const shown = found.filter(([value], i) => isWhole || i < FIRST_ROWS || values.includes(value));
  const drawn = shown.map(([value, n]) => drawOption(list, value, n, most));
  const focused = rows.getRootNode().activeElement;
  rows.replaceChildren(...drawn);
  if (rows.contains(focused)) focused.focus({ preventScroll: true });
  const rest = counted?.more ?? 0;
  more.hidden = isWhole && !list.isOpen;
  more.textContent = list.isOpen ? "Show fewer" : `Show all ${number(found.length + rest)}`;
  if (!list.isOpen && rest) more.textContent = `Show ${number(found.length)} of ${number(found.length + rest)}`;
  more.setAttribute("aria-expanded", String(list.isOpen));
  note.textContent = counted === null ? "The numbers cannot be shown just now."
    : search.value.trim() && found.length === 0 ? field.isOpen ? "Enter takes it as typed." : "Nothing of this name."
    : list.isOpen && rest ? "Search for the others: Enter takes what is typed." : "";
}

function drawOption(list, value, n, most) {
  const { field, made, values } = list;
  if (!made.has(value)) {
    const box = make("input", { type: field.isSingle ? "radio" : "checkbox" });
    const name = make("span", { className: "name", dir: "auto", textContent: field.labels[value] ?? value });
    const row = make("label", { className: "option", title: name.textContent }, box, name, make("span", { className: "number" }));
    box.onclick = () => { if (field.isSingle && list.values.includes(value)) toggle(list, value, false); };
    box.onchange = () => toggle(list, value, box.checked);
    made.set(value, row);
  }
  const row = made.get(value);
  const box = row.querySelector("input");
  box.checked = values.includes(value);
  box.setAttribute("aria-label", n === null ? row.title : `${row.title}, ${number(n)} ${n === 1 ? "incident" : "incidents"}`);
  row.querySelector(".number").textContent = n === null || n === undefined ? "" : number(n);
  row.classList.toggle("chosen", box.checked);
  row.classList.toggle("none", n === 0);
  row.style.setProperty("--share", most ? String((n ?? 0) / most) : "0");
  return row;
}
