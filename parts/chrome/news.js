// A line above the page once the table on the server is another one than the page shows.

const EVERY_MS = 10_000;
const lines = new WeakMap();

/** Where the dashboard is served: Streamlit's own script lies two folders below, on every page. */
function home() {
  const script = document.querySelector('script[src*="static/js/"]');
  return script ? new URL("../../", script.src) : new URL(".", location.href);
}

/** The same view of the newest version: the address without the version that it names. */
function newest() {
  const address = new URL(location.href);
  address.searchParams.delete("data");
  return address.href;
}

function say(line, words, link) {
  line.root.replaceChildren();
  // Empty, it must not push the page down.
  line.box?.style.setProperty("display", words ? "" : "none");
  if (!words) return;
  line.root.append(words);
  if (!link) return;
  const open = document.createElement("a");
  open.textContent = link;
  open.href = newest();
  open.target = "_self";
  line.root.append(open);
}

async function look(line) {
  if (document.hidden) return;
  try {
    const answer = await fetch(new URL("api/health", home()), { cache: "no-cache" });
    if (!answer.ok) return;
    // Who may see nothing is told the status alone.
    if (!answer.headers.get("content-type")?.includes("json")) {
      say(line, "You have no access any more. Ask for a new link.");
      return;
    }
    const { snapshot, notice } = await answer.json();
    // The table that was there as the page was opened; a link to an older version is left alone.
    line.first ??= snapshot;
    if (notice && notice !== line.told) say(line, notice);
    else if (snapshot !== line.first) say(line, "The table has changed.", "Show the new version");
    else say(line, "");
  } catch {
    // The server is away: Streamlit itself says so.
  }
}

export default function ({ parentElement, data }) {
  let line = lines.get(parentElement);
  if (!line) {
    line = { root: document.createElement("div") };
    line.root.className = "news";
    line.root.setAttribute("role", "status");
    parentElement.append(line.root);
    const host = parentElement.getRootNode().host ?? parentElement;
    line.box = host.closest('[class*="st-key-news"]');
    lines.set(parentElement, line);
  }
  line.told = data.notice;
  const ask = () => look(line);
  line.stop?.();
  const timer = setInterval(ask, EVERY_MS);
  // Whoever comes back to the page is told at once.
  document.addEventListener("visibilitychange", ask);
  line.stop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", ask);
  };
  if (!line.root.hasChildNodes()) say(line, "");
  ask();
  return line.stop;
}
