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
const FOOT = 58;

/** Return the map as drawn now, as an SVG element with a foot of words. */
export function pictureOf(map, { title, notes }) {
  const container = map.getContainer();
  const { width, height } = container.getBoundingClientRect();
  const page = getComputedStyle(container);
  const picture = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + FOOT, viewBox: `0 0 ${width} ${height + FOOT}` });
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
  picture.append(view, foot(width, height, title, notes));
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

function foot(width, height, title, notes) {
  const page = getComputedStyle(document.body);
  const lines = [title, ...notes].slice(0, 3);
  return svg(
    "g",
    { "font-family": page.fontFamily, fill: page.color },
    svg("rect", { x: 0, y: height, width, height: FOOT, fill: page.backgroundColor }),
    lines.map((line, i) => svg("text", { x: 12, y: height + 18 + 16 * i, "font-size": i === 0 ? 13 : 11 }, line)),
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
