// The scenarios: what each assumes, what it comes to, and its footprints on the map.

import { byId, element, fill } from "./dom.mjs";
import { withUnit } from "./numbers.mjs";
import { estimatedArea, parameterRow } from "./sources.mjs";

/** Return the list of scenarios; choosing one shows its layer and `frame`s its footprints. */
export function createScenarios(data, text, { choose, frame }) {
  return {
    update(state, changed) {
      const t = text();
      const list = byId("scenarios");
      if (changed.has("language")) fill(list, data.scenarios.map((one) => card(one, t, { choose, frame })));
      if (!changed.has("scenario") && !changed.has("language")) return;
      for (const one of data.scenarios) {
        const node = byId(`scenario-${one.id}`);
        const chosen = state.scenario === one.id;
        node.classList.toggle("chosen", chosen);
        if (chosen) node.open = true;
      }
    },
  };
}

function card(one, t, { choose, frame }) {
  const body = [
    element("p", {}, one.rationale),
    element("p", { class: "outcome" }, element("strong", {}, t(`outcome ${one.outcome}`)), ` ${one.why}`),
    element("h3", {}, t("assumes")),
    element("ul", {}, one.assumes.map((each) => element("li", {}, each))),
    one.parameters.length
      ? [element("h3", {}, t("assumed numbers")), element("dl", { class: "parameters" }, one.parameters.map((each) => parameterRow(each, t)))]
      : null,
    one.budget.length ? [element("h3", {}, t("budget")), budget(one.budget, t)] : null,
    one.layer
      ? element("button", { type: "button", class: "quiet", onclick: () => { choose(one); frame(one); } }, t("show footprints"))
      : null,
    one.layer ? element("p", { class: "model-note" }, t("model note")) : null,
  ];
  return element(
    "details",
    { class: "scenario", id: `scenario-${one.id}` },
    element(
      "summary",
      {},
      element("span", { class: "scenario-title" }, one.title),
      element("span", { class: "number" }, estimatedArea(one.area_km2, t)),
    ),
    body,
  );
}

function budget(rows, t) {
  const largest = Math.max(...rows.map((row) => row.km2), 1e-9);
  return element(
    "table",
    { class: "bars" },
    element(
      "tbody",
      {},
      rows.map((row) => {
        const bar = element("span", { class: "bar bar-modelled" });
        bar.style.inlineSize = `${(100 * row.km2) / largest}%`;
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, t.has(`budget ${row.source}`) ? t(`budget ${row.source}`) : row.source),
          element("td", { class: "bar-cell", "aria-hidden": "true" }, bar),
          element("td", { class: "number" }, `± ${withUnit(row.km2, "km2", t.language)}`),
        );
      }),
    ),
  );
}
