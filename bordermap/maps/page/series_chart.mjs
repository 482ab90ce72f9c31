// The series as a chart: the area over time, below it what was gained and lost; and as a table.

import { byId, element, fill, svg } from "./dom.mjs";
import { niceEnd } from "./chart.mjs";
import { dateText, plain, unitText, withUnit } from "./numbers.mjs";
import { instantText, secondsOf } from "./series_dates.mjs";
import { signed } from "./series_figures.mjs";

const WIDTH = 360;
const LEFT = 46;
const RIGHT = 8;
const AREA = { top: 22, foot: 128 };
const CHANGE = { top: 164, foot: 230 };
const HEIGHT = 252;
const DAY_S = 86_400;
const WIDEST_BAR = 12;
const NARROWEST_BAR = 0.6;
const DECIMALS = 3;

/** Return the chart and its table; a click in the chart chooses the date nearest to it. */
export function createSeriesChart(data, choose, text) {
  const scales = scalesOf(data.steps);
  const mark = svg("line", { y1: AREA.top - 6, y2: CHANGE.foot, class: "series-now" });
  const dot = svg("circle", { r: 3.5, class: "series-now-dot" });
  const details = byId("series-details");
  const table = byId("series-table");
  let language = "";
  const writeTable = (t) => {
    if (!details.open || table.dataset.language === t.language) return;
    table.dataset.language = t.language;
    fill(table, tableOf(data, t));
  };
  details.addEventListener("toggle", () => {
    writeTable(text());
    markRow(table, byId("date").value);
  });
  return {
    update(state) {
      const t = text();
      if (language !== t.language) {
        language = t.language;
        const chart = drawing(data, scales, [mark, dot], t);
        chart.addEventListener("click", (event) => choose(nearest(data.steps, scales, chart, event)));
        fill(byId("chart"), chart);
      }
      writeTable(t);
      markRow(table, state.step);
      const step = data.steps[state.step];
      const x = scales.x(secondsOf(step.date));
      mark.setAttribute("x1", x);
      mark.setAttribute("x2", x);
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", scales.area(step.area_km2));
    },
  };
}

function scale(low, high, start, end) {
  const along = (value) => start + ((value - low) / (high - low || 1)) * (end - start);
  return Object.assign(along, { low, high });
}

function scalesOf(steps) {
  const first = secondsOf(steps[0].date);
  const last = Math.max(secondsOf(steps.at(-1).date), first + DAY_S);
  const areas = steps.map((one) => one.area_km2);
  const [least, most] = [Math.min(...areas), Math.max(...areas)];
  const room = (most - least) * 0.08 || most * 1e-3 || 1;
  const change = Math.max(...steps.map((one) => Math.max(one.gained_km2 ?? 0, one.lost_km2 ?? 0))) || 1;
  return {
    x: scale(first, last, LEFT + 6, WIDTH - RIGHT - 6),
    area: scale(Math.max(0, least - room), most + room, AREA.foot, AREA.top),
    change: scale(-change, change, CHANGE.foot, CHANGE.top),
  };
}

function drawing(data, scales, marks, t) {
  const { steps } = data;
  const [first, last] = [steps[0], steps.at(-1)];
  return svg(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: "chart series-chart",
      role: "img",
      "aria-label": t("chart label", {
        first: instantText(first.date, t.language),
        last: instantText(last.date, t.language),
        from: withUnit(first.area_km2, "km2", t.language),
        to: withUnit(last.area_km2, "km2", t.language),
      }),
    },
    levels(scales.area, t("chart area"), t),
    levels(scales.change, t("chart change"), t),
    days(scales.x, t),
    svg("path", { class: "bars-gained", d: bars(steps, scales, (one) => one.gained_km2 ?? 0) }),
    svg("path", { class: "bars-lost", d: bars(steps, scales, (one) => -(one.lost_km2 ?? 0)) }),
    svg("path", { class: "area-line", d: areaLine(steps, scales) }),
    loneDots(steps, scales),
    marks,
  );
}

