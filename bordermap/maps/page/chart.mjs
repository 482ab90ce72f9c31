// The chart: what the scenarios come to beside the stated figure, all on one axis of km².

import { byId, element, fill, svg } from "./dom.mjs";
import { dateText, plain, statedKm2, withUnit } from "./numbers.mjs";
import { estimatedArea, statedArea } from "./sources.mjs";

const WIDTH = 360;
const ROW = 44;
const TOP = 30;
const LEFT = 4;
const RIGHT = 10;

/** Return the chart; a bar opens its scenario. */
export function createChart(data, choose, text) {
  return {
    update(state, changed) {
      if (!changed.has("language") && !changed.has("scenario")) return;
      const t = text();
      fill(byId("chart"), drawing(data, state, choose, t));
      if (changed.has("language")) fill(byId("chart-table"), table(data, t));
    },
  };
}

function drawing(data, state, choose, t) {
  const rows = data.scenarios;
  const stated = data.claim.area_km2;
  const largest = niceEnd(
    Math.max(
      stated.high ?? stated.best,
      ...rows.map((row) => row.area_km2.high ?? row.area_km2.best),
      ...data.register.map((claim) => claim.area_km2.best),
    ),
  );
  const x = (km2) => LEFT + (km2 / largest) * (WIDTH - LEFT - RIGHT);
  const foot = TOP + rows.length * ROW + 36;
  const parts = [
    axis(largest, x, foot, t),
    statedBand(stated, x, foot, t),
    rows.map((row, i) => bar(row, TOP + i * ROW, x, { state, choose, t })),
    registerMarks(data, x, TOP + rows.length * ROW + 14, t),
  ];
  return svg(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${foot + 30}`,
      class: "chart",
      role: "group",
      "aria-label": t("chart label"),
    },
    parts,
  );
}

function axis(largest, x, foot, t) {
  const step = niceEnd(largest / 4);
  const ticks = [];
  for (let km2 = 0; km2 <= largest + 1e-9; km2 += step) {
    ticks.push(
      svg("line", { x1: x(km2), x2: x(km2), y1: TOP - 4, y2: foot, class: "grid" }),
      svg(
        "text",
        { x: x(km2), y: foot + 15, class: "tick", "text-anchor": km2 === 0 ? "start" : km2 + step > largest ? "end" : "middle" },
        km2 + step > largest ? withUnit(km2, "km2", t.language, 0) : plain(km2, t.language, 0),
      ),
    );
  }
  return svg("g", { "aria-hidden": "true" }, ticks);
}

function statedBand(stated, x, foot, t) {
  const low = x(stated.low ?? 0);
  const high = x(stated.high ?? stated.best);
  const at = x(stated.best);
  const anchor = at > WIDTH * 0.66 ? "end" : at < WIDTH * 0.34 ? "start" : "middle";
  return svg(
    "g",
    { role: "img", "aria-label": t("chart stated", { area: statedArea(stated, t) }) },
    svg("rect", { x: low, y: TOP - 4, width: Math.max(high - low, 0.5), height: foot - TOP + 4, class: "stated-band" }),
    svg("line", { x1: at, x2: at, y1: TOP - 8, y2: foot, class: "stated-line" }),
    svg("text", { x: at, y: 13, class: "stated-text", "text-anchor": anchor }, `${t("stated")} ${statedKm2(stated.best, t.language)}`),
  );
}

function bar(row, top, x, { state, choose, t }) {
  const { best } = row.area_km2;
  const low = row.area_km2.low ?? best;
  const high = row.area_km2.high ?? best;
  const act = () => choose(row);
  const y = top + 28;
  return svg(
    "g",
    {
      class: `bar-row${state.scenario === row.id ? " chosen" : ""}`,
      role: "button",
      tabindex: "0",
      "aria-pressed": String(state.scenario === row.id),
      "aria-label": `${row.title}: ${estimatedArea(row.area_km2, t)}`,
      "data-scenario": row.id,
      onclick: act,
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        act();
        document.querySelector(`[data-scenario="${CSS.escape(row.id)}"]`)?.focus();
      },
    },
    svg("rect", { x: 0, y: top, width: WIDTH, height: ROW - 2, class: "bar-target" }),
    svg("text", { x: LEFT, y: top + 13, class: "bar-name" }, shortened(row.title, 44)),
    svg("rect", { x: x(low), y: y - 6, width: Math.max(x(high) - x(low), 2), height: 10, class: "bar-interval" }),
    svg("line", { x1: x(best), x2: x(best), y1: y - 9, y2: y + 7, class: "bar-best" }),
    svg(
      "text",
      { x: x(high) + 6 > WIDTH - 96 ? x(low) - 6 : x(high) + 6, y: y + 3, class: "bar-value", "text-anchor": x(high) + 6 > WIDTH - 96 ? "end" : "start" },
      estimatedArea(row.area_km2, t),
    ),
  );
}

function registerMarks(data, x, top, t) {
  const others = data.register.filter((claim) => claim.id !== data.claim.id);
  return svg(
    "g",
    { role: "img", "aria-label": t("chart register", { count: others.length }) },
    others.length ? svg("text", { x: LEFT, y: top, class: "bar-name" }, t("chart others", { count: others.length })) : [],
    others.map((claim) =>
      svg(
        "circle",
        { cx: x(claim.area_km2.best), cy: top + 12, r: 3, class: `register-mark side-${sideOf(claim, data)}` },
        svg("title", {}, `${dateText(claim.date, claim.precision, t.language)} · ${claim.asserted_by.text}: ${claim.figure_text}`),
      ),
    ),
  );
}

/** Return whose side a claim is from: the claimed one's, the neighbour's, or nobody's. */
export function sideOf(claim, data) {
  const side = claim.asserted_by.country;
  if (side === data.claimed.code) return "claimed";
  return side === data.neighbour.code ? "neighbour" : "other";
}

function table(data, t) {
  const head = [t("scenario"), t("estimate"), t("outcome"), ...data.provinces.map((one) => one.names?.[t.language] ?? one.name)];
  return [
    element("thead", {}, element("tr", {}, head.map((each) => element("th", { scope: "col" }, each)))),
    element(
      "tbody",
      {},
      data.scenarios.map((row) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, row.title),
          element("td", {}, estimatedArea(row.area_km2, t)),
          element("td", {}, t(`outcome ${row.outcome}`)),
          data.provinces.map((one) =>
            element("td", {}, one.code in row.by_province ? withUnit(row.by_province[one.code], "km2", t.language) : "–"),
          ),
        ),
      ),
    ),
  ];
}

function shortened(text, most) {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Return the next round number: 1, 2, 2.5 or 5 times a power of ten. */
export function niceEnd(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= value - 1e-9);
  return step * power;
}
