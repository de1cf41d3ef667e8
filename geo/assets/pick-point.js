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

    /** Towns at every zoom, for one is to be clicked on; a name that would stand on another is left out. */
    drawNames() {
      if (!this.land || this.options.tiles) return;
      const { country, city, town } = this.land.names;
      const zoom = this.map.getZoom();
      const taken = [];
      const isFree = (name, lat, lon) => {
        const { x, y } = this.map.project([lat, lon], zoom);
        const box = [x - 6, y - 8, x + 10 + 6.5 * name.length, y + 8];
        const isTaken = taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
        if (!isTaken) taken.push(box);
        return !isTaken;
      };
      this.groups.names.clearLayers();
      const towns = [...city, ...town].filter(([name, lat, lon]) => isFree(name, lat, lon));
      for (const [name, lat, lon, kind] of [...(zoom < 8 ? country : []), ...towns]) this.addName(name, lat, lon, kind);
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