/** Return faint lines at round values, their numbers, and what they are. */
function levels(along, name, t) {
  const step = niceEnd((along.high - along.low) / 4);
  const parts = [svg("text", { x: 2, y: along(along.high) - 9, class: "tick" }, `${name} [${unitText("km2", t.language)}]`)];
  for (let value = Math.ceil(along.low / step) * step; value <= along.high; value += step) {
    const y = along(value);
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    parts.push(
      svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, class: "grid" }),
      svg("text", { x: LEFT - 5, y: y + 4, class: "tick", "text-anchor": "end" }, plain(Math.abs(value), t.language, decimals)),
    );
  }
  return svg("g", { "aria-hidden": "true" }, parts);
}

function days(x, t) {
  const parts = [];
  const count = 2;
  for (let i = 0; i <= count; i += 1) {
    const second = x.low + ((x.high - x.low) * i) / count;
    const iso = new Date(second * 1000).toISOString().slice(0, 10);
    const at = x(second);
    parts.push(
      svg("line", { x1: at, x2: at, y1: CHANGE.foot, y2: CHANGE.foot + 5, class: "grid" }),
      svg(
        "text",
        { x: at, y: HEIGHT - 5, class: "tick", "text-anchor": ["start", "middle", "end"][i] },
        dateText(iso, "day", t.language),
      ),
    );
  }
  return svg("g", { "aria-hidden": "true" }, parts);
}

function bars(steps, { x, change }, valueOf) {
  const room = ((WIDTH - LEFT - RIGHT) / steps.length) * 0.7;
  const width = Math.min(WIDEST_BAR, Math.max(NARROWEST_BAR, room));
  return steps
    .filter((one) => valueOf(one) !== 0)
    .map((one) => {
      const [left, top] = [x(secondsOf(one.date)) - width / 2, change(valueOf(one))];
      return `M${round(left)} ${round(change(0))}h${round(width)}V${round(top)}h${round(-width)}z`;
    })
    .join("");
}

/** Return the line of the area, broken where days are missing. */
function areaLine(steps, { x, area }) {
  return steps
    .map((one, i) => `${i === 0 || one.missing ? "M" : "L"}${round(x(secondsOf(one.date)))} ${round(area(one.area_km2))}`)
    .join("");
}

/** Return a dot for each outline with no other on a day beside it: a line has none of these. */
function loneDots(steps, { x, area }) {
  const breaks = (i) => i === 0 || i === steps.length || steps[i].missing;
  return steps
    .filter((_, i) => breaks(i) && breaks(i + 1))
    .map((one) => svg("circle", { cx: round(x(secondsOf(one.date))), cy: round(area(one.area_km2)), r: 1.8, class: "area-dot" }));
}

function round(value) {
  return Number(value.toFixed(2));
}

function nearest(steps, { x }, chart, event) {
  const box = chart.getBoundingClientRect();
  const wanted = ((event.clientX - box.left) / box.width) * WIDTH;
  const distances = steps.map((one) => Math.abs(x(secondsOf(one.date)) - wanted));
  return distances.indexOf(Math.min(...distances));
}

function tableOf(data, t) {
  const head = [t("date"), t("chart area"), t("layer gained"), t("layer lost"), t("net")];
  const unit = unitText("km2", t.language);
  const cell = (km2) => element("td", { class: "number" }, km2 === null ? "–" : plain(km2, t.language, DECIMALS));
  return [
    element("thead", {}, element("tr", {}, head.map((each, i) => element("th", { scope: "col", class: i ? "number" : null }, i ? `${each} [${unit}]` : each)))),
    element(
      "tbody",
      {},
      data.steps.map((one) =>
        element(
          "tr",
          { class: one.missing ? "after-gap" : null },
          element("th", { scope: "row" }, instantText(one.date, t.language)),
          [one.area_km2, one.gained_km2, one.lost_km2].map(cell),
          element("td", { class: "number" }, one.gained_km2 === null ? "–" : signedPlain(one.gained_km2 - one.lost_km2, t)),
        ),
      ),
    ),
  ];
}

function signedPlain(km2, t) {
  return signed(km2, t.language).replace(/[\d].*$/, "") + plain(Math.abs(km2), t.language, DECIMALS);
}

/** Say which row is shown on the map. */
function markRow(table, step) {
  table.querySelector("[aria-current]")?.removeAttribute("aria-current");
  table.tBodies[0]?.rows[Number(step)]?.setAttribute("aria-current", "true");
}
