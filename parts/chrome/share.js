// What can be sent of a view: its link, a picture, a brief, a code for a camera, a frame.

const HEIGHTS = { map: 460, timeline: 350, figures: 150, list: 460 };

/** Name of the page that is open. */
function findPage() {
  return location.pathname.slice(home().pathname.length).replace(/\/+$/, "") || "overview";
}

/** Parameters of this view, with the window that the map shows now; only the browser knows it. */
function readParameters(data) {
  const parameters = new URLSearchParams(data.query);
  if (!data.map) return parameters;
  try {
    const place = JSON.parse(sessionStorage.getItem("incidents-map-place"));
    const isReloaded = performance.getEntriesByType("navigation")[0].type !== "navigate";
    if (place && (place.load === performance.timeOrigin || isReloaded)) {
      parameters.set("bbox", place.bbox.join(","));
      parameters.set("z", String(Math.round(place.zoom)));
    }
  } catch (error) { /* Without a place the link opens on the whole area. */ }
  return parameters;
}

function join(address, parameters) {
  const query = parameters.toString();
  return query ? `${address}?${query}` : String(address);
}

/** The address of something that the server makes of this view. */
function ask(data, route, change = () => {}) {
  const parameters = readParameters(data);
  change(parameters);
  return join(new URL(route, home()), parameters);
}

function writeFrame(data, part) {
  const address = ask(data, ".", (parameters) => parameters.set("embed", part));
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = document.title;
  frame.width = "100%";
  frame.height = String(HEIGHTS[part]);
  frame.loading = "lazy";
  frame.setAttribute("style", "border:0");
  return frame.outerHTML;
}

async function copy(field, note) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    note.textContent = "Copied";
  } catch (error) {
    note.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C to copy";
  }
  setTimeout(() => { note.textContent = ""; }, 3000);
}

export default function ({ parentElement, data }) {
  const find = (name) => parentElement.querySelector(`.${name}`);
  const link = find("link"), code = find("code"), part = find("part");
  const page = findPage();

  const fill = () => {
    link.value = join(location.origin + location.pathname, readParameters(data));
    find("picture").href = ask(data, "api/picture.png");
    // A brief is of all incidents of the filters, also where one is opened beside them.
    find("brief").href = ask(data, "api/brief.html", (parameters) => {
      if (page !== "incident") parameters.delete("incident");
    });
    const qr = ask(data, `api/qr/${page}.svg`);
    if (find("qr").src !== qr) find("qr").src = qr;
    code.value = writeFrame(data, part.value);
  };

  fill();
  // The map may have moved since.
  parentElement.querySelectorAll("a, input, textarea").forEach((each) => {
    each.onpointerdown = fill;
    each.onfocus = () => { fill(); if (each.select) each.select(); };
  });
  part.onchange = fill;
  find("copy-link").onclick = () => { fill(); copy(link, find("copied")); };
  find("copy-code").onclick = () => { fill(); copy(code, find("copied-code")); };
  find("frame").hidden = page === "incident";
  find("embedders").textContent = data.embedders.length
    ? `Shown on pages of ${data.embedders.join(", ")}.`
    : "Who runs this dashboard lets no other host show it in a frame yet (INCIDENTS_EMBEDDERS).";
}
