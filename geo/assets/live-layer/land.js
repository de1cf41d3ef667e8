/* The land below the marks: outlines, borders, names; in the letters and the theme of the page. */
(function () {
  "use strict";

  const { element } = window.liveLayerTools;

  function isDark() {
    const parts = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) || [255, 255, 255];
    return 0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2] < 128 && parts[3] !== "0";
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

  window.LiveLayer.include({
    addLand(map) {
      copyFonts();
      this.restyle();
      window.addEventListener("message", (event) => {
        // Streamlit tells its components of a change of theme in a message of this type.
        if (event.data && event.data.type === "streamlit:render") setTimeout(() => this.restyle(), 0);
      });
      this.addTypes();
      this.addHatch(map.getContainer());
      map.on("zoomend", this.drawNames, this);
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

    /** The style sheet has all colours of both themes. */
    restyle() {
      document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    },

    /** A class for each type of incident: its colour is `--own`, on light and on dark ground. */
    addTypes() {
      const types = Object.entries(this.options.palette);
      this.typeClasses = new Map(types.map(([type], index) => [type, `type-${index}`]));
      const rules = types.map(([, [light, dark]], index) =>
        `.type-${index} { --own: ${light}; } [data-theme="dark"] .type-${index} { --own: ${dark}; }`);
      document.head.append(element("style", "", rules.join("\n")));
    },

    typeClass(type) {
      return this.typeClasses.get(type) || this.typeClasses.get("") || "";
    },

    async loadLand() {
      try {
        const response = await fetch(this.options.land);
        this.land = await response.json();
      } catch (error) { return; /* The marks matter more than the land below them. */ }
      for (const feature of this.land.governorates.features) {
        this.shapes.set(`${feature.properties.country}/${feature.properties.gov}`, feature);
      }
      for (const feature of this.land.borders.features) this.countries.set(feature.properties.country, feature);
      this.drawLand();
      if (this.answer) this.draw(this.answer);
    },

    drawLand() {
      // Tiles show land, borders and names themselves.
      if (!this.land || this.options.tiles) return;
      const draw = (shapes, className, weight, fill = true) => this.groups.land.addLayer(L.geoJSON(shapes,
        { pane: "land", interactive: false, style: { className, weight, fill, fillOpacity: 1 } }));
      draw(this.land.neighbours, "incident-land around", 1);
      draw(this.land.governorates, "incident-land", 0.8);
      draw(this.land.borders, "incident-border", 1.6, false);
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
      for (const [name, lat, lon, kind] of wanted) this.addName(name, lat, lon, kind);
    },

    addName(name, lat, lon, kind) {
      const label = element("span", `incident-name ${kind}`, name);
      this.groups.names.addLayer(L.marker([lat, lon], { pane: "names", interactive: false, keyboard: false,
        icon: L.divIcon({ className: "incident-name-anchor", html: label, iconSize: [0, 0] }) }));
    },
  });
})();
