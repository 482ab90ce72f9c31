// Where another boundary dataset differs from the one in use: its border, and the land between.

import { byId, element, fill, svg } from "./dom.mjs";
import { withUnit } from "./numbers.mjs";
import { createPane, hatch, swatchOf } from "./panes.mjs";
import { decodePath, decodePolygons, toLatLngs } from "./shapes.mjs";

/** Return the layer; `show(id)` draws another dataset; null where there is none to compare. */
export function createComparison(map, data, text) {
  if (data.disagreements.length === 0) return null;
  const { renderer, pane } = createPane(map, "disagreement", { z: 320, layer: "disagreement" });
  const dots = hatch(renderer, "differ-dots", { angle: -45, gap: 5, className: "hatch-differ" });
  let shapes = [];
  let shown = null;
  const options = { renderer, interactive: false, smoothFactor: 0.5 };
  return {
    id: "disagreement",
    pane,
    on: false,
    title: () => text()("layer disagreement"),
    note: () => text()("layer disagreement note"),
    swatch: () =>
      swatchOf(svg("rect", { x: 2, y: 2, width: 30, height: 14, class: "differ differ-swatch" })),
    show(id) {
      if (shown === id) return;
      shown = id;
      shapes.forEach((shape) => shape.remove());
      const one = data.disagreements.find((each) => each.dataset.id === id);
      const areas = [one.a_only, one.b_only].flat();
      const style = { ...options, fillColor: dots, fillOpacity: 1, className: "differ" };
      shapes = [
        L.polygon(toLatLngs(decodePolygons(areas, data.precise_digits)), style),
        L.polyline(
          one.lines.map((line) => toLatLngs(decodePath(line, data.precise_digits))),
          { ...options, className: "differ-line" },
        ),
      ];
      shapes.forEach((shape) => shape.addTo(map));
    },
  };
}

/** Return the dataset compared with at first: the one that differs most. */
export function farthestDataset(data) {
  const [first] = [...data.disagreements].sort((a, b) => b.total_km2 - a.total_km2);
  return first?.dataset.id ?? "";
}

/** Return the choice of the dataset to compare with. */
export function createCompareChoice(data, comparison, store, text) {
  return {
    update(state, changed) {
      if (!comparison) return;
      if (changed.has("dataset")) comparison.show(state.dataset);
      if (changed.has("language")) fill(byId("compare"), choice(data, store, text()));
      for (const box of byId("compare").querySelectorAll("input")) {
        box.checked = box.value === state.dataset;
      }
    },
  };
}

function choice(data, store, t) {
  return element(
    "fieldset",
    { class: "compare" },
    element("legend", {}, t("compare title")),
    data.disagreements.map((one) => {
      const box = element("input", { type: "radio", name: "compare", value: one.dataset.id });
      box.addEventListener("change", () => {
        const layers = new Set([...store.state.layers, "disagreement"]);
        store.set({ dataset: one.dataset.id, layers: [...layers] });
      });
      const area = withUnit(one.total_km2, "km2", t.language);
      return element("label", {}, box, t("compare option", { title: one.dataset.title, area }));
    }),
  );
}
