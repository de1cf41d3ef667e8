/* The first view gives way to the live page once that is whole, and stays where it cannot start.
 *
 * Written for old browsers, too: those that cannot run the live page must be told.
 */
(function () {
  "use strict";

  var BEAT = 100;
  var PATIENCE = 15000;
  // Parts of the first view, and what takes their place. A server that has just started may call a
  // page done before any of them is there.
  var PARTS = [
    ["h1:not(.unseen)", "h1"], [".figures", ".figures"], [".picture", "iframe"],
    [".bars", ".bars .ground"]
  ];
  var first = document.getElementById("first-view");
  var root = document.getElementById("root");
  if (!first || !root) return;

  var begun = null;
  var seen = 0;

  function find(name, within) {
    return within && within.querySelector('[data-testid="' + name + '"]');
  }

  /** Say that the live page does not come; if it comes after all, it still takes the place. */
  function stay() {
    if (begun !== null || first.classList.contains("stays")) return;
    first.classList.add("stays");
    var note = first.querySelector(".live-note");
    note.textContent = note.getAttribute("data-stuck");
  }

  /** A map that has drawn what it was told; a frame of another kind that is loaded. */
  function isDrawn(frame) {
    var inside = frame.contentDocument;
    if (!inside || inside.readyState !== "complete") return false;
    if (!inside.getElementById("map_div")) return inside.body.childElementCount > 0;
    return Boolean(frame.contentWindow.liveLayer && frame.contentWindow.liveLayer.answer);
  }

  /** Whether the page has run, and all that it draws is there. */
  function isWhole(app, main) {
    if (app.getAttribute("data-test-script-state") !== "notRunning") return false;
    if (find("stSkeleton", root) || find("stSpinner", root)) return false;
    var isHere = function (part) { return !first.querySelector(part[0]) || main.querySelector(part[1]); };
    if (!PARTS.every(isHere)) return false;
    var charts = [].slice.call(main.querySelectorAll('[data-testid="stVegaLiteChart"]'));
    if (!charts.every(function (chart) { return chart.querySelector("svg, canvas"); })) return false;
    return [].slice.call(main.querySelectorAll("iframe")).every(isDrawn);
  }

  function giveWay(main) {
    var scrolled = window.scrollY;
    clearInterval(beat);
    first.remove();
    document.getElementById("first-style").remove();
    window.scrollTo(0, 0);
    main.scrollTop = scrolled;
  }

  function look() {
    var app = find("stApp", root);
    var state = app && app.getAttribute("data-test-connection-state");
    if (/FOREVER/.test(state || "")) stay();
    var main = state === "CONNECTED" ? find("stMain", root) : null;
    if (!find("stElementContainer", main)) return;
    if (begun === null) begun = Date.now();
    // Twice in a row: between two messages of the server a page may look as if it were done.
    seen = isWhole(app, main) ? seen + 1 : 0;
    // Where there is nothing to see yet, the live page at least tells how far it is.
    if (seen > 1 || first.hasAttribute("data-waits") || Date.now() - begun > PATIENCE) giveWay(main);
  }
  var beat = setInterval(look, BEAT);

  if (!("noModule" in HTMLScriptElement.prototype)) stay();
  // A script of the live page that cannot be loaded or run.
  window.addEventListener("error", function (event) {
    if (event.message || event.target.tagName === "SCRIPT") setTimeout(stay, PATIENCE / 3);
  }, true);
  window.addEventListener("load", function () { setTimeout(stay, PATIENCE); });
})();
