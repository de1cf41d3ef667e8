/* The live layer: marks of incidents that it asks the server for, window by window.
 *
 * It is created once with the map and never rebuilt. `show(view)` gives it the page's filters;
 * moving the map makes it ask again. Whatever comes from a table is set as text, never as HTML.
 *
 * This file holds its life: where the map stands, what is asked and what the page is told. The
 * files that are joined to it add land, marks, legend, other views, areas and the player.
 */
(function () {
  "use strict";

  const PLACE_KEY = "incidents-map-place";
  const WAIT_MS = 80;
  /** Pixels: the side of a cell of the grid, see `incidents.asking.map.cells.CELL_PIXELS`. */
  const CELL = 64;
  /** How much more than the screen is asked for, of its sides. */
  const AROUND = 0.1;
  /** Degrees of latitude where the square map ends, nearly. */
  const SQUARE = 85;
  /** Pixels: how wide a map is at least on which the controls leave room, and how wide they are. */
  const NARROW = 520;
  const CONTROLS = 36;

  /** The next lower number of five digits: by it, the server knows a window of whole cells. */
  function justBelow(degrees) {
    return (Math.ceil(degrees * 1e5) - 1) / 1e5;
  }

  /** West, south, east, north. */
  function boxOf(bounds) {
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  /** A button in a bar of the map. */
  function addButton(bar, className, sign, title, run) {
    const link = element("a", className, sign);
    link.href = "#";
    link.title = title;
    link.setAttribute("role", "button");
    link.setAttribute("aria-label", title);
    link.onclick = (event) => { event.preventDefault(); run(); };
    bar.append(link);
    return link;
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

  /** A number in at most four letters: 950, 1.2k, 34k, 1.1M. */
  function shorten(number) {
    if (number < 1000) return String(number);
    const [value, unit] = number < 999500 ? [number / 1000, "k"] : [number / 1e6, "M"];
    return (value < 9.95 ? value.toFixed(1) : String(Math.round(value))) + unit;
  }

  /** A day without ambiguity: 7 Jul 2021. */
  function sayDay(date) {
    return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
      .replace("Sept", "Sep");
  }

  // Paths have no colour of their own: the style sheet has them all, by class, whenever it comes.
  L.Path.mergeOptions({ color: "transparent" });

  /** What the other scripts of the map share; `views` are its views besides the incidents. */
  const tools = { element, addButton, shorten, sayDay, views: {} };
  window.liveLayerTools = tools;

  window.LiveLayer = L.FeatureGroup.extend({
    initialize(options) {
      L.FeatureGroup.prototype.initialize.call(this, []);
      this.options = options;
      this.view = null;
      this.query = "";
      this.clicks = 0;
      this.shapes = new Map();
      this.countries = new Map();
    },

    onAdd(map) {
      this.map = map;
      map.createPane("land").style.zIndex = 210;
      map.createPane("areas").style.zIndex = 350;
      map.createPane("lines").style.zIndex = 380;
      map.createPane("names").style.zIndex = 340;
      map.getPane("names").style.pointerEvents = "none";
      this.groups = { land: L.layerGroup().addTo(map), names: L.layerGroup().addTo(map),
                      areas: L.layerGroup().addTo(map), marks: L.layerGroup().addTo(map) };
      L.FeatureGroup.prototype.onAdd.call(this, map);
      this.addControls(map);
      if (this.options.tools) {
        this.addAreaControl(map);
        this.addPlayControl(map);
      }
      map.on("moveend", this.moved, this);
      // The frame may get another height after the map was made, as on a phone.
      const container = map.getContainer();
      for (const kind of ["mousedown", "wheel", "touchstart", "keydown"]) {
        container.addEventListener(kind, () => { this.touched = true; }, { passive: true, capture: true });
      }
      new ResizeObserver(() => {
        map.invalidateSize({ animate: false });
        if (this.view && !this.touched) this.place();
      }).observe(container);
      this.addLand(map);
      this.drawLegend();
    },

    /** What to show, a `MapView`. Called by the page after every rerun. */
    show(view) {
      const first = this.view === null;
      const changed = first || view.query !== this.view.query;
      const reselected = first || view.selected !== this.view.selected;
      const isAsked = !first && this.isAsked(view.query);
      this.view = view;
      this.query = view.query;
      if (this.options.tools) this.hearPage();
      if (first) this.place();
      if (changed && this.options.tools) {
        this.followFilters();
        this.showArea();
      }
      if (!isAsked) this.ask();
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

    /** To the window that holds all incidents of the filters, wherever the map stands. */
    async goToFiltered() {
      const parameters = this.parameters();
      parameters.delete("bbox");
      try {
        const response = await fetch(`${this.options.api}/figures?${parameters}`);
        if (!response.ok) throw new Error(String(response.status));
        const { window: bbox } = await response.json();
        if (bbox) this.goHome(bbox);
      } catch (error) { this.fail(); }
    },

    goHome([west, south, east, north]) {
      this.fit([[south, west], [north, east]], 11, 12);
    },

    /** Show all of some bounds, with so many pixels around them, above the legend. */
    fit(bounds, maxZoom, around) {
      // On a narrow map the controls would stand on what is to be seen.
      const left = this.map.getSize().x < NARROW ? CONTROLS : 0;
      this.map.fitBounds(bounds, { animate: false, maxZoom, paddingTopLeft: [around + left, around],
        paddingBottomRight: [around, around + this.legend.offsetHeight] });
    },

    moved() {
      if (!this.view) return;
      const bounds = this.map.getBounds();
      const center = this.map.getCenter();
      const zoom = this.map.getZoom();
      // Land and areas are drawn once, where their degrees are: who goes round the world comes home.
      if (Math.abs(center.lng) > 180) return this.map.setView(center.wrap(), zoom, { animate: false });
      const bbox = boxOf(bounds).map((degrees) => Number(degrees.toFixed(5)));
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
      // Some pixels on, the same is asked for, and more or less of it is on screen.
      if (this.asked === this.nameAsked()) return this.request ? null : this.say(this.answer);
      // At once if the map has been at rest; while it moves on and on, not more often than this.
      const rest = performance.now() - (this.askedAt || 0);
      if (rest > WAIT_MS) this.ask();
      else this.waiting = setTimeout(() => this.ask(), WAIT_MS);
    },

    /** A window that holds these bounds and ends with whole cells of the grid, of this zoom: none is
     * told in part, and whoever stands nearby asks the same. West, south, east, north. */
    wholeCells(bounds, zoom) {
      const cellOf = (latlng) => this.map.project(latlng, zoom).divideBy(CELL);
      const corner = (cell) => this.map.unproject(cell.multiplyBy(CELL), zoom);
      const first = corner(cellOf(bounds.getNorthWest()).floor());
      const last = corner(cellOf(bounds.getSouthEast()).ceil());
      // The square map ends before the poles do.
      return [justBelow(first.lng), last.lat < -SQUARE ? -90 : justBelow(last.lat),
              -justBelow(-last.lng), first.lat > SQUARE ? 90 : -justBelow(-first.lat)];
    },

    /** What the server is asked: the filters, the window, and the dates that are played. `exactly` the
     * window that is seen, or a little more, so that a mark at the edge is not cut off. */
    parameters(exactly = false) {
      const bounds = this.map.getBounds();
      const zoom = Math.round(this.map.getZoom());
      const parameters = new URLSearchParams(this.query);
      const bbox = exactly ? boxOf(bounds) : this.wholeCells(bounds.pad(AROUND), zoom);
      parameters.set("bbox", bbox.map((degrees) => degrees.toFixed(5)).join(","));
      parameters.set("z", String(zoom));
      if (this.playing) {
        parameters.delete("dates");
        for (const day of this.playing) parameters.append("dates", day);
      }
      return parameters;
    },

    /** What an answer holds for, and where it is drawn. */
    nameAsked() {
      return `${this.parameters()} ${this.map.getZoom()}`;
    },

    async ask(headers = {}) {
      clearTimeout(this.waiting);
      if (this.view.answer) return this.draw(this.answer = this.view.answer);
      if (this.request) this.request.abort();
      this.askedAt = performance.now();
      this.asked = this.nameAsked();
      const request = new AbortController();
      this.request = request;
      const slow = setTimeout(() => this.status.classList.add("busy"), 250);
      try {
        const response = await fetch(`${this.options.api}/map?${this.parameters()}`, { signal: request.signal, headers });
        if (!response.ok) throw new Error((await response.text()).slice(0, 200));
        this.answer = await response.json();
        this.draw(this.answer);
      } catch (error) {
        if (error.name === "AbortError") return;
        this.asked = null;
        this.failAhead() || this.fail();
      } finally {
        clearTimeout(slow);
        if (this.request === request) {
          this.request = null;
          this.status.classList.remove("busy");
        }
      }
    },

    draw(answer) {
      const open = this.list && this.list.isOpen() ? this.list : null;
      this.clearLayers();
      this.groups.areas.clearLayers();
      this.groups.marks.clearLayers();
      const other = tools.views[answer.view];
      if (other) other.draw(this, answer);
      else if (answer.cells) this.drawCells(answer.features);
      else this.drawIncidents(answer.features);
      if (open && !this.map.hasLayer(open)) open.openOn(this.map);
      this.say(answer);
    },

    say(answer) {
      this.drawLegend();
      this.tell(answer);
    },

    latLng(feature) {
      const [lon, lat] = feature.geometry.coordinates;
      return this.nearest(L.latLng(lat, lon));
    },

    /** The same place next to the middle of the screen, for a map scrolled over the antimeridian. */
    nearest({ lat, lng }) {
      return L.latLng(lat, lng + 360 * Math.round((this.map.getCenter().lng - lng) / 360));
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
      this.map.closePopup();
      this.send(asked);
    },

    send(asked) {
      const { lat, lng } = this.map.getCenter();
      const told = { type: "Feature", geometry: { type: "Point", coordinates: [lng, lat] },
                     properties: { asked, click: this.nextClick() } };
      this.fire("click", { latlng: L.latLng(lat, lng), layer: { toGeoJSON: () => told } });
    },
  });

  window.makeLiveLayer = (options) => new window.LiveLayer(options);
})();
