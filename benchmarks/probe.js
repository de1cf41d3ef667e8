/* When does a page show what was asked for? Asked from within, once a frame, so that no message to
 * the measuring program is part of the time.
 *
 * `look()` gives the parts of the page by name; a part has changed when it is another value than
 * before. Settled is the page when all parts that are needed have changed, nothing is busy, and no
 * part has changed again for `quiet` milliseconds; the time is that of the last change, painted.
 */
window.probe = function (look, options) {
  const result = (window.probed = { done: false, ms: null, error: null, parts: {} });
  const times = {};
  let started = null;
  let last = {};

  function begin() {
    last = options.from === "navigation" ? {} : look().parts;
    started = options.from === "navigation" ? 0 : performance.now();
  }

  function compare(parts) {
    for (const [name, value] of Object.entries(parts)) {
      // The task after a frame's callbacks runs when that frame has been painted.
      if (value !== null && value !== last[name]) setTimeout(() => { times[name] = performance.now(); }, 0);
    }
    last = parts;
  }

  function frame() {
    if (started !== null) {
      const { parts, busy, error } = look();
      compare(parts);
      if (error) Object.assign(result, { error, done: true });
      if (result.done) return;
      const latest = Math.max(...Object.values(times));
      const reached = options.needed.every((name) => name in times);
      if (reached && !busy && performance.now() - latest > options.quiet) {
        for (const name of Object.keys(times)) result.parts[name] = times[name] - started;
        result.ms = latest - started;
        result.done = true;
        return;
      }
    }
    requestAnimationFrame(frame);
  }

  if (options.from === "pointer") addEventListener("pointerup", begin, { capture: true, once: true });
  else begin();
  frame();
};

/** Count how often charts are drawn: our timeline, or Vega's, as SVG or on a canvas. */
window.watchCharts = function () {
  if (window.chartsDrawn !== undefined) return;
  window.chartsDrawn = 0;
  const CHART = '[data-testid="stVegaLiteChart"]';
  new MutationObserver((records) => {
    for (const record of records) {
      const node = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      if (node && node.closest(`${CHART} svg`)) window.chartsDrawn += 1;
      for (const added of record.addedNodes) if (added.matches?.(".stMain figure.bars")) window.chartsDrawn += 1;
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const drawing = CanvasRenderingContext2D.prototype;
  const clear = drawing.clearRect;
  drawing.clearRect = function (...box) {
    if (this.canvas.isConnected && this.canvas.closest(CHART)) window.chartsDrawn += 1;
    return clear.apply(this, box);
  };
};

/** A page of Streamlit: its figures, its charts and what `mapOf` finds in the map's frame. */
window.lookAtStreamlit = function (figures, mapOf) {
  window.watchCharts();
  return () => {
    const texts = [...document.querySelectorAll(figures)].map((node) => node.innerText);
    const frame = document.querySelector('iframe[title="streamlit_folium.st_folium"]');
    const app = document.querySelector('[data-testid="stApp"]');
    return {
      parts: {
        figures: texts.join("|") || null,
        map: (frame && frame.contentWindow && mapOf(frame.contentWindow)) || null,
        timeline: window.chartsDrawn || null,
      },
      error: document.querySelector('[data-testid="stException"]')?.innerText || null,
      // A first view that stands before the page is not the page yet.
      busy: !app || app.dataset.testScriptState !== "notRunning" || !!document.getElementById("first-view"),
    };
  };
};

/** A page of Datasette: the map with the first rows, then with all; asks for all as a reader would. */
window.lookAtDatasette = function () {
  let asked = false;
  return () => {
    const button = document.querySelector("button.cluster-map-button");
    if (button && !asked) {
      // Once: every click would load all rows once more.
      asked = true;
      button.click();
    }
    const marks = document.querySelector(".leaflet-marker-pane > *") !== null;
    return { parts: { first: marks || null, map: (marks && !button) || null }, busy: false };
  };
};
