// How sure: the boundary dataset, what it can tell, where others differ; and what is credited.

import { byId, element, fill } from "./dom.mjs";
import { withUnit } from "./numbers.mjs";
import { provinceName } from "./sources.mjs";

/** Return the parts about certainty and credits; `tiles` are the credits of background tiles. */
export function createSure(data, text, tiles) {
  return {
    update(state, changed) {
      if (!changed.has("language")) return;
      const t = text();
      fill(byId("sure-body"), sureBody(data, t));
      fill(byId("attributions"), [...data.attributions, ...tiles].map((line) => element("li", {}, line)));
      byId("made-with").textContent = tiles.length
        ? t("made with tiles", { version: data.version, host: tiles.join(", ") })
        : t("made with", { version: data.version });
    },
  };
}

function byProvince(one, data, t) {
  return Object.entries(one.by_province)
    .map(([code, km2]) => `${provinceName(code, data, t.language)}\u00a0${withUnit(km2, "km2", t.language)}`)
    .join(", ");
}

function sureBody(data, t) {
  const { dataset } = data;
  return [
    element("p", {}, t("sure dataset", {
      title: dataset.title,
      accuracy: withUnit(dataset.accuracy_m, "m", t.language),
      reason: dataset.accuracy_reason,
      area: withUnit(data.resolvable_km2, "km2", t.language),
    })),
    element("p", { class: "note" }, t("sure worldview", { worldview: dataset.worldview })),
    data.disagreements.map((one) =>
      element("p", {}, t("sure disagreement", {
        b: one.dataset.title,
        area: withUnit(one.total_km2, "km2", t.language),
      }), ` (${byProvince(one, data, t)})`),
    ),
  ];
}
