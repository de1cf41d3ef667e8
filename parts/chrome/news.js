// A line above the page once the table on the server is another one than the page shows, and while
// the server is away.

const EVERY_MS = 10_000;
const AWAY = "The dashboard does not answer just now. This page comes back by itself.";
const SHUT = "You have no access any more. Load the page again to see how to get it.";
const lines = new WeakMap();

/** The same view of the newest version: the address without the version that it names. */
function newest() {
  const address = new URL(location.href);
  address.searchParams.delete("data");
  return address.href;
}

const STATE = "data-test-connection-state";
const findApp = () => document.querySelector(`[${STATE}]`);

/** Whether what a reader does here reaches the server, as far as Streamlit knows. */
function isHeard() {
  const app = findApp();
  return !app || app.getAttribute(STATE) === "CONNECTED";
}

/** A server that was started anew knows nothing of this page: let it run, as the address says. */
function comeBack(line) {
  if (!line.isAway || !isHeard()) return;
  line.isAway = false;
  line.run();
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
  const isAway = !isHeard();
  if (isAway) {
    line.isAway = true;
    say(line, line.isShut ? SHUT : AWAY);
  }
  try {
    const answer = await fetch(new URL("api/health", home()), { cache: "no-cache" });
    // Who may see nothing is told the status alone, and has no session.
    line.isShut = answer.ok && !answer.headers.get("content-type")?.includes("json");
    if (line.isShut) {
      say(line, SHUT);
      return;
    }
    if (isAway || !answer.ok) {
      if (isAway || answer.status > 500) say(line, AWAY);
      return;
    }
    const { snapshot, notice } = await answer.json();
    // The table that was there as the page was opened; a link to an older version is left alone.
    line.first ??= snapshot;
    if (notice && notice !== line.told) say(line, notice);
    else if (snapshot !== line.first) say(line, "The table has changed.", "Show the new version");
    else say(line, "");
  } catch {
    say(line, AWAY);
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
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
  line.run = () => setTriggerValue("back", true);
  const ask = () => {
    comeBack(line);
    look(line);
  };
  line.stop?.();
  const app = findApp();
  const connection = new MutationObserver(ask);
  if (app) connection.observe(app, { attributeFilter: [STATE] });
  const timer = setInterval(ask, EVERY_MS);
  // Whoever comes back to the page is told at once.
  document.addEventListener("visibilitychange", ask);
  line.stop = () => {
    clearInterval(timer);
    connection.disconnect();
    document.removeEventListener("visibilitychange", ask);
  };
  if (!line.root.hasChildNodes()) say(line, "");
  ask();
  return line.stop;
}
