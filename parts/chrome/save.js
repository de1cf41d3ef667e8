// Saves a chart as a picture, made in the reader's browser: nothing is sent anywhere.

const MARGIN = 16, LINE = 17, SCALE = 2;
const SVG = "http://www.w3.org/2000/svg";

/** Where the dashboard is served: Streamlit's own script lies two folders below, on every page. */
function home() {
  const script = document.querySelector('script[src*="static/js/"]');
  return script ? new URL("../../", script.src) : new URL(".", location.href);
}

function make(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The words in lines that fit a width. */
function wrap(text, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

const PAINT = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "vector-effect", "font-size", "font-style", "text-anchor", "display"];

/** A figure of the page's own, whose looks are the page's rules, as one drawing that needs none. */
function copyFigure(figure) {
  const box = figure.getBoundingClientRect();
  const find = (node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x: left - box.left, y: top - box.top, width, height };
  };
  const copy = make("svg", { width: box.width, height: box.height });
  for (const each of figure.querySelectorAll("svg:not(svg svg)")) {
    const drawn = each.cloneNode(true);
    const shapes = drawn.querySelectorAll("path, rect, text");
    each.querySelectorAll("path, rect, text").forEach((shape, place) => {
      const looks = getComputedStyle(shape);
      for (const name of PAINT) shapes[place].setAttribute(name, looks.getPropertyValue(name));
    });
    drawn.querySelectorAll(".ground, .near, .brush").forEach((shape) => shape.remove());
    for (const [name, value] of Object.entries({ ...find(each), overflow: "visible" })) drawn.setAttribute(name, value);
    copy.append(drawn);
  }
  for (const entry of figure.querySelectorAll(".legend li")) {
    const [mark, words] = entry.children;
    const colour = getComputedStyle(mark).color;
    const looks = mark.classList.contains("strikes") ? { "fill-opacity": 0.38, stroke: colour } : {};
    const { x, y, height } = find(words);
    copy.append(make("rect", { ...find(mark), fill: colour, ...looks }));
    copy.append(make("text", { x, y: y + height - 5, "font-size": getComputedStyle(words).fontSize }, words.textContent));
  }
  return copy;
}

function copyMarks(chart) {
  const copy = chart.cloneNode(true);
  copy.removeAttribute("style");
  return copy;
}

/** The chart with title, filters and source around it, as on the page. */
function draw(chart, data) {
  const app = getComputedStyle(document.querySelector(".stApp"));
  const family = app.fontFamily;
  const figure = chart.closest("figure.bars");
  const box = (figure ?? chart).getBoundingClientRect();
  const width = Math.max(box.width, 320) + 2 * MARGIN;
  const parts = [[data.title, 15, 600, 1], [data.about, 12, 400, 0.85]];
  const picture = make("svg", { xmlns: SVG, width, "font-family": family, fill: app.color });
  const ground = make("rect", { width: "100%", height: "100%", fill: app.backgroundColor });
  picture.append(ground);
  let top = MARGIN;
  const write = ([text, size, weight, opacity]) => {
    for (const line of wrap(text, width - 2 * MARGIN, `${weight} ${size}px ${family}`)) {
      top += LINE;
      const place = { x: MARGIN, y: top - 4, "font-size": size, "font-weight": weight, opacity };
      picture.append(make("text", place, line));
    }
  };
  parts.forEach(write);
  const copy = figure ? copyFigure(figure) : copyMarks(chart);
  copy.setAttribute("x", MARGIN);
  copy.setAttribute("y", top + 8);
  picture.append(copy);
  top += 8 + box.height + 4;
  write([data.source, 11, 400, 0.7]);
  picture.setAttribute("height", top + MARGIN / 2);
  picture.setAttribute("viewBox", `0 0 ${width} ${top + MARGIN / 2}`);
  return picture;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function toSvg(picture) {
  const text = new XMLSerializer().serializeToString(picture);
  return new Blob([text], { type: "image/svg+xml" });
}

/** The page's own letters as a style: a picture takes none from the page around it. */
async function copyLetters(family) {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try { return [...sheet.cssRules]; } catch (error) { return []; /* Of another host. */ }
  });
  const first = family.split(",")[0].replace(/["']/g, "").trim();
  const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule
    && rule.style.getPropertyValue("font-family").replace(/["']/g, "").trim() === first
    && rule.style.getPropertyValue("font-style") !== "italic");
  const styles = await Promise.all(faces.map(async (face) => {
    const [, path] = /url\(["']?([^"')]+)/.exec(face.cssText) ?? [];
    const base = face.parentStyleSheet.href ?? document.baseURI;
    const letters = await (await fetch(new URL(path, base))).blob();
    const address = await new Promise((go) => {
      const reader = new FileReader();
      reader.onload = () => go(reader.result);
      reader.readAsDataURL(letters);
    });
    return face.cssText.replace(path, address);
  }));
  return make("style", {}, styles.join("\n"));
}

async function toPng(picture) {
  try {
    picture.prepend(await copyLetters(picture.getAttribute("font-family")));
  } catch (error) { /* The reader's own letters do, too. */ }
  const image = new Image();
  // Not a blob: browsers take a canvas on which one was drawn for tainted in places.
  const text = new XMLSerializer().serializeToString(picture);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * SCALE;
  canvas.height = image.height * SCALE;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((go) => { canvas.toBlob(go, "image/png"); });
}

export default function ({ parentElement, data }) {
  const [png, svg] = parentElement.querySelectorAll("button");
  const csv = parentElement.querySelector("a");
  png.hidden = svg.hidden = !data.has_chart;
  const chart = () => document.querySelector(`.st-key-${data.chart} svg.marks`);
  csv.hidden = !data.answer;
  if (data.answer) csv.href = new URL(`api/${data.answer}.csv?${data.query}`, home());
  for (const [each, kind] of [[png, "PNG"], [svg, "SVG"], [csv, "CSV"]]) {
    each.setAttribute("aria-label", `${data.title}: save as ${kind}`);
  }
  svg.onclick = () => { if (chart()) save(toSvg(draw(chart(), data)), `${data.name}.svg`); };
  png.onclick = async () => {
    if (chart()) save(await toPng(draw(chart(), data)), `${data.name}.png`);
  };
}
