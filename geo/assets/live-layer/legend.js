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
        : [`${seen.toLocaleString("en")} of ${answer.total.toLocaleString("en")} incident${answer.total === 1 ? "" : "s"} on screen`];
      if (answer.unplaced) text.push(`${answer.unplaced.toLocaleString("en")} cannot be placed`);
      if (answer.far) text.push(`${answer.far.toLocaleString("en")} far from here, in doubt`);
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
      const foot = element("span", "incident-foot");
      foot.append(element("span", "incident-key incident-muted incident-credit", this.options.attribution));
      if (this.options.tools) foot.append(this.saveButtons = this.saveButtons || this.makeSaveButtons());
      parts.push(foot);
      this.legend.replaceChildren(...parts);
    },

    legendOfIncidents() {
      const key = (sample, words) => {
        const item = element("span", "incident-key");
        item.append(element("span", sample), element("span", "", words));
        return item;
      };
      const features = this.answer ? this.answer.features : [];
      // Of a single incident that the page told, only what it has: the map shows nothing else.
      const isAlone = Boolean(this.view && this.view.answer);
      const has = (test) => !isAlone || features.some(test);
      const parts = [];
      if (this.answer && this.answer.cells) parts.push(key("incident-sample cell", "Number of incidents around"));
      else {
        for (const type of this.options.types.filter((each) => has((f) => f.properties.type === each))) {
          parts.push(key(`incident-dot ${this.typeClass(type)}`, type.charAt(0).toUpperCase() + type.slice(1)));
        }
        if (has((f) => f.properties.harmed === null)) parts.push(key("incident-sample hollow", "Toll unknown"));
        if (!isAlone) parts.push(key("incident-sample big", "More people harmed"));
        if (features.some((f) => f.properties.incident && !f.properties.precision)) {
          parts.push(key("incident-sample dotted", "Not stated how exactly the place is known"));
        }
      }
      if (has(this.isArea)) {
        const vague = this.countSeen(features.filter(this.isArea));
        parts.push(key("incident-sample dashed", `Place known to that area only${vague ? `: ${vague.toLocaleString("en")}` : ""}`));
      }
      return parts;
    },
  });
})();
