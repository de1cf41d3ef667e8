/* Ahead: the panel tells what the reader has just set, so that the map asks for it while the page
 * still runs. What the page says in the end counts: where it says something else, it is asked anew. */
(function () {
  "use strict";

  /** What the page asks for on the map besides filters. */
  const SHOWN = ["data", "view", "shade", "before"];
  /** Letters of a query beyond which the page gives its filters a name, which nobody else knows. */
  const LONGEST = 1500;

  const sort = (query) => [...new URLSearchParams(query)].map(String).sort().join("\n");

  window.LiveLayer.include({
    /** Ask for these filters, texts by parameter. The server is told of the page that will ask for
     * the same, by the query of its address, and answers that, too, before it is asked. */
    askAhead(filters, page = "?") {
      if (!this.view || this.view.answer || this.player) return;
      const query = new URLSearchParams();
      for (const [name, text] of new URLSearchParams(this.view.query)) {
        if (SHOWN.includes(name)) query.append(name, text);
      }
      for (const [name, texts] of Object.entries(filters)) {
        for (const text of texts) query.append(name, text);
      }
      if (String(query).length > LONGEST || this.isAsked(query)) return;
      this.query = String(query);
      // A long address is no header: a proxy would refuse the whole request.
      this.ask(page.length > LONGEST ? {} : { "x-page": page });
    },

    isAsked(query) {
      return sort(query) === sort(this.query);
    },

    /** What the page does not ask for has not failed: the page is to come. */
    failAhead() {
      if (this.isAsked(this.view.query)) return false;
      this.query = this.view.query;
      return true;
    },
  });
})();
