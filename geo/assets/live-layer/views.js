/* Other views of the map: density, governorates, launch lines, before and after.
 *
 * Each view draws an answer of the server, says it in words and explains its marks in the legend.
 * `isFixed` views hold the same wherever the map stands: moving it asks for nothing.
 */
(function () {
  "use strict";

  const { element, shorten } = window.liveLayerTools;
  const SHADES = 5;

  function count(number, words) {
    return `${number.toLocaleString("en")} ${words}${number === 1 ? "" : "s"}`;
  }

  /** A whole number with one leading digit of 1, 2 or 5, or the next smaller numbers. */
  function roundNicely(number) {
    if (number < 4) return Math.round(number);
    const unit = 10 ** Math.floor(Math.log10(number));
    return [1, 2, 5, 10].map((step) => step * unit)
      .reduce((best, each) => (Math.abs(each - number) < Math.abs(best - number) ? each : best));
  }

  /** Least numbers of at most five classes from 1 to the largest number, each some times the last. */
  function findClasses(largest) {
    const least = [1];
    for (let index = 1; index < SHADES; index += 1) {
      const next = roundNicely(largest ** (index / SHADES));
      if (next > least[least.length - 1] && next <= largest) least.push(next);
    }
    return least;
  }

  function classOf(number, classes) {
    let found = -1;
    classes.forEach((least, index) => { if (number >= least) found = index; });
    return found;
  }

  /** Shades spread over the classes there are, so that few classes still differ well. */
  function shade(index, classes) {
    const step = classes.length === 1 ? SHADES - 1 : Math.round((index * (SHADES - 1)) / (classes.length - 1));
    return `shade-${step + 1}`;
  }

  function shadeKeys(classes, words) {
    const keys = classes.map((least, index) => {
      const next = classes[index + 1];
      const range = next === undefined ? `${shorten(least)}+` : next - least === 1 ? shorten(least)
        : `${shorten(least)}–${shorten(next - 1)}`;
      return key(`incident-square ${shade(index, classes)}`, range);
    });
    return [element("span", "incident-key", words), ...keys];
  }

  function key(sample, words) {
    const item = element("span", "incident-key");
    item.append(element("span", sample), element("span", "", words));
    return item;
  }

  function tip(title, ...lines) {
    const box = element("div", "incident-tip");
    box.append(element("strong", "", title));
    for (const line of lines) if (line) box.append(element("div", "", line));
    return box;
  }

  // Names of fields that the status and legends share.
  const density = {
    classes(answer) {
      return findClasses(answer.grid.cells.reduce((most, cell) => Math.max(most, cell[2]), 1));
    },
    /** Thousands of squares are as many paths as there are shades. */
    draw(layer, answer) {
      const classes = density.classes(answer);
      const shades = classes.map(() => []);
      for (const [x, y, n] of answer.grid.cells) shades[classOf(n, classes)].push([density.square(layer, answer.grid, x, y)]);
      const numbers = new Map(answer.grid.cells.map(([x, y, n]) => [`${x},${y}`, n]));
      shades.forEach((squares, index) => {
        const path = L.polygon(squares, { pane: "areas", stroke: false, fillOpacity: 0.85, noClip: true, smoothFactor: 0,
          className: `incident-shade ${shade(index, classes)}` });
        path.bindTooltip("", { direction: "top", opacity: 1, sticky: true });
        path.on("mouseover mousemove", ({ latlng }) => {
          const n = numbers.get(density.cellAt(layer, answer.grid, latlng));
          if (n !== undefined) path.setTooltipContent(tip(count(n, "incident")));
        });
        layer.groups.areas.addLayer(path);
      });
    },
    square(layer, { zoom, pixels }, x, y) {
      const corner = (dx, dy) => layer.map.unproject([(x + dx) * pixels, (y + dy) * pixels], zoom);
      const [first, last] = [corner(0, 0), corner(1, 1)];
      const west = layer.nearest(first).lng;
      // The square's own width: at the antimeridian its other corner is not the nearest.
      const east = west + (last.lng - first.lng);
      return [[first.lat, west], [first.lat, east], [last.lat, east], [last.lat, west]];
    },
    cellAt(layer, { zoom, pixels }, latlng) {
      const point = layer.map.project(latlng.wrap(), zoom).divideBy(pixels).floor();
      return `${point.x},${point.y}`;
    },
    words(layer, answer) {
      const seen = answer.grid.cells.reduce((sum, cell) => sum + cell[2], 0);
      const text = [`${seen.toLocaleString("en")} of ${count(answer.total, "incident")} around here`];
      if (answer.vague) text.push(`${answer.vague.toLocaleString("en")} known to their governorate or country only`);
      return text;
    },
    legend: (layer, answer) => shadeKeys(density.classes(answer), "Incidents per square:"),
  };

  const governorates = {
    isFixed: true,
    by(layer) {
      const parameters = new URLSearchParams(layer.query);
      return { shade: parameters.get("shade") || "incidents", basis: parameters.get("basis") || "high" };
    },
    /** What an area is shaded by; null is unknown, never 0. */
    number(area, by) {
      return by.shade === "incidents" ? area.n : area[by.shade][by.basis === "low" ? 0 : 1];
    },
    classes(layer, answer) {
      const by = governorates.by(layer);
      return findClasses(answer.areas.reduce((most, area) => Math.max(most, governorates.number(area, by) || 0), 1));
    },
    draw(layer, answer) {
      const by = governorates.by(layer);
      const classes = governorates.classes(layer, answer);
      const known = new Map(answer.areas.map((area) => [`${area.country}/${area.gov}`, area]));
      for (const [name, feature] of layer.shapes) {
        const area = known.get(name);
        const number = area ? governorates.number(area, by) : 0;
        const index = number === null ? -1 : classOf(number, classes);
        const own = number === null ? "unknown" : index >= 0 ? shade(index, classes) : area ? "shade-0" : "";
        const shape = L.geoJSON(feature, { pane: "areas", style: { pane: "areas", weight: 1, fillOpacity: 1,
          className: `incident-governorate ${own}`, fillColor: number === null ? "url(#incident-hatch)" : null } });
        shape.bindTooltip(() => tip(feature.properties.gov,
          area ? count(area.n, "incident") : "No incident in this selection", area && area.toll,
          area && "Click to see only these"), { direction: "top", opacity: 1, sticky: true });
        if (area) shape.on("click", () => layer.tellPage({ gov: feature.properties.gov }));
        layer.groups.areas.addLayer(shape);
      }
    },
    words(layer, answer) {
      const drawn = answer.areas.filter((area) => layer.shapes.has(`${area.country}/${area.gov}`));
      const inside = drawn.reduce((sum, area) => sum + area.n, 0);
      const text = [`${inside.toLocaleString("en")} of ${count(answer.total, "incident")} by governorate`];
      if (answer.total > inside) text.push(`${(answer.total - inside).toLocaleString("en")} elsewhere or not stated`);
      return text;
    },
    legend(layer, answer) {
      const { shade: name, basis } = governorates.by(layer);
      const words = name === "incidents" ? "Incidents:" : `People ${name}, ${basis === "low" ? "lowest" : "highest"} claims:`;
      return [...shadeKeys(governorates.classes(layer, answer), words), 
        ...(name === "incidents" ? [] : [key("incident-square shade-0", "0"), key("incident-square unknown", "Unknown")]),
        key("incident-square", "No incident")];
    },
  };

  /** Points of a slight curve, so that lines there and back do not cover one another. */
  function bend([fromLon, fromLat], [toLon, toLat]) {
    const middle = [(fromLat + toLat) / 2 + (toLon - fromLon) * 0.12, (fromLon + toLon) / 2 - (toLat - fromLat) * 0.12];
    return Array.from({ length: 21 }, (_, index) => {
      const t = index / 20;
      const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
      return [a * fromLat + b * middle[0] + c * toLat, a * fromLon + b * middle[1] + c * toLon];
    });
  }

  /** Degrees between lines that are looked at together. */
  const APART = 0.2;

  /** Windows that hold lines near one another, those of most incidents first: from afar they are stubs. */
  function gatherLines(features) {
    let groups = [];
    for (const { geometry, properties } of features) {
      const bounds = L.latLngBounds(geometry.coordinates.map(([lon, lat]) => [lat, lon]));
      const around = L.latLngBounds([bounds.getSouth() - APART, bounds.getWest() - APART],
        [bounds.getNorth() + APART, bounds.getEast() + APART]);
      const near = groups.filter((group) => group.bounds.intersects(around));
      for (const group of near) bounds.extend(group.bounds);
      groups = groups.filter((group) => !near.includes(group));
      groups.push({ bounds, n: near.reduce((sum, group) => sum + group.n, properties.n) });
    }
    return groups.sort((a, b) => b.n - a.n).map(({ bounds }) => bounds);
  }

  /** Leads from one group of lines to the next. */
  function linesButton(layer, features) {
    const windows = gatherLines(features);
    const button = element("button", "incident-to-lines", "Zoom to lines");
    button.type = "button";
    let at = -1;
    button.onclick = () => {
      at = (at + 1) % windows.length;
      layer.fit(windows[at], 13, 30);
      button.textContent = windows.length === 1 ? "Zoom to lines" : `Zoom to lines: ${at + 1} of ${windows.length}`;
    };
    return button;
  }

  const lines = {
    isFixed: true,
    draw(layer, answer) {
      for (const feature of answer.features) {
        const p = feature.properties;
        const [from, to] = feature.geometry.coordinates.map(([lon, lat]) => [layer.nearest(L.latLng(lat, lon)).lng, lat]);
        const type = p.type === null ? "type-mixed" : layer.typeClass(p.type);
        const line = L.polyline(bend(from, to), { pane: "lines", weight: 1.5 + Math.min(5, Math.sqrt(p.n)), opacity: 0.85,
          lineCap: "round", bubblingMouseEvents: false, className: `incident-line ${type}` });
        const words = () => tip(`${p.origin || "Launch site"} → ${p.place || "target"}`, count(p.n, "incident"),
          p.incident && "Click to open it");
        const start = L.circleMarker([from[1], from[0]], { pane: "lines", radius: 4, weight: 2, fillOpacity: 1,
          className: `incident-launch ${type}` });
        const end = L.circleMarker([to[1], to[0]], { pane: "lines", radius: 5, weight: 1, fillOpacity: 1,
          className: `incident-mark ${type}` });
        for (const each of [line, start, end]) {
          each.bindTooltip(words, { direction: "top", opacity: 1, sticky: each === line });
          if (p.incident) each.on("click", () => layer.tellPage({ incident: p.incident }));
          layer.groups.areas.addLayer(each);
        }
      }
    },
    words(layer, answer) {
      const text = [`${answer.launches.toLocaleString("en")} of ${count(answer.total, "incident")} name a launch site`];
      if (answer.pairs > answer.features.length) {
        text.push(`the ${answer.features.length.toLocaleString("en")} most frequent of ${answer.pairs.toLocaleString("en")} lines`);
      }
      return text;
    },
    legend: (layer, answer) => [key("incident-sample", "Launch site"), key("incident-sample filled", "Target"),
      element("span", "incident-key", "Coloured by type of attack"),
      ...(answer.features.length ? [linesButton(layer, answer.features)] : [])],
  };

  function sign(number) {
    return number > 0 ? `+${shorten(number)}` : number < 0 ? `−${shorten(-number)}` : "=";
  }

  function sayDays(dates) {
    return dates[0] === dates[1] ? layerDay(dates[0]) : `${layerDay(dates[0])} – ${layerDay(dates[1])}`;
  }

  function layerDay(text) {
    return window.liveLayerTools.sayDay(new Date(`${text}T00:00:00Z`));
  }

  /** That a period reaches beyond the days that are known of: nothing found there is not peace. */
  function sayGap(dates, { known, monitored }) {
    const words = monitored ? "not monitored" : "nothing in the table";
    if (dates[0] < known[0]) return ` (${words} before ${layerDay(known[0])})`;
    return dates[1] > known[1] ? ` (${words} after ${layerDay(known[1])})` : "";
  }

  const change = {
    draw(layer, answer) {
      const most = answer.features.reduce((largest, f) =>
        Math.max(largest, Math.abs(f.properties.after - f.properties.before)), 1);
      for (const feature of answer.features) {
        const { before, after, gov, precision } = feature.properties;
        const difference = after - before;
        const radius = 10 + 16 * Math.sqrt(Math.abs(difference) / most);
        const label = element("span", difference > 0 ? "more" : difference < 0 ? "fewer" : "same", sign(difference));
        label.style.width = label.style.height = `${2 * radius}px`;
        const mark = L.marker(layer.latLng(feature), { bubblingMouseEvents: false, alt: `${sign(difference)} incidents`,
          icon: L.divIcon({ className: `incident-change${precision ? " area" : ""}`, html: label, iconSize: [2 * radius, 2 * radius] }) });
        const where = precision ? `Known to ${precision === "country" ? "the country" : gov} only` : null;
        mark.bindTooltip(() => tip(`${before.toLocaleString("en")} before, ${after.toLocaleString("en")} after`, where),
          { direction: "top", opacity: 1, offset: [0, -radius] });
        layer.groups.marks.addLayer(mark);
      }
    },
    words(layer, answer) {
      if (!answer.periods) return ["No incidents to compare"];
      return answer.periods.map(({ dates, n }) => `${sayDays(dates)}: ${count(n, "incident")}${sayGap(dates, answer)}`);
    },
    legend: () => [key("incident-sample filled more", "More after"),
      key("incident-sample filled fewer", "Fewer after"), key("incident-sample", "As many"),
      key("incident-sample dashed", "Place known to that area only")],
  };

  Object.assign(window.liveLayerTools.views, { density, governorates, lines, change });
})();
