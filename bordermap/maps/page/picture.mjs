// The view as a picture: the map's own shapes, copied with their looks into one SVG.

import { svg } from "./dom.mjs";
import { saveBlob, saveText } from "./save.mjs";

const LOOKS = [
  "fill",
  "fill-opacity",
  "fill-rule",
  "clip-rule",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "letter-spacing",
  "text-anchor",
  "paint-order",
];
const FOOT_PX = 16;
const LINE_PX = 16;

/** Width that a letter of the foot takes, on the safe side [pixels]. */
const LETTER_PX = 6.6;

/** Return the map as drawn now, as an SVG element with a foot of words. */
export function pictureOf(map, { title, notes }) {
  const container = map.getContainer();
  const { width, height } = container.getBoundingClientRect();
  const page = getComputedStyle(container);
  const words = [title, ...notes.flatMap((note) => wrapped(note, (width - 24) / LETTER_PX))];
  const whole = height + FOOT_PX + LINE_PX * words.length;
  const picture = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: whole, viewBox: `0 0 ${width} ${whole}` });
  picture.append(svg("title", {}, title));
  const view = svg("svg", { x: 0, y: 0, width, height, viewBox: `0 0 ${width} ${height}` });
  view.append(svg("rect", { width, height, fill: page.backgroundColor }));
  const panes = [...container.querySelectorAll(".leaflet-pane")]
    .filter((pane) => pane.style.display !== "none" && pane.style.zIndex)
    .sort((a, b) => Number(a.style.zIndex) - Number(b.style.zIndex));
  for (const pane of panes) {
    for (const drawing of pane.children) {
      if (drawing.tagName === "svg") view.append(copyOf(drawing, container));
      else if (drawing.tagName === "CANVAS") view.append(canvasCopy(drawing, container));
    }
  }
  view.append(scaleBar(container, width, height));
  picture.append(view, foot({ width, height, whole, words }));
  return picture;
}

function copyOf(drawing, container) {
  const here = drawing.getBoundingClientRect();
  const there = container.getBoundingClientRect();
  const copy = drawing.cloneNode(true);
  const originals = [drawing, ...drawing.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, i) => dress(node, originals[i]));
  const group = svg("g", { transform: `translate(${here.left - there.left} ${here.top - there.top})` });
  const box = drawing.getAttribute("viewBox")?.split(" ").map(Number);
  const inner = svg("g", box ? { transform: `translate(${-box[0]} ${-box[1]})` } : {});
  inner.append(...copy.childNodes);
  group.append(inner);
  return group;
}

function dress(node, original) {
  const looks = getComputedStyle(original);
  for (const look of LOOKS) {
    const value = looks.getPropertyValue(look);
    if (value) node.setAttribute(look, value);
  }
  for (const name of ["style", "tabindex", "role", "aria-label", "class", "pointer-events"]) node.removeAttribute(name);
}

function canvasCopy(canvas, container) {
  const here = canvas.getBoundingClientRect();
  const there = container.getBoundingClientRect();
  return svg("image", { href: canvas.toDataURL(), x: here.left - there.left, y: here.top - there.top, width: here.width, height: here.height });
}

/** Return a text in lines of so many letters at most. */
function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line && line.length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

function scaleBar(container, width, height) {
  const bar = container.querySelector(".leaflet-control-scale-line");
  const ink = getComputedStyle(container).color;
  const [right, foot] = [width - 12, height - 12];
  const left = right - bar.offsetWidth;
  return svg(
    "g",
    {},
    svg("path", { d: `M${left} ${foot - 7}V${foot}H${right}V${foot - 7}`, fill: "none", stroke: ink, "stroke-width": 1.6 }),
    svg("text", { x: left + 5, y: foot - 4, "font-size": 11, "font-family": getComputedStyle(container).fontFamily, fill: ink }, bar.textContent),
  );
}

function foot({ width, height, whole, words }) {
  const page = getComputedStyle(document.body);
  return svg(
    "g",
    { "font-family": page.fontFamily, fill: page.color },
    svg("rect", { x: 0, y: height, width, height: whole - height, fill: getComputedStyle(document.documentElement).backgroundColor }),
    words.map((line, i) =>
      svg("text", { x: 12, y: height + 20 + LINE_PX * i, "font-size": i === 0 ? 13 : 11, "font-weight": i === 0 ? 600 : 400 }, line),
    ),
  );
}

/** Offer the view as an SVG file. */
export function saveSvg(map, words) {
  saveText("map.svg", new XMLSerializer().serializeToString(pictureOf(map, words)), "image/svg+xml");
}

/** Offer the view as a PNG file, twice as fine as the screen. */
export async function savePng(map, words) {
  const picture = pictureOf(map, words);
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const drawing = canvas.getContext("2d");
  drawing.scale(2, 2);
  drawing.drawImage(image, 0, 0);
  canvas.toBlob((blob) => saveBlob("map.png", blob), "image/png");
}
