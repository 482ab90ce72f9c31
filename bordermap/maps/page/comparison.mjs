// Where another boundary dataset differs from the one in use: its border, and the land between.

import { byId, element, fill, svg } from "./dom.mjs";
import { withUnit } from "./numbers.mjs";
import { createPane, hatch, makeButton, swatchOf } from "./panes.mjs";
import { decodePath, decodePolygons, toLatLngs } from "./shapes.mjs";
import { popupCard } from "./sources.mjs";
import { countryName, nameIn } from "./words.mjs";

/** Land of the claimed country in the dataset in use alone, and in the other one alone. */
const SIDES = [
  { side: "a_only", angle: -45 },
  { side: "b_only", angle: 45 },
];

/** Return the layer; `show(id)` compares with another dataset; null where there is none to compare. */
export function createComparison(map, data, { text, popups, rename }) {
  if (data.disagreements.length === 0) return null;
  const { renderer, pane } = createPane(map, "disagreement", { z: 320, layer: "disagreement" });
  const fills = SIDES.map(({ side, angle }) =>
    hatch(renderer, `differ-${side}`, { angle, gap: 5, className: "hatch-differ" }),
  );
  let shapes = [];
  let names = [];
  let isDrawn = false;
  let one = null;
  const values = () => ({
    use: data.dataset.title,
    other: one.dataset.title,
    claimed: countryName(data.claimed, text().language),
    neighbour: countryName(data.neighbour, text().language),
    area: withUnit(one.total_km2, "km2", text().language),
  });
  const sideName = (side) =>
    text()(`disagreement ${side}`, { ...values(), area: withUnit(one[`${side}_km2`], "km2", text().language) });

  const draw = () => {
    isDrawn = true;
    shapes.forEach((shape) => shape.remove());
    const style = { renderer, smoothFactor: 0.5 };
    const lines = one.lines.map((line) => toLatLngs(decodePath(line, data.precise_digits)));
    const areas = SIDES.flatMap(({ side }, i) => {
      if (!one[side].length) return [];
      const places = toLatLngs(decodePolygons(one[side], data.precise_digits));
      return [[side, L.polygon(places, { ...style, fillColor: fills[i], fillOpacity: 1, className: "differ" })]];
    });
    shapes = [L.polyline(lines, { ...style, interactive: false, className: "differ-line" }), ...areas.map(([, shape]) => shape)];
    shapes.forEach((shape) => shape.addTo(map));
    names = areas.map(([side, shape]) =>
      makeButton(shape, { name: () => sideName(side), act: (at) => open(side, shape, at) }),
    );
  };
  const open = (side, shape, at) => {
    const t = text();
    const title = t("layer disagreement");
    const parts = data.provinces.filter(({ code }) => one.by_province[code] > 0);
    popups({
      shape,
      at,
      title,
      content: popupCard(
        title,
        element("p", {}, sideName(side)),
        element("p", {}, t("disagreement between", values())),
        element("dl", { class: "parameters" }, parts.map((province) =>
          element(
            "div",
            { class: "parameter" },
            element("dt", {}, nameIn(province, t.language)),
            element("dd", { class: "number" }, withUnit(one.by_province[province.code], "km2", t.language)),
          ),
        )),
        element("p", { class: "note" }, boundaryNote(data.dataset, t), " ", boundaryNote(one.dataset, t)),
      ),
    });
  };
  rename.push(() => names.forEach((again) => again()));
  return {
    id: "disagreement",
    pane,
    on: false,
    draw,
    title: () => text()("layer disagreement"),
    note: () => `${text()("disagreement between", values())} ${text()("layer disagreement note")}`,
    swatch: () =>
      swatchOf(svg("rect", { x: 2, y: 2, width: 30, height: 14, class: "differ differ-swatch" })),
    show(id) {
      if (one?.dataset.id === id) return;
      one = data.disagreements.find((each) => each.dataset.id === id);
      if (isDrawn) draw();
    },
  };
}

/** Return what a dataset is and whose view of the boundary it takes. */
export function boundaryNote(dataset, t) {
  return t("boundary note", { title: dataset.title, worldview: dataset.worldview });
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
