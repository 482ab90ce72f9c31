// Names on the map, as SVG text; where two would touch, the one of higher rank stays.

import { byId, svg } from "./dom.mjs";
import { countryName, nameIn } from "./words.mjs";

const MARGIN_PX = 400;
const HEIGHTS = { country: 15, province: 14, part: 12, lake: 12, river: 11, town: 11, site: 12 };

/** Return the layer of names; `update(language)` writes them anew. */
export function createLabels(map, names, { fixed = () => [] } = {}) {
  const pane = map.createPane("names");
  pane.style.zIndex = "480";
  pane.classList.add("names", "leaflet-zoom-hide");
  const drawing = svg("svg", { "aria-hidden": "true", focusable: "false" });
  pane.append(drawing);
  let language = "en";

  const onSheet = ([x, y], corner) => map.latLngToLayerPoint([y, x]).subtract(corner);
  const draw = () => {
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([-MARGIN_PX, -MARGIN_PX]);
    drawing.setAttribute("width", size.x + 2 * MARGIN_PX);
    drawing.setAttribute("height", size.y + 2 * MARGIN_PX);
    L.DomUtil.setPosition(drawing, corner);
    const taken = covered(map);
    const texts = [];
    for (const name of [...names, ...fixed()].sort((a, b) => a.rank - b.rank)) {
      if (map.getZoom() < (name.least ?? 0)) continue;
      const text = name.kind === "country" ? countryName(name, language) : nameIn(name, language);
      const box = (name.points ?? [name.point])
        .map((place) => boxOf(name, text, onSheet(place, corner)))
        .filter((each) => !taken.some((other) => touch(each, other)))
        .find((each) => !name.points || within(each, size));
      if (!box) continue;
      taken.push(box);
      texts.push(
        svg("text", { x: box.anchor.x, y: box.anchor.y, class: `name name-${name.kind}` }, text),
      );
    }
    drawing.replaceChildren(...texts);
  };
  map.on("moveend zoomend viewreset resize", draw);
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

function boxOf(name, text, point) {
  const height = HEIGHTS[name.kind] ?? 12;
  const spread = name.kind === "country" ? 0.95 : name.kind === "province" ? 0.75 : 0.58;
  const width = text.length * height * spread;
  const beside = name.kind === "site" || name.kind === "town";
  const anchor = beside ? { x: point.x + 9, y: point.y + height / 3 } : point;
  const left = beside ? anchor.x : point.x - width / 2;
  return { anchor, left, right: left + width, top: anchor.y - height, bottom: anchor.y + 4 };
}

/** Return the part of the sheet that the outline's panel covers, where it lies on the map. */
function covered(map) {
  const panel = byId("outline").getBoundingClientRect();
  const view = map.getContainer().getBoundingClientRect();
  const [left, top] = [panel.left - view.left + MARGIN_PX, panel.top - view.top + MARGIN_PX];
  return [{ left, top, right: left + panel.width, bottom: top + panel.height }];
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
