// Layers and legend in one: a list, each entry with its checkbox, its sign and what it is.

import { byId, element, fill } from "./dom.mjs";
import { showPane } from "./panes.mjs";

/** Return the legend; it shows and hides the layers' panes. */
export function createLegend(layers, store, text) {
  const rows = byId("legend");
  return {
    update(state) {
      const t = text();
      for (const layer of layers) showPane(layer.pane, state.layers.includes(layer.id));
      if (rows.dataset.language !== t.language) {
        rows.dataset.language = t.language;
        fill(rows, layers.map((layer) => entry(layer, store, t)));
      }
      for (const layer of layers) {
        byId(`layer-${layer.id}`).checked = state.layers.includes(layer.id);
      }
    },
  };
}

function entry(layer, store, t) {
  const box = element("input", { type: "checkbox", id: `layer-${layer.id}` });
  box.addEventListener("change", () => {
    const others = store.state.layers.filter((id) => id !== layer.id);
    store.set({ layers: box.checked ? [...others, layer.id] : others });
  });
  const extra = layer.extra?.() ?? [];
  return element(
    "li",
    { class: "legend-entry" },
    element("label", {}, box, layer.swatch(), element("span", {}, layer.title())),
    extra.length
      ? element(
          "div",
          { class: "legend-extra" },
          extra.map((each) => element("span", { class: "legend-sign" }, each.swatch, each.title)),
        )
      : null,
    element("p", { class: "note" }, layer.note(), layer.model ? ` ${t("model note")}` : ""),
  );
}
