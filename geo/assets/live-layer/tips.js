/* What a mark says when it is pointed at, and the list of those at one spot. */
(function () {
  "use strict";

  const { element } = window.liveLayerTools;
  /** Pixels between a tooltip and the map's upper edge, with its tip. */
  const TOOLTIP_ROOM = 12;

  const placeTooltip = L.Tooltip.prototype._setPosition;

  /** A tooltip stays inside the map: below its mark where there is no room above, moved in from the sides. */
  L.Tooltip.include({
    _setPosition(position) {
      const own = this.options;
      const [box, at] = [this._container, this._map.layerPointToContainerPoint(position)];
      const offset = L.point(own.offset);
      const isCutOff = own.direction === "top" && at.y + offset.y - box.offsetHeight < TOOLTIP_ROOM;
      if (isCutOff) this.options = { ...own, direction: "bottom", offset: [offset.x, -offset.y] };
      placeTooltip.call(this, position);
      this.options = own;
      const [half, middle] = [box.offsetWidth / 2, at.x + offset.x];
      const inside = Math.max(half + 4, Math.min(this._map.getSize().x - half - 4, middle));
      box.style.translate = `${inside - middle}px 0`;
    },
  });

  window.LiveLayer.include({
    /** What incidents drawn together share: a place, or the area to which they are known. */
    nameSpot({ precision, place, gov }) {
      if (precision === "country") return "same country";
      return (precision === "governorate" ? gov : place) || "same spot";
    },

    tooltip(group) {
      const box = element("div", "incident-tip");
      const p = group[0].properties;
      if (group.length === 1) {
        box.append(element("strong", "", `${p.day} · ${p.type || "type unknown"}`),
          element("div", "", p.place || "Place not named"), element("div", "", p.toll));
        if (p.precision !== "site") box.append(element("div", "incident-muted", p.known_to));
      } else {
        box.append(element("strong", "", `${group.length} incidents · ${this.nameSpot(p)}`));
        const known = new Set(group.filter((f) => f.properties.precision !== "site").map((f) => f.properties.known_to));
        for (const words of known) box.append(element("div", "incident-muted", words));
        box.append(element("div", "incident-muted", "Click to list them"));
      }
      return box;
    },

    cellTooltip(feature) {
      const box = element("div", "incident-tip");
      const p = feature.properties;
      box.append(element("strong", "", `${p.n.toLocaleString("en")} incidents${p.gov ? ` · ${p.gov}` : ""}`),
        element("div", "", p.toll));
      box.append(element("div", "incident-muted",
        p.precision ? "Place known to that area only" : "Click to come closer"));
      return box;
    },

    openList(group, latlng) {
      const box = element("div", "incident-list");
      box.append(element("div", "incident-list-title",
        `${group.length} incidents · ${this.nameSpot(group[0].properties)}`));
      const sorted = [...group].sort((a, b) => a.properties.date.localeCompare(b.properties.date));
      for (const feature of sorted) {
        const row = element("button", "incident-list-row");
        row.type = "button";
        const dot = element("span", `incident-dot ${this.typeClass(feature.properties.type)}`);
        row.append(dot, element("span", "", `${feature.properties.day} · ${feature.properties.type || "type unknown"}`),
          element("span", "incident-muted", feature.properties.toll));
        row.onclick = () => this.openIncident(feature);
        box.append(row);
      }
      this.list = L.popup({ maxHeight: 230, minWidth: 210, maxWidth: 300 }).setLatLng(latlng).setContent(box)
        .openOn(this.map);
    },
  });
})();
