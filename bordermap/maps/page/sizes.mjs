// How big is it? A square and a disc of the stated area, true to scale wherever they are moved.

import { byId, element, fill } from "./dom.mjs";
import { direct } from "./geodesy.mjs";
import { plain, statedKm2, withUnit } from "./numbers.mjs";
import { createPane } from "./panes.mjs";
import { nameIn } from "./words.mjs";

const DISC_CORNERS = 120;
const NUDGE_PX = 20;

/** Return the tool; each shape is moved by pointer or by the arrow keys. */
export function createSizes(map, data, text) {
  const { renderer } = createPane(map, "sizes", { z: 470 });
  const area = data.claim.area_km2.best * 1e6;
  const shapes = {
    square: sizeShape(map, renderer, "square", (centre) => squareRound(centre, area)),
    disc: sizeShape(map, renderer, "disc", (centre) => discRound(centre, area)),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    const box = byId(`size-${name}`);
    box.addEventListener("change", () => (box.checked ? shape.show(text()) : shape.hide()));
  }
  return {
    update(state, changed) {
      if (!changed.has("language")) return;
      const t = text();
      const stated = statedKm2(data.claim.area_km2.best, t.language);
      byId("sizes-title").textContent = t("sizes title", { area: stated });
      byId("size-square-name").textContent = t("size square", {
        side: withUnit(Math.sqrt(area) / 1e3, "km", t.language, 1),
      });
      byId("size-disc-name").textContent = t("size disc", {
        radius: withUnit(Math.sqrt(area / Math.PI) / 1e3, "km", t.language, 1),
      });
      fill(byId("size-references"), data.references.map((one) => element("li", {}, t("size reference", {
        ratio: plain(data.claim.area_km2.best / one.area_km2, t.language, data.claim.area_km2.best / one.area_km2 < 0.1 ? 3 : 2),
        name: nameIn(one, t.language),
        area: withUnit(one.area_km2, "km2", t.language, 0),
      }))));
      for (const shape of Object.values(shapes)) shape.rename(t);
    },
  };
}

function squareRound(centre, area) {
  const reach = Math.sqrt(area / 2);
  return [45, 135, 225, 315].map((degrees) => direct(centre, (degrees * Math.PI) / 180, reach));
}

function discRound(centre, area) {
  const reach = Math.sqrt(area / Math.PI);
  return Array.from({ length: DISC_CORNERS }, (_, i) => direct(centre, (2 * Math.PI * i) / DISC_CORNERS, reach));
}

function sizeShape(map, renderer, kind, ringRound) {
  let shape = null;
  let centre = null;
  const place = () => shape.setLatLngs(ringRound([centre.lng, centre.lat]).map(([x, y]) => [y, x]));
  const rename = (t) => shape?.getElement().setAttribute("aria-label", t(`size ${kind} button`));
  return {
    rename,
    hide() {
      shape?.remove();
      shape = null;
    },
    show(t) {
      const { x, y } = map.getSize();
      centre = map.containerPointToLatLng([x * (kind === "disc" ? 0.62 : 0.42), y * 0.55]);
      shape = L.polygon([[0, 0]], { renderer, className: `size size-${kind}`, bubblingMouseEvents: false }).addTo(map);
      place();
      const node = shape.getElement();
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "button");
      rename(t);
      node.addEventListener("pointerdown", (event) => {
        event.stopPropagation();
        event.preventDefault();
        map.dragging.disable();
        const grip = map.mouseEventToLatLng(event);
        const offset = [centre.lat - grip.lat, centre.lng - grip.lng];
        const move = (each) => {
          const at = map.mouseEventToLatLng(each);
          centre = L.latLng(at.lat + offset[0], at.lng + offset[1]);
          place();
        };
        const end = () => {
          document.removeEventListener("pointermove", move);
          document.removeEventListener("pointerup", end);
          document.removeEventListener("pointercancel", end);
          map.dragging.enable();
        };
        document.addEventListener("pointermove", move);
        document.addEventListener("pointerup", end);
        document.addEventListener("pointercancel", end);
      });
      node.addEventListener("keydown", (event) => {
        const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (!way) return;
        event.preventDefault();
        event.stopPropagation();
        const point = map.latLngToLayerPoint(centre).add(L.point(way).multiplyBy(NUDGE_PX));
        centre = map.layerPointToLatLng(point);
        place();
      });
    },
  };
}
