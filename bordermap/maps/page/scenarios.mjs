// The scenarios: what each assumes, what it comes to, and its footprints on the map.

import { byId, element, fill } from "./dom.mjs";
import { ends, plain, unitText, withUnit } from "./numbers.mjs";
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
    one.conditions.length ? [element("h3", {}, t("conditions")), conditions(one.conditions, t)] : null,
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

/** Return where each kind of number would have to be, all the others at their best. */
function conditions(rows, t) {
  return [
    element("p", { class: "note" }, t("conditions note")),
    element(
      "table",
      { class: "plain conditions" },
      element("tbody", {}, rows.map((row) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, sourceName(row.source, t)),
          element("td", { class: "number" }, `${ends({ low: row.low_km2, high: row.high_km2 }, t.language)}\u00a0${unitText("km2", t.language)}`),
          element("td", {}, whereabouts(row.place, t)),
        ),
      )),
    ),
  ];
}

function whereabouts(place, t) {
  if (place === null) return t("conditions nowhere");
  const share = `${plain(100 * Math.abs(place), t.language, 0)}\u00a0%`;
  return t(place >= 0 ? "conditions upwards" : "conditions downwards", { share });
}

function sourceName(source, t) {
  return t.has(`budget ${source}`) ? t(`budget ${source}`) : source;
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
          element("th", { scope: "row" }, sourceName(row.source, t)),
          element("td", { class: "bar-cell", "aria-hidden": "true" }, bar),
          element("td", { class: "number" }, `± ${withUnit(row.km2, "km2", t.language)}`),
        );
      }),
    ),
  );
}
