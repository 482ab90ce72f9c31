// Names on the map, as SVG text; where two would touch, the one of higher rank stays.

import { byId, svg } from "./dom.mjs";
import { countryName, nameIn } from "./words.mjs";

const MARGIN_PX = 400;

/** A province's name of so many letters is broken, into lines so far apart. */
const LONG = 14;
const LINE_PX = 17;

/** A town so near to a site has the site's sign [degrees]. */
const SAME_DEGREES = 0.02;

/** How far names keep from a site. */
const CLEAR_PX = 5;

const HEIGHTS = { country: 15, province: 14, part: 12, lake: 12, river: 11, town: 11, site: 12 };

/**
 * Return the layer of names; `update(language)` writes them anew. Names keep off the places to
 * keep `clear`; a province, which is always named, where there is room.
 */
export function createLabels(map, names, { clear = [] } = {}) {
  const pane = map.createPane("names");
  pane.style.zIndex = "480";
  pane.classList.add("names", "leaflet-zoom-hide");
  const drawing = svg("svg", { "aria-hidden": "true", focusable: "false" });
  pane.append(drawing);
  let language = "en";
  const atSite = ({ points: [place] }) =>
    clear.some((other) => Math.hypot(other[0] - place[0], other[1] - place[1]) < SAME_DEGREES);

  const onSheet = ([x, y], corner) => map.latLngToLayerPoint([y, x]).subtract(corner);
  const draw = () => {
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([-MARGIN_PX, -MARGIN_PX]);
    drawing.setAttribute("width", size.x + 2 * MARGIN_PX);
    drawing.setAttribute("height", size.y + 2 * MARGIN_PX);
    L.DomUtil.setPosition(drawing, corner);
    const taken = [...covered(map), ...clear.map((place) => boxRound(onSheet(place, corner)))];
    const texts = [];
    for (const name of [...names].sort((a, b) => a.rank - b.rank)) {
      if (map.getZoom() < (name.least ?? 0)) continue;
      const text = name.kind === "country" ? countryName(name, language).toLocaleUpperCase(language) : nameIn(name, language);
      const lines = linesOf(name, text);
      const boxes = (name.points ?? [name.point]).map((place) => boxOf(name, lines, onSheet(place, corner)));
      const free = boxes
        .filter((each) => !taken.some((other) => touch(each, other)))
        .find((each) => !name.points || within(each, size));
      const box = free ?? (name.kind === "province" ? boxes[0] : null);
      if (!box) continue;
      taken.push(box);
      texts.push(written(name, lines, box));
      if (name.kind === "town" && !atSite(name)) texts.push(dot(onSheet(name.points[0], corner)));
    }
    drawing.replaceChildren(...texts);
  };
  map.on("moveend resize", draw); // a zoom ends with a move
  return {
    pane,
    draw,
    update(next) {
      language = next;
      drawing.setAttribute("lang", next);
      draw();
    },
  };
}

/** Return the lines of a name: a long one of a province stands on two. */
function linesOf(name, text) {
  const gap = text.lastIndexOf(" ");
  if (name.kind !== "province" || text.length < LONG || gap < 0) return [text];
  return [text.slice(0, gap), text.slice(gap + 1)];
}

function written(name, lines, { anchor }) {
  const rows = lines.map((line, i) =>
    svg("tspan", { x: anchor.x, y: anchor.y + i * LINE_PX }, line),
  );
  return svg("text", { class: `name name-${name.kind}` }, rows);
}

function boxOf(name, lines, point) {
  const height = HEIGHTS[name.kind] ?? 12;
  const spread = name.kind === "country" ? 0.95 : name.kind === "province" ? 0.75 : 0.58;
  const width = Math.max(...lines.map((line) => line.length)) * height * spread;
  const below = 4 + (lines.length - 1) * LINE_PX;
  const beside = name.kind === "site" || name.kind === "town";
  const anchor = beside ? { x: point.x + 8, y: point.y + height / 3 } : point;
  const left = beside ? anchor.x : point.x - width / 2;
  return { anchor, left, right: left + width, top: anchor.y - height, bottom: anchor.y + below };
}

function dot(point) {
  return svg("circle", { cx: point.x, cy: point.y, r: 2, class: "town-dot" });
}

function boxRound({ x, y }) {
  return { left: x - CLEAR_PX, right: x + CLEAR_PX, top: y - CLEAR_PX, bottom: y + CLEAR_PX };
}

/** Return the parts of the sheet that panels and controls cover, where they lie on the map. */
function covered(map) {
  const view = map.getContainer().getBoundingClientRect();
  const panels = [byId("outline"), ...map.getContainer().querySelectorAll(".leaflet-control")];
  return panels.filter(Boolean).map((panel) => {
    const box = panel.getBoundingClientRect();
    const [left, top] = [box.left - view.left + MARGIN_PX, box.top - view.top + MARGIN_PX];
    return { left, top, right: left + box.width, bottom: top + box.height };
  });
}

function within(box, size) {
  const inset = MARGIN_PX + 12;
  return (
    box.left > inset &&
    box.right < size.x + 2 * MARGIN_PX - inset &&
    box.top > inset &&
    box.bottom < size.y + 2 * MARGIN_PX - inset
  );
}

function touch(one, other) {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}
