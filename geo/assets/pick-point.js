/* A map to say where a name lies: numbered candidates, and a point wherever the reader clicks.
 *
 * It is the live layer without incidents: land, names, theme and fonts are the same.
 */
(function () {
  "use strict";

  const { element } = window.liveLayerTools;

  const PickLayer = window.LiveLayer.extend({
    ask() {},
    moved() {},

    addControls(map) {
      const control = new L.Control({ position: "bottomleft" });
      control.onAdd = () => (this.legend = element("div", "incident-legend"));
      control.addTo(map);
      map.getContainer().classList.add("incident-picking");
      map.on("click", ({ latlng }) => {
        const { lat, lng } = latlng.wrap();
        const point = `${lat.toFixed(5)},${lng.toFixed(5)}`;
        this.tellPage({ point, name: this.view.name });
      });
    },

    drawLegend() {
      this.legend.replaceChildren(
        element("span", "incident-key", "Click where it lies, or on a number."),
        element("span", "incident-key incident-muted incident-credit", this.options.attribution));
    },

    /** What to show: {name, spots, point, home}. Called by the page after every rerun. */
    show(view) {
      const isNew = this.view === null || this.view.name !== view.name;
      this.view = view;
      this.drawSpots();
      if (isNew) this.place();
    },

    place() {
      const { spots, point, home } = this.view;
      const points = spots.map((spot) => [spot.lat, spot.lon]);
      if (point) points.push(point.slice(0, 2));
      if (!points.length) return this.goHome(home);
      this.map.fitBounds(L.latLngBounds(points).pad(0.3), { animate: false, maxZoom: 9 });
    },

    drawSpots() {
      const { spots, point } = this.view;
      this.groups.areas.clearLayers();
      this.groups.marks.clearLayers();
      spots.forEach((spot, at) => {
        const icon = L.divIcon({ className: "incident-cell", iconSize: [24, 24],
          html: element("span", "incident-pick", String(at + 1)) });
        const mark = L.marker([spot.lat, spot.lon], { icon, bubblingMouseEvents: false, alt: spot.label });
        mark.bindTooltip(() => element("span", "", spot.label), { direction: "top", opacity: 1, offset: [0, -12] });
        mark.on("click", () => this.tellPage({ spot: String(at), name: this.view.name }));
        this.groups.marks.addLayer(mark);
      });
      if (!point) return;
      const [lat, lon, km] = point;
      const style = { pane: "areas", className: "incident-drawn", interactive: false };
      this.groups.areas.addLayer(L.circle([lat, lon], { ...style, radius: km * 1000, weight: 1.5,
        dashArray: "4 4", fillOpacity: 0.08 }));
      this.groups.areas.addLayer(L.circleMarker([lat, lon], { ...style, radius: 5, weight: 2, fillOpacity: 1 }));
    },
  });

  window.makeLiveLayer = (options) => new PickLayer(options);
})();
