/* Draw a rectangle or a polygon on the map: the page then shows only the incidents inside. */
(function () {
  "use strict";

  const { element, addButton } = window.liveLayerTools;
  const MOST_CORNERS = 50;
  const STYLE = { pane: "lines", weight: 2, dashArray: "6 4", fillOpacity: 0.08, interactive: false, className: "incident-drawn" };

  window.LiveLayer.include({
    addAreaControl(map) {
      const layer = this;
      const control = new L.Control({ position: "topleft" });
      control.onAdd = () => {
        const bar = element("div", "leaflet-bar incident-draw");
        this.drawButtons = {
          rectangle: addButton(bar, "incident-draw-rectangle", "▭", "Filter by a rectangle: drag over the map", () => this.startDrawing("rectangle")),
          polygon: addButton(bar, "incident-draw-polygon", "⬠", "Filter by a polygon: click its corners", () => this.startDrawing("polygon")),
        };
        this.clearButton = addButton(bar, "incident-draw-clear", "✕", "Remove the area", () => this.tellPage({ area: "" }));
        this.clearButton.hidden = true;
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      };
      control.addTo(map);
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") layer.stopDrawing();
        if (event.key === "Enter" && layer.drawing === "polygon") layer.finishPolygon();
      });
    },

    /** The area of the filters, as the page knows it. */
    showArea() {
      const text = new URLSearchParams(this.view.query).get("area");
      if (this.shownArea) this.shownArea.remove();
      this.shownArea = null;
      this.clearButton.hidden = !text;
      if (!text) return;
      const numbers = text.split(",").map(Number);
      if (numbers.length === 4) {
        const [west, south, east, north] = numbers;
        this.shownArea = L.rectangle([[south, west], [north, east < west ? east + 360 : east]], STYLE);
      } else {
        const corners = Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i + 1], numbers[2 * i]]);
        this.shownArea = L.polygon(corners, STYLE);
      }
      this.shownArea.addTo(this.map);
    },

    startDrawing(shape) {
      const again = this.drawing === shape;
      this.stopDrawing();
      if (again) return;
      this.drawing = shape;
      this.drawButtons[shape].classList.add("on");
      this.map.getContainer().classList.add("incident-drawing");
      this.status.replaceChildren(element("span", "", shape === "rectangle"
        ? "Drag over the map. Esc ends it." : "Click the corners, then the first one again. Esc ends it."));
      this.map.doubleClickZoom.disable();
      if (shape === "rectangle") this.listenForRectangle();
      else this.listenForPolygon();
    },

    stopDrawing() {
      if (!this.drawing) return;
      this.drawButtons[this.drawing].classList.remove("on");
      this.drawing = null;
      this.map.getContainer().classList.remove("incident-drawing");
      this.map.dragging.enable();
      this.map.doubleClickZoom.enable();
      if (this.draft) this.draft.remove();
      this.draft = null;
      this.endListening();
      if (this.answer) this.tell(this.answer);
    },

    /** Pointer events, so that a mouse, a pen and a finger draw alike. */
    listenForRectangle() {
      const container = this.map.getContainer();
      this.map.dragging.disable();
      let from = null;
      const at = (event) => this.map.mouseEventToLatLng(event);
      const down = (event) => {
        if (event.target.closest(".leaflet-control") || event.button > 0) return;
        from = at(event);
        container.setPointerCapture(event.pointerId);
      };
      const move = (event) => { if (from) this.draftShape(L.rectangle(L.latLngBounds(from, at(event)), STYLE)); };
      const up = (event) => {
        if (!from) return;
        const box = L.latLngBounds(from, at(event));
        const a = this.map.latLngToContainerPoint(box.getSouthWest());
        const b = this.map.latLngToContainerPoint(box.getNorthEast());
        from = null;
        // A click without a drag draws nothing.
        if (a.distanceTo(b) < 8) return;
        this.finish([box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]);
      };
      const listeners = { pointerdown: down, pointermove: move, pointerup: up };
      for (const [name, listener] of Object.entries(listeners)) container.addEventListener(name, listener);
      this.endListening = () => {
        for (const [name, listener] of Object.entries(listeners)) container.removeEventListener(name, listener);
      };
    },

    listenForPolygon() {
      this.corners = [];
      const container = this.map.getContainer();
      let pressed = null;
      const down = (event) => { pressed = event.target.closest(".leaflet-control") ? null : [event.clientX, event.clientY]; };
      const up = (event) => {
        // A drag moves the map, it sets no corner.
        if (!pressed || Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > 5) return;
        const corner = this.map.mouseEventToLatLng(event);
        const first = this.corners[0] && this.map.latLngToContainerPoint(this.corners[0]);
        if (this.corners.length > 2 && first.distanceTo(this.map.latLngToContainerPoint(corner)) < 12) return this.finishPolygon();
        this.corners.push(corner);
        this.draftShape(L.polygon(this.corners, STYLE));
        if (this.corners.length === MOST_CORNERS) this.finishPolygon();
      };
      const click = (event) => event.stopPropagation();
      container.addEventListener("pointerdown", down, true);
      container.addEventListener("pointerup", up, true);
      // Marks below the pointer are not opened while corners are set.
      const pane = this.map.getPane("mapPane");
      pane.addEventListener("click", click, true);
      this.endListening = () => {
        container.removeEventListener("pointerdown", down, true);
        container.removeEventListener("pointerup", up, true);
        // The click that ends the drawing comes after this.
        setTimeout(() => pane.removeEventListener("click", click, true), 0);
      };
    },

    draftShape(shape) {
      if (this.draft) this.draft.remove();
      this.draft = shape.addTo(this.map);
    },

    finishPolygon() {
      const corners = this.corners;
      if (corners.length < 3) return;
      this.finish(corners.flatMap((corner) => [corner.lng, corner.lat]));
    },

    finish(numbers) {
      this.stopDrawing();
      // A map scrolled once round the world counts on: the same place within one turn.
      const turns = 360 * Math.round(numbers[0] / 360);
      const text = numbers.map((n, index) => {
        const number = index % 2 ? Math.max(-90, Math.min(90, n)) : n - turns;
        return String(Number(number.toFixed(4)));
      }).join(",");
      this.tellPage({ area: text });
    },
  });
})();
