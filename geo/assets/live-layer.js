/* The live layer: marks of incidents that it asks the server for, window by window.
 *
 * It is created once with the map and never rebuilt. `show(view)` gives it the page's filters;
 * moving the map makes it ask again. Whatever comes from a table is set as text, never as HTML.
 */
(function () {
  "use strict";

  const PLACE_KEY = "incidents-map-place";
  const WAIT_MS = 80;
  const MAX_RADIUS = 26;

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  /** The load of the page around the map: turning its pages keeps it, following a link makes a new one. */
  function pageLoad() {
    try {
      return window.parent.performance.timeOrigin;
    } catch (error) {
      return window.performance.timeOrigin;
    }
  }

  function isReloaded() {
    try {
      return window.parent.performance.getEntriesByType("navigation")[0].type !== "navigate";
    } catch (error) {
      return false;
    }
  }

  /** Where the reader left the map, unless a link has been followed in this tab since. */
  function storedPlace() {
    try {
      const place = JSON.parse(window.sessionStorage.getItem(PLACE_KEY));
      return place && (place.load === pageLoad() || isReloaded()) ? place : null;
    } catch (error) {
      return null;
    }
  }

  function isDark() {
    const parts = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) || [255, 255, 255];
    return 0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2] < 128 && parts[3] !== "0";
  }

  /** Radius in pixels: area grows with the people harmed; unknown is drawn hollow, not small. */
  function radiusOf(harmed) {
    return harmed === null ? 6 : Math.min(MAX_RADIUS, 5 + 2.4 * Math.sqrt(harmed));
  }

  /** A number in at most four letters: 950, 1.2k, 34k, 1.1M. */
  function shorten(number) {
    if (number < 1000) return String(number);
    const [value, unit] = number < 999500 ? [number / 1000, "k"] : [number / 1e6, "M"];
    return (value < 9.95 ? value.toFixed(1) : String(Math.round(value))) + unit;
  }

  /** The page's own fonts, so that the map is written in the same letters. */
  function copyFonts() {
    try {
      for (const sheet of window.parent.document.styleSheets) {
        for (const rule of sheet.cssRules) {
          if (!(rule instanceof window.parent.CSSFontFaceRule)) continue;
          const base = sheet.href || window.parent.location.href;
          const style = element("style", "", rule.cssText.replace(/url\("?([^")]+)"?\)/g,
            (match, path) => `url("${new URL(path, base)}")`));
          document.head.append(style);
        }
      }
    } catch (error) { /* Embedded in a page of another host: the system's letters will do. */ }
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

  /** A day without ambiguity: 7 Jul 2021. */
  function sayDay(date) {
    return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
      .replace("Sept", "Sep");
  }

  /** What the other scripts of the map share; `views` are its views besides the incidents. */
  const tools = { element, shorten, sayDay, views: {} };
  window.liveLayerTools = tools;

  const LiveLayer = L.FeatureGroup.extend({
    initialize(options) {
      L.FeatureGroup.prototype.initialize.call(this, []);
      this.options = options;
      this.view = null;
      this.clicks = 0;
      this.shapes = new Map();
    },

    onAdd(map) {
      this.map = map;
      map.createPane("land").style.zIndex = 210;
      map.createPane("areas").style.zIndex = 350;
      map.createPane("lines").style.zIndex = 380;
      // Thousands of squares are one picture, not thousands of elements.
      this.canvas = L.canvas({ pane: "areas", padding: 0.2 });
      map.createPane("names").style.zIndex = 340;
      map.getPane("names").style.pointerEvents = "none";
      this.groups = { land: L.layerGroup().addTo(map), names: L.layerGroup().addTo(map),
                      areas: L.layerGroup().addTo(map), marks: L.layerGroup().addTo(map) };
      L.FeatureGroup.prototype.onAdd.call(this, map);
      copyFonts();
      this.addControls(map);
      this.addAreaControl(map);
      this.addPlayControl(map);
      this.restyle();
      map.on("moveend", this.moved, this);
      map.on("zoomend", this.drawNames, this);
      window.addEventListener("message", (event) => {
        // Streamlit tells its components of a change of theme in a message of this type.
        if (event.data && event.data.type === "streamlit:render") setTimeout(() => this.restyle(), 0);
      });
      // The frame may get another height after the map was made, as on a phone.
      const container = map.getContainer();
      for (const kind of ["mousedown", "wheel", "touchstart", "keydown"]) {
        container.addEventListener(kind, () => { this.touched = true; }, { passive: true, capture: true });
      }
      new ResizeObserver(() => {
        map.invalidateSize({ animate: false });
        if (this.view && !this.touched) this.place();
      }).observe(container);
      this.addHatch(container);
      this.loadLand();
    },

    /** The pattern of areas of which nobody gives a number. */
    addHatch(container) {
      const SVG = "http://www.w3.org/2000/svg";
      const make = (parent, tag, attributes) => {
        const node = document.createElementNS(SVG, tag);
        for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
        return parent.appendChild(node);
      };
      const svg = make(container, "svg", { width: 0, height: 0, style: "position:absolute", "aria-hidden": "true" });
      const pattern = make(make(svg, "defs", {}), "pattern", { id: "incident-hatch", width: 7, height: 7,
        patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
      make(pattern, "rect", { width: 7, height: 7, class: "incident-hatch-ground" });
      make(pattern, "rect", { width: 2, height: 7, class: "incident-hatch-line" });
    },

    /** What to show: {query, home, window, selected, span}. Called by the page after every rerun. */
    show(view) {
      const first = this.view === null;
      const changed = first || view.query !== this.view.query;
      const reselected = first || view.selected !== this.view.selected;
      this.view = view;
      if (first) this.place();
      if (changed) {
        this.followFilters();
        this.showArea();
        this.ask();
      }
      else if (reselected && this.answer) this.draw(this.answer);
    },

    /** Where the map stands at first: where the reader left it, else the link's window, else home. */
    place() {
      const stored = this.view.keeps_place ? storedPlace() : null;
      const link = this.view.window;
      if (stored && stored.link === JSON.stringify(link) && stored.home === JSON.stringify(this.view.home)) {
        this.map.setView([stored.lat, stored.lng], stored.zoom, { animate: false });
      } else if (link) {
        // All of the link's window is shown, also on a smaller screen; never closer than there.
        const [west, south, east, north] = link.bbox;
        const bounds = L.latLngBounds([[south, west], [north, east]]);
        const zoom = Math.min(this.map.getBoundsZoom(bounds.pad(-0.02)), (link.zoom === null ? 18 : link.zoom) + 0.5);
        this.map.setView(bounds.getCenter(), zoom, { animate: false });
      } else {
        this.goHome(this.view.home);
      }
    },

    goHome(bbox) {
      const [west, south, east, north] = bbox;
      this.map.fitBounds([[south, west], [north, east]], { animate: false, maxZoom: 11,
        paddingTopLeft: [12, 12], paddingBottomRight: [12, 12 + this.legend.offsetHeight] });
    },

    moved() {
      if (!this.view) return;
      const bounds = this.map.getBounds();
      const center = this.map.getCenter();
      const zoom = this.map.getZoom();
      const bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
        .map((degrees) => Number(degrees.toFixed(5)));
      if (this.view.keeps_place && this.touched) try {
        window.sessionStorage.setItem(PLACE_KEY, JSON.stringify({
          lat: center.lat, lng: center.lng, zoom, bbox, load: pageLoad(),
          link: JSON.stringify(this.view.window), home: JSON.stringify(this.view.home),
        }));
      } catch (error) { /* A browser may forbid storage: the map then forgets its place. */ }
      clearTimeout(this.waiting);
      const shown = this.answer && tools.views[this.answer.view];
      // The same wherever the map stands, if it is still the answer to what is asked.
      if (shown && shown.isFixed && !this.request) return;
      // At once if the map has been at rest; while it moves on and on, not more often than this.
      const rest = performance.now() - (this.askedAt || 0);
      if (rest > WAIT_MS) this.ask();
      else this.waiting = setTimeout(() => this.ask(), WAIT_MS);
    },

    /** What the server is asked: the filters, the window, and the dates that are played. */
    parameters() {
      const bounds = this.map.getBounds();
      const parameters = new URLSearchParams(this.view.query);
      // A little more than the screen, so that a mark at the edge is not cut off.
      const padded = bounds.pad(0.15);
      parameters.set("bbox", [padded.getWest(), Math.max(-90, padded.getSouth()), padded.getEast(),
                              Math.min(90, padded.getNorth())].map((d) => d.toFixed(5)).join(","));
      parameters.set("z", String(Math.round(this.map.getZoom())));
      if (this.playing) {
        parameters.delete("dates");
        for (const day of this.playing) parameters.append("dates", day);
      }
      return parameters;
    },

    async ask() {
      clearTimeout(this.waiting);
      if (this.request) this.request.abort();
      this.askedAt = performance.now();
      const request = new AbortController();
      this.request = request;
      const slow = setTimeout(() => this.status.classList.add("busy"), 250);
      try {
        const response = await fetch(`${this.options.api}/map?${this.parameters()}`, { signal: request.signal });
        if (!response.ok) throw new Error((await response.text()).slice(0, 200));
        this.answer = await response.json();
        this.draw(this.answer);
      } catch (error) {
        if (error.name !== "AbortError") this.fail();
      } finally {
        clearTimeout(slow);
        if (this.request === request) {
          this.request = null;
          this.status.classList.remove("busy");
        }
      }
    },

    fail() {
      this.status.replaceChildren(element("span", "", "The map could not be updated. "));
      const retry = element("button", "", "Try again");
      retry.type = "button";
      retry.onclick = () => this.ask();
      this.status.append(retry);
    },

    draw(answer) {
      const open = this.list && this.list.isOpen() ? this.list : null;
      this.clearLayers();
      this.groups.areas.clearLayers();
      this.groups.marks.clearLayers();
      this.drawLegend();
      const other = tools.views[answer.view];
      if (other) other.draw(this, answer);
      else if (answer.cells) this.drawCells(answer.features);
      else this.drawIncidents(answer.features);
      if (open && !this.map.hasLayer(open)) open.openOn(this.map);
      this.tell(answer);
    },

    drawIncidents(features) {
      const isArea = (feature) => ["district", "governorate", "country"].includes(feature.properties.precision);
      this.drawOrigins(features);
      for (const group of groupBy(features.filter(isArea), this.areaKey).values()) this.drawArea(group);
      const spots = groupBy(features.filter((f) => !isArea(f)), (f) => f.geometry.coordinates.join());
      for (const group of spots.values()) {
        if (group.length === 1) this.drawMark(group[0]);
        else this.drawSpot(group);
      }
    },

    /** Too many for marks of their own: cells of a grid, and the areas that no cell can hold. */
    drawCells(features) {
      const most = Math.max(1, ...features.filter((f) => !f.properties.precision).map((f) => f.properties.n));
      for (const feature of features) {
        if (feature.properties.precision) this.drawArea([feature]);
        else this.drawCell(feature, most);
      }
    },

    drawCell(feature, most) {
      const { n, bounds } = feature.properties;
      const radius = 9 + 19 * Math.sqrt(n / most);
      const size = 2 * radius;
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

    cellTooltip(feature) {
      const box = element("div", "incident-tip");
      const p = feature.properties;
      box.append(element("strong", "", `${p.n.toLocaleString("en")} incidents${p.gov ? ` · ${p.gov}` : ""}`),
        element("div", "", p.toll));
      box.append(element("div", "incident-muted",
        p.precision ? "Place known to that area only" : "Click to come closer"));
      return box;
    },

    areaKey(feature) {
      const p = feature.properties;
      return p.precision === "governorate" ? `${p.country}/${p.gov}` : feature.geometry.coordinates.join();
    },

    colorOf(type) {
      const pair = this.options.palette[type] || this.options.palette[""];
      return pair[this.dark ? 1 : 0];
    },

    /** Colour of several incidents together: their type's if they share one, else neutral. */
    colorOfAll(features) {
      if (features[0].properties.n !== undefined) return this.dark ? "#b8bec6" : "#5b6570";
      const types = new Set(features.map((f) => f.properties.type));
      return types.size === 1 ? this.colorOf([...types][0]) : this.dark ? "#b8bec6" : "#5b6570";
    },

    latLng(feature) {
      const [lon, lat] = feature.geometry.coordinates;
      return this.nearest(L.latLng(lat, lon));
    },

    isSelected(features) {
      return features.some((f) => f.properties.incident === this.view.selected);
    },

    drawMark(feature) {
      const harmed = feature.properties.harmed;
      const color = this.colorOf(feature.properties.type);
      const chosen = this.isSelected([feature]);
      this.ring([feature]);
      const mark = L.circleMarker(this.latLng(feature), {
        radius: radiusOf(harmed), color: chosen ? this.ink() : color, weight: chosen ? 3 : 1.5, opacity: 1,
        fillColor: color, fillOpacity: harmed === null ? 0.12 : 0.72, className: "incident-mark",
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
        add("circle", { cx: middle, cy: middle, r: radius + 1, fill: "none", stroke: this.ink(), "stroke-width": 2 });
      }
      add("circle", { cx: middle, cy: middle, r: radius - 1, fill: this.paper(), "fill-opacity": 0.92 });
      const ringRadius = radius - 3;
      const length = 2 * Math.PI * ringRadius;
      let start = 0;
      for (const [type, part] of groupBy(group, (f) => f.properties.type)) {
        const share = (part.length / group.length) * length;
        add("circle", { cx: middle, cy: middle, r: ringRadius, fill: "none", stroke: this.colorOf(type),
          "stroke-width": 4.5, "stroke-dasharray": `${share} ${length - share}`,
          "stroke-dashoffset": -start, transform: `rotate(-90 ${middle} ${middle})` });
        start += share;
      }
      add("text", { x: middle, y: middle, "text-anchor": "middle", "dominant-baseline": "central",
        fill: this.ink(), "font-size": 11, "font-weight": 600 }, String(group.length));
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
        color: this.colorOfAll(group), weight: 1, dashArray: "3 4", fillOpacity: 0.05, interactive: false }));
    },

    /** A place known to the district or governorate only: that area, never a pin. */
    drawArea(group) {
      const p = group[0].properties;
      const style = { pane: "areas", color: this.isSelected(group) ? this.ink() : this.colorOfAll(group),
        weight: this.isSelected(group) ? 2.5 : 1.5, dashArray: "5 4", fillOpacity: 0.13, className: "incident-area" };
      const shape = p.precision === "governorate" ? this.shapes.get(`${p.country}/${p.gov}`) : null;
      const area = shape
        ? L.geoJSON(shape, { style: () => style, pane: "areas" })
        : L.circle(this.latLng(group[0]), { ...style, radius: (this.options.radii[p.precision] || 20) * 1000 });
      const at = shape ? L.latLng(shape.properties.label_lat, shape.properties.label_lon) : this.latLng(group[0]);
      const number = p.n === undefined ? group.length : p.n;
      const count = L.marker(at, { bubblingMouseEvents: false, icon: L.divIcon({ className: "incident-count",
        html: element("span", "", shorten(number)), iconSize: [22, 22] }) });
      for (const layer of [area, count]) {
        layer.bindTooltip(() => (p.n === undefined ? this.tooltip(group) : this.cellTooltip(group[0])), { sticky: layer === area, direction: "top", opacity: 1 });
        layer.on("click", (event) => {
          L.DomEvent.stopPropagation(event);
          if (p.n !== undefined) return;
          if (group.length === 1) this.openIncident(group[0]);
          else this.openList(group, event.latlng || at);
        });
      }
      this.groups.areas.addLayer(area);
      this.groups.marks.addLayer(count);
    },

    drawOrigins(features) {
      for (const feature of features) {
        const origin = feature.properties.origin;
        if (!origin) continue;
        const from = this.nearest(L.latLng(origin[1], origin[0]));
        const color = this.colorOf(feature.properties.type);
        this.groups.areas.addLayer(L.polyline([from, this.latLng(feature)],
          { pane: "lines", color, weight: 1.6, dashArray: "1 5", lineCap: "round", interactive: false }));
        const start = L.circleMarker(from, { pane: "lines", radius: 3, color, weight: 1.5, fillColor: this.paper(),
          fillOpacity: 1 });
        start.bindTooltip(() => element("span", "", `Launch site: ${feature.properties.origin_name}`),
          { direction: "top", opacity: 1 });
        this.groups.areas.addLayer(start);
      }
    },

    nextClick() {
      // The page is told of a click only when its value changes: a count makes each one new.
      this.clicks += 1;
      return `${Date.now()}-${this.clicks}`;
    },

    openIncident(feature) {
      this.tellPage({ incident: feature.properties.incident });
    },

    /** Tell the page what the reader asks for on the map: an incident, an area, a governorate, dates. */
    tellPage(asked) {
      const { lat, lng } = this.map.getCenter();
      const told = { type: "Feature", geometry: { type: "Point", coordinates: [lng, lat] },
                     properties: { asked, click: this.nextClick() } };
      this.map.closePopup();
      this.fire("click", { latlng: L.latLng(lat, lng), layer: { toGeoJSON: () => told } });
    },

    /** The same place next to the middle of the screen, for a map scrolled over the antimeridian. */
    nearest({ lat, lng }) {
      return L.latLng(lat, lng + 360 * Math.round((this.map.getCenter().lng - lng) / 360));
    },

    cssColor(name) {
      return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    },

    openList(group, latlng) {
      const box = element("div", "incident-list");
      const place = group[0].properties;
      box.append(element("div", "incident-list-title",
        `${group.length} incidents · ${place.precision === "governorate" ? place.gov : place.place || "same spot"}`));
      const sorted = [...group].sort((a, b) => a.properties.date.localeCompare(b.properties.date));
      for (const feature of sorted) {
        const row = element("button", "incident-list-row");
        row.type = "button";
        const dot = element("span", "incident-dot");
        dot.style.background = this.colorOf(feature.properties.type);
        row.append(dot, element("span", "", `${feature.properties.day} · ${feature.properties.type || "type unknown"}`),
          element("span", "incident-muted", feature.properties.toll));
        row.onclick = () => this.openIncident(feature);
        box.append(row);
      }
      this.list = L.popup({ maxHeight: 230, minWidth: 210, maxWidth: 300 }).setLatLng(latlng).setContent(box)
        .openOn(this.map);
    },

    tooltip(group) {
      const box = element("div", "incident-tip");
      const p = group[0].properties;
      if (group.length === 1) {
        box.append(element("strong", "", `${p.day} · ${p.type || "type unknown"}`),
          element("div", "", p.place || "Place not named"), element("div", "", p.toll));
        if (p.precision !== "site") box.append(element("div", "incident-muted", p.known_to));
      } else {
        const where = p.precision === "governorate" ? p.gov : p.place;
        box.append(element("strong", "", `${group.length} incidents${where ? ` · ${where}` : ""}`));
        const known = new Set(group.filter((f) => f.properties.precision !== "site").map((f) => f.properties.known_to));
        for (const words of known) box.append(element("div", "incident-muted", words));
        box.append(element("div", "incident-muted", "Click to list them"));
      }
      return box;
    },

    tell(answer) {
      if (this.drawing) return; // What to do now matters more.
      const other = tools.views[answer.view];
      if (other) {
        this.status.replaceChildren(element("span", "", other.words(this, answer).join(" · ")));
        return;
      }
      const bounds = this.map.getBounds();
      const seen = answer.features.filter((f) => bounds.contains(this.latLng(f)))
        .reduce((sum, f) => sum + (f.properties.n === undefined ? 1 : f.properties.n), 0);
      const text = answer.total === 0 ? ["No incidents"]
        : [`${seen.toLocaleString("en")} of ${answer.total.toLocaleString("en")} incidents on screen`];
      if (answer.unplaced) text.push(`${answer.unplaced.toLocaleString("en")} cannot be placed`);
      if (answer.cells) text.push("circles count them: click to come closer");
      this.status.replaceChildren(element("span", "", text.join(" · ")));
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
        const home = element("a", "incident-home", "⌂");
        home.href = "#";
        home.title = "Whole area";
        home.setAttribute("role", "button");
        home.setAttribute("aria-label", "Whole area");
        home.onclick = (event) => { event.preventDefault(); layer.goHome(layer.view.home); };
        bar.append(home);
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      });
      make("bottomleft", () => (this.legend = element("div", "incident-legend")));
    },

    drawLegend() {
      const other = this.answer && tools.views[this.answer.view];
      const parts = other ? other.legend(this, this.answer) : this.legendOfIncidents();
      parts.push(element("span", "incident-key incident-muted incident-credit", this.options.attribution));
      this.legend.replaceChildren(...parts);
    },

    legendOfIncidents() {
      const parts = (this.answer && this.answer.cells ? [] : this.options.types).map((type) => {
        const item = element("span", "incident-key");
        const dot = element("span", "incident-dot");
        dot.style.background = this.colorOf(type);
        item.append(dot, element("span", "", type.charAt(0).toUpperCase() + type.slice(1)));
        return item;
      });
      const cells = this.answer && this.answer.cells;
      const samples = cells ? [["cell", "Number of incidents around"]]
        : [["hollow", "Toll unknown"], ["big", "More people harmed"],
          ...(this.hasUnstated() ? [["dotted", "Not stated how exactly the place is known"]] : [])];
      for (const [name, words] of [...samples, ["dashed", "Place known to that area only"]]) {
        const item = element("span", "incident-key");
        item.append(element("span", `incident-sample ${name}`), element("span", "", words));
        parts.push(item);
      }
      return parts;
    },

    hasUnstated() {
      return Boolean(this.answer) && this.answer.features.some((f) => f.properties.incident && !f.properties.precision);
    },

    ink() { return this.dark ? "#f2f4f7" : "#1c2430"; },
    paper() { return this.dark ? "#171c24" : "#ffffff"; },

    restyle() {
      const dark = isDark();
      if (dark === this.dark) return;
      this.dark = dark;
      document.documentElement.dataset.theme = dark ? "dark" : "light";
      this.drawLegend();
      this.drawLand();
      if (this.answer) this.draw(this.answer);
    },

    async loadLand() {
      try {
        const response = await fetch(this.options.land);
        this.land = await response.json();
      } catch (error) { return; /* The marks matter more than the land below them. */ }
      for (const feature of this.land.governorates.features) {
        this.shapes.set(`${feature.properties.country}/${feature.properties.gov}`, feature);
      }
      this.drawLand();
      if (this.answer) this.draw(this.answer);
    },

    drawLand() {
      if (!this.land) return;
      const css = getComputedStyle(document.documentElement);
      const color = (name) => css.getPropertyValue(name).trim();
      const base = { pane: "land", interactive: false };
      this.groups.land.clearLayers();
      if (this.shownArea) this.shownArea.setStyle({ color: this.ink() });
      if (this.options.tiles) return; // The tiles show land, borders and names themselves.
      this.groups.land.addLayer(L.geoJSON(this.land.neighbours, { ...base,
        style: { fillColor: color("--land-around"), fillOpacity: 1, color: color("--line"), weight: 1 } }));
      this.groups.land.addLayer(L.geoJSON(this.land.governorates, { ...base,
        style: { fillColor: color("--land"), fillOpacity: 1, color: color("--line-thin"), weight: 0.8 } }));
      this.groups.land.addLayer(L.geoJSON(this.land.borders, { ...base,
        style: { fill: false, color: color("--line"), weight: 1.6 } }));
      this.drawNames();
    },

    drawNames() {
      if (!this.land || this.options.tiles) return;
      const zoom = this.map.getZoom();
      const wanted = [];
      if (zoom < 8) wanted.push(...this.land.names.country);
      const cities = zoom >= 8 ? this.land.names.city : [];
      const named = new Set(cities.map(([name]) => name));
      // A governorate is mostly called like its city: one of the two names is enough.
      if (zoom >= 7 && zoom < 10) wanted.push(...this.land.names.governorate.filter(([name]) => !named.has(name)));
      wanted.push(...cities);
      this.groups.names.clearLayers();
      for (const [name, lat, lon, kind] of wanted) {
        const label = element("span", `incident-name ${kind}`, name);
        this.groups.names.addLayer(L.marker([lat, lon], { pane: "names", interactive: false, keyboard: false,
          icon: L.divIcon({ className: "incident-name-anchor", html: label, iconSize: [0, 0] }) }));
      }
    },
  });

  window.LiveLayer = LiveLayer;
  window.makeLiveLayer = (options) => new LiveLayer(options);
})();
