/* What is printed is the brief of the page: all that its filters ask for, on paper, not the screen.
 *
 * A browser takes what stands in the page when the event of printing is over. So the server is
 * asked while it waits, and only then: nobody else needs a brief.
 */
(function () {
  "use strict";

  var HIDE =
    "@media screen { #printed { display: none } }" +
    "@media print { body > :not(#printed) { display: none !important }" +
    " html, body { height: auto !important; overflow: visible !important; background: #fff !important } }";
  var added = [];

  /** What the page asks for, in the words of a link; null where it shows no table. */
  function findQuery() {
    var mark = document.querySelector("#root [data-brief]") || document.querySelector("[data-brief]");
    return mark && mark.getAttribute("data-brief");
  }

  function ask(query) {
    var request = new XMLHttpRequest();
    request.open("GET", "./api/brief.html?" + query, false);
    try {
      request.send();
    } catch (error) {
      return { status: 0, responseText: "The server cannot be reached: print again when it can." };
    }
    return request;
  }

  function add(parent, element) {
    parent.appendChild(element);
    added.push(element);
    return element;
  }

  function write(text) {
    var style = document.createElement("style");
    style.textContent = text;
    return style;
  }

  function show() {
    var query = findQuery();
    if (query === null) return;
    giveWay();
    var answer = ask(query);
    var host = document.createElement("div");
    host.id = "printed";
    if (answer.status === 200) {
      var brief = new DOMParser().parseFromString(answer.responseText, "text/html");
      var styles = brief.querySelectorAll("style");
      add(document.head, write(styles[0].textContent + HIDE));
      var within = host.attachShadow({ mode: "open" });
      within.appendChild(write(styles[1].textContent));
      within.appendChild(document.importNode(brief.querySelector(".brief"), true));
    } else {
      add(document.head, write(HIDE));
      host.textContent = answer.responseText;
    }
    add(document.body, host);
  }

  function giveWay() {
    while (added.length) added.pop().remove();
  }

  window.addEventListener("beforeprint", show);
  window.addEventListener("afterprint", giveWay);
})();
