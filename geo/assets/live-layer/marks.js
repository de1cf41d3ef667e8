/* The marks: an incident, several at one spot, an area, a launch line, a cell of a grid. */
(function () {
  "use strict";

  const { element, shorten } = window.liveLayerTools;
  const MAX_RADIUS = 26;
  const BADGE_RADIUS = 11;

  /** Radius in pixels: area grows with the people harmed; unknown is drawn hollow, not small. */
  function radiusOf(harmed) {
    return harmed === null ? 6 : Math.min(MAX_RADIUS, 5 + 2.4 * Math.sqrt(harmed));
  }

  function groupBy(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
    return groups;
  }

  window.LiveLayer.include({
    drawIncidents(features) {
      this.taken = [];
      this.drawOrigins(features);
      const spots = groupBy(features.filter((f) => !this.isArea(f)), (f) => f.geometry.coordinates.join());
      for (const group of spots.values()) {
        if (group.length === 1) this.drawMark(group[0]);
        else this.drawSpot(group);
      }
      for (const group of groupBy(features.filter(this.isArea), this.areaKey).values()) this.drawArea(group);
    },

    /** Too many for marks of their own: cells of a grid, and the areas that no cell can hold. */
    drawCells(features) {
      const most = Math.max(1, ...features.filter((f) => !f.properties.precision).map((f) => f.properties.n));
      this.taken = [];
      for (const feature of features) if (!feature.properties.precision) this.drawCell(feature, most);
      for (const feature of features) if (feature.properties.precision) this.drawArea([feature]);
    },

    drawCell(feature, most) {
      const { n, bounds } = feature.properties;
      const radius = 9 + 19 * Math.sqrt(n / most);
      const size = 2 * radius;
      this.take(this.latLng(feature), radius);
      const label = element("span", "", shorten(n));
      label.style.width = label.style.height = `${size}px`;
      const mark = L.marker(this.latLng(feature), { bubblingMouseEvents: false, alt: `${n} incidents`,
        icon: L.divIcon({ className: "incident-cell", html: label, iconSize: [size, size] }) });
      mark.bindTooltip(() => this.cellTooltip(feature), { direction: "top", opacity: 1, offset: [0, -radius] });
      mark.on("click", () => {
        const [west, south, east, north] = bounds;
        const zoom = Math.max(this.map.getBoundsZoom([[south, west], [north, east]]), this.map.getZoom() + 1);
        this.map.setView([(south + north) / 2, (west + east) / 2], Math.min(zoom, this.map.getMaxZoom()));
      });
      this.groups.marks.addLayer(mark);
    },

    /** Known to an area only: it stands for all of it, not for a point in it. */
    isArea(feature) {
      return ["district", "governorate", "country"].includes(feature.properties.precision);
    },

    areaKey(feature) {
      const p = feature.properties;
      if (p.precision === "country") return p.country || feature.geometry.coordinates.join();
      return p.precision === "governorate" ? `${p.country}/${p.gov}` : feature.geometry.coordinates.join();
    },

    /** The outline of the area to which a place is known, if the base map has it. */
    outlineOf({ precision, country, gov }) {
      if (precision === "country") return this.countries.get(country);
      return precision === "governorate" ? this.shapes.get(`${country}/${gov}`) : undefined;
    },

    /** Where a feature stands on the map: an area's badge at the point of its label. */
    pointOf(feature) {
      const outline = this.isArea(feature) && this.outlineOf(feature.properties);
      return outline ? this.nearest(L.latLng(outline.properties.label_lat, outline.properties.label_lon))
        : this.latLng(feature);
    },

    /** Class of several incidents together: their type's if they share one, else of none. */
    typeClassOfAll(features) {
      const types = new Set(features.map((f) => f.properties.type));
      return features[0].properties.n === undefined && types.size === 1 ? this.typeClass([...types][0]) : "type-mixed";
    },

    isSelected(features) {
      return features.some((f) => f.properties.incident === this.view.selected);
    },

    drawMark(feature) {
      const harmed = feature.properties.harmed;
      const chosen = this.isSelected([feature]);
      this.take(this.latLng(feature), radiusOf(harmed));
      this.ring([feature]);
      const mark = L.circleMarker(this.latLng(feature), {
        radius: radiusOf(harmed), weight: chosen ? 3 : 1.5, opacity: 1, fillOpacity: harmed === null ? 0.12 : 0.72,
        className: `incident-mark ${this.typeClass(feature.properties.type)}${chosen ? " chosen" : ""}`,
        // Nobody says how exactly the place is known: an edge of dots.
        dashArray: feature.properties.precision ? null : "1.5 2.5", bubblingMouseEvents: false,
      });
      mark.feature = feature;
      mark.bindTooltip(() => this.tooltip([feature]), { direction: "top", opacity: 1 });
      // A new object each time: what was told before is compared with it, and must not change with it.
      mark.on("click", () => {
        const asked = { incident: feature.properties.incident };
        mark.feature = { ...feature, properties: { asked, click: this.nextClick() } };
      });
      this.addLayer(mark);
    },

    /** Several incidents at one spot: one ring cut by type, with their number. */
    drawSpot(group) {
      const known = group.filter((f) => f.properties.harmed !== null);
      const harmed = known.reduce((sum, f) => sum + f.properties.harmed, 0);
      const radius = Math.max(11, radiusOf(known.length ? harmed : null));
      this.take(this.latLng(group[0]), radius);
      this.ring(group);
      const icon = L.divIcon({ className: "incident-spot", html: this.donut(group, radius),
                               iconSize: [2 * radius + 4, 2 * radius + 4] });
      const mark = L.marker(this.latLng(group[0]), { icon, bubblingMouseEvents: false,
        alt: `${group.length} incidents at ${group[0].properties.place || "one spot"}` });
      mark.bindTooltip(() => this.tooltip(group), { direction: "top", opacity: 1, offset: [0, -radius] });
      mark.on("click", () => this.openList(group, this.latLng(group[0])));
      this.groups.marks.addLayer(mark);
    },

    donut(group, radius) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const size = 2 * radius + 4;
      const middle = size / 2;
      const add = (tag, attributes, text) => {
        const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
        for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
        if (text) node.textContent = text;
        svg.append(node);
      };
      svg.setAttribute("width", size);
      svg.setAttribute("height", size);
      if (this.isSelected(group)) {
        add("circle", { cx: middle, cy: middle, r: radius + 1, class: "chosen" });
      }
      add("circle", { cx: middle, cy: middle, r: radius - 1, class: "ground" });
      const ringRadius = radius - 3;
      const length = 2 * Math.PI * ringRadius;
      let start = 0;
      for (const [type, part] of groupBy(group, (f) => f.properties.type)) {
        const share = (part.length / group.length) * length;
        add("circle", { cx: middle, cy: middle, r: ringRadius, class: `share ${this.typeClass(type)}`,
          "stroke-dasharray": `${share} ${length - share}`, "stroke-dashoffset": -start,
          transform: `rotate(-90 ${middle} ${middle})` });
        start += share;
      }
      add("text", { x: middle, y: middle }, String(group.length));
      return svg;
    },

    /** A place known to the town only: a dashed circle of that radius, seen when zoomed in. */
    ring(group) {
      const km = this.options.radii.town;
      if (!group.some((f) => f.properties.precision === "town")) return;
      const metresPerPixel = (40075016.7 * Math.cos((this.latLng(group[0]).lat * Math.PI) / 180)) /
        2 ** (this.map.getZoom() + 8);
      if ((km * 1000) / metresPerPixel < MAX_RADIUS) return;
      this.groups.areas.addLayer(L.circle(this.latLng(group[0]), { pane: "areas", radius: km * 1000,
        className: `incident-ring ${this.typeClassOfAll(group)}`, weight: 1, dashArray: "3 4", fillOpacity: 0.05,
        interactive: false }));
    },

    /** Known to an area only: its outline and a badge with the number, never a pin. */
    drawArea(group) {
      const p = group[0].properties;
      const number = p.n === undefined ? group.length : p.n;
      const look = `${this.typeClassOfAll(group)}${this.isSelected(group) ? " chosen" : ""}`;
      const style = { pane: "areas", weight: 1.2, dashArray: "4 4", fill: true, interactive: false,
        className: `incident-area ${look}` };
      const outline = this.outlineOf(p);
      const area = outline ? L.geoJSON(outline, { pane: "areas", interactive: false, style })
        : L.circle(this.latLng(group[0]), { ...style, radius: (this.options.radii[p.precision] || 20) * 1000 });
      const badge = L.marker(this.findRoom(this.pointOf(group[0])), { bubblingMouseEvents: false, zIndexOffset: -1000,
        alt: `${number} known to an area only: ${this.nameSpot(p)}`,
        icon: L.divIcon({ className: "incident-count", html: element("span", look, shorten(number)),
          iconSize: [2 * BADGE_RADIUS, 2 * BADGE_RADIUS] }) });
      badge.bindTooltip(() => (p.n === undefined ? this.tooltip(group) : this.cellTooltip(group[0])),
        { direction: "top", opacity: 1, offset: [0, -BADGE_RADIUS] });
      // The area is filled while its badge is pointed at.
      const light = (isLit) => (outline ? area.getLayers() : [area])
        .forEach((part) => part.getElement().classList.toggle("lit", isLit));
      badge.on("mouseover", () => light(true));
      badge.on("mouseout remove", () => light(false));
      badge.on("click", () => {
        if (p.n !== undefined) return;
        if (group.length === 1) this.openIncident(group[0]);
        else this.openList(group, badge.getLatLng());
      });
      this.groups.areas.addLayer(area);
      this.groups.marks.addLayer(badge);
    },

    /** A mark stands here: a badge makes way for it. */
    take(latlng, radius) {
      this.taken.push({ at: this.map.latLngToLayerPoint(latlng), radius });
    },

    /** The nearest point at which a badge covers no mark and no other badge; else the point itself. */
    findRoom(latlng) {
      const middle = this.map.latLngToLayerPoint(latlng);
      const around = [16, 26].flatMap((far) => Array.from({ length: 8 }, (_, turn) =>
        middle.add(L.point(Math.cos((turn * Math.PI) / 4), Math.sin((turn * Math.PI) / 4)).multiplyBy(far))));
      const isFree = (point) => this.taken.every(({ at, radius }) => at.distanceTo(point) >= radius + BADGE_RADIUS);
      const found = this.map.layerPointToLatLng([middle, ...around].find(isFree) || middle);
      this.take(found, BADGE_RADIUS);
      return found;
    },

    drawOrigins(features) {
      for (const feature of features) {
        const origin = feature.properties.origin;
        if (!origin) continue;
        const from = this.nearest(L.latLng(origin[1], origin[0]));
        const type = this.typeClass(feature.properties.type);
        this.groups.areas.addLayer(L.polyline([from, this.latLng(feature)], { pane: "lines", weight: 1.6,
          dashArray: "1 5", lineCap: "round", interactive: false, className: `incident-origin ${type}` }));
        const start = L.circleMarker(from, { pane: "lines", radius: 3, weight: 1.5, fillOpacity: 1,
          className: `incident-launch ${type}` });
        start.bindTooltip(() => element("span", "", `Launch site: ${feature.properties.origin_name}`),
          { direction: "top", opacity: 1 });
        this.groups.areas.addLayer(start);
      }
    },
  });
})();
