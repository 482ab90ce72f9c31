// Layers and legend in one: a list, each entry with its checkbox, its sign and what it is.

import { byId, element, fill } from "./dom.mjs";
import { showPane } from "./panes.mjs";

/** Return the legend; it shows and hides the layers' panes, and draws what is first shown. */
export function createLegend(layers, store, text) {
  const rows = byId("legend");
  const drawn = new Set();
  return {
    update(state, changed) {
      const t = text();
      for (const layer of layers) {
        const shown = state.layers.includes(layer.id);
        showPane(layer.pane, shown);
        if (shown && !drawn.has(layer.id)) {
          drawn.add(layer.id);
          layer.draw?.();
        }
      }
      if (rows.dataset.language !== t.language) {
        rows.dataset.language = t.language;
        fill(rows, layers.map((layer) => entry(layer, store, t)));
      }
      for (const layer of layers) {
        byId(`layer-${layer.id}`).checked = state.layers.includes(layer.id);
        if (changed.has("dataset")) byId(`layer-${layer.id}-note`).textContent = noteOf(layer, t);
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
    element("p", { class: "note", id: `layer-${layer.id}-note` }, noteOf(layer, t)),
  );
}

function noteOf(layer, t) {
  return layer.note() + (layer.model ? ` ${t("model note")}` : "");
}
