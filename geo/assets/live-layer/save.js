/* Save: the server draws what the map shows, as a picture or an animation, and the browser keeps it. */
(function () {
  "use strict";

  const { element } = window.liveLayerTools;

  window.LiveLayer.include({
    /** Buttons that save the map's window, view and dates as they are. */
    makeSaveButtons() {
      const box = element("span", "incident-key incident-save", "Save this map:");
      for (const kind of ["PNG", "SVG"]) {
        const button = element("button", "", kind);
        button.type = "button";
        button.title = `Save this map as ${kind}`;
        button.setAttribute("aria-label", button.title);
        button.onclick = () => this.download(`map.${kind.toLowerCase()}?${this.parameters(true)}`, button, kind);
        box.append(button);
      }
      return box;
    },

    /** Fetch an answer that is a file and hand it over; the button says so and then its words again. */
    async download(address, button, words) {
      button.disabled = true;
      button.textContent = "Drawing…";
      try {
        const response = await fetch(`${this.options.api}/${address}`);
        if (!response.ok) throw new Error(await response.text());
        const link = element("a", "");
        link.href = URL.createObjectURL(await response.blob());
        link.download = /filename="([^"]+)"/.exec(response.headers.get("content-disposition"))[1];
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      } catch (error) {
        this.status.replaceChildren(element("span", "", error instanceof TypeError
          ? "The picture could not be saved. Try again." : error.message));
      }
      button.disabled = false;
      button.textContent = words;
    },
  });
})();
