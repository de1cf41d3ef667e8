/* What stands around the marks: the status, the way home, the legend. */
(function () {
  "use strict";

  const { element, addButton, views } = window.liveLayerTools;

  window.LiveLayer.include({
    /** Incidents of the features that stand on screen. */
    countSeen(features) {
      const bounds = this.map.getBounds();
      return features.filter((f) => bounds.contains(this.pointOf(f)))
        .reduce((sum, f) => sum + (f.properties.n === undefined ? 1 : f.properties.n), 0);
    },

    addControls(map) {
      const layer = this;
      const make = (position, build) => {
        const control = new L.Control({ position });
        control.onAdd = build;
        control.addTo(map);
      };
      make("topright", () => (this.status = element("div", "incident-status", "Loading the map…")));
      this.status.setAttribute("role", "status");
      make("topleft", () => {
        const bar = element("div", "leaflet-bar");
        addButton(bar, "incident-home", "⌂", "Whole area", () => layer.goHome(layer.view.home));
        if (layer.options.tools) addButton(bar, "incident-filtered", "◎", "Zoom to what is filtered", () => layer.goToFiltered());
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      });
      make("bottomleft", () => (this.legend = element("div", "incident-legend")));
    },

    tell(answer) {
      if (this.drawing) return; // What to do now matters more.
      if (this.view.answer) {
        this.status.replaceChildren(element("span", "", answer.features[0].properties.known_to));
        return;
      }
      const other = views[answer.view];
      if (other) {
        this.status.replaceChildren(element("span", "", other.words(this, answer).join(" · ")));
        return;
      }
      const seen = this.countSeen(answer.features);
      const text = answer.total === 0 ? ["No incidents"]
        : [`${seen.toLocaleString("en")} of ${answer.total.toLocaleString("en")} incidents on screen`];
      if (answer.unplaced) text.push(`${answer.unplaced.toLocaleString("en")} cannot be placed`);
      if (answer.cells) text.push("circles count them: click to come closer");
      this.status.replaceChildren(element("span", "", text.join(" · ")));
    },

    fail() {
      this.status.replaceChildren(element("span", "", "The map could not be updated. "));
      const retry = element("button", "", "Try again");
      retry.type = "button";
      retry.onclick = () => this.ask();
      this.status.append(retry);
    },

    drawLegend() {
      const other = this.answer && views[this.answer.view];
      const parts = other ? other.legend(this, this.answer) : this.legendOfIncidents();
      parts.push(element("span", "incident-key incident-muted incident-credit", this.options.attribution));
      this.legend.replaceChildren(...parts);
    },

    legendOfIncidents() {
      // Of what the page itself told, only its own types: the map shows nothing else.
      const told = this.view && this.view.answer;
      const types = this.options.types.filter((type) => !told || told.features.some((f) => f.properties.type === type));
      const parts = (this.answer && this.answer.cells ? [] : types).map((type) => {
        const item = element("span", "incident-key");
        item.append(element("span", `incident-dot ${this.typeClass(type)}`), element("span", "", type.charAt(0).toUpperCase() + type.slice(1)));
        return item;
      });
      const cells = this.answer && this.answer.cells;
      const samples = cells ? [["cell", "Number of incidents around"]]
        : [["hollow", "Toll unknown"], ["big", "More people harmed"],
          ...(this.hasUnstated() ? [["dotted", "Not stated how exactly the place is known"]] : [])];
      const vague = this.answer ? this.countSeen(this.answer.features.filter(this.isArea)) : 0;
      const areas = `Place known to that area only${vague ? `: ${vague.toLocaleString("en")}` : ""}`;
      for (const [name, words] of [...samples, ["dashed", areas]]) {
        const item = element("span", "incident-key");
        item.append(element("span", `incident-sample ${name}`), element("span", "", words));
        parts.push(item);
      }
      return parts;
    },

    hasUnstated() {
      return Boolean(this.answer) && this.answer.features.some((f) => f.properties.incident && !f.properties.precision);
    },
  });
})();
