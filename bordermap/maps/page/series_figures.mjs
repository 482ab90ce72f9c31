// What a step comes to: its area, and what was gained and lost since the one before.

import { byId, element, fill } from "./dom.mjs";
import { figureOutput, showFigure } from "./figure.mjs";
import { withUnit } from "./numbers.mjs";
import { instantText, missingText } from "./series_dates.mjs";
import { nameIn } from "./words.mjs";

/** Less than a square metre is rounding. */
const NOTICED_KM2 = 1e-6;

/** Return the part of the page about the step that is shown. */
export function createFigures(data, text) {
  const area = figureOutput("area-km2");
  const changes = Object.fromEntries(
    ["gained", "lost", "net"].map((kind) => [kind, figureOutput(`${kind}-km2`, { class: `figure-${kind}` })]),
  );
  const outputs = [area, ...Object.values(changes)];
  return {
    update(state) {
      const t = text();
      const step = data.steps[state.step];
      const net = step.gained_km2 === null ? null : step.gained_km2 - step.lost_km2;
      // read out once a choice is made, not at every step of a film
      for (const output of outputs) output.setAttribute("aria-live", state.playing ? "off" : "polite");
      showFigure(area, step.area_km2, "km2", t.language);
      showFigure(changes.gained, step.gained_km2, "km2", t.language);
      showFigure(changes.lost, step.lost_km2, "km2", t.language);
      showFigure(changes.net, net, "km2", t.language);
      if (net !== null) changes.net.textContent = signed(net, t.language);
      const date = element("time", { datetime: step.date }, instantText(step.date, t.language));
      fill(byId("finding"), t.parts("area on", { area, date }));
      fill(byId("finding-also"), sinceBefore(data, state, changes, t));
      fill(byId("step-notes"), notes(step, t).map((line) => element("li", {}, line)));
      byId("eyebrow").textContent = data.named ? data.title : seriesTitle(data, t);
      if (data.provinces.length) fill(byId("parts"), partRows(data, state.step, t));
    },
  };
}

/** Return the title of a page that was given none. */
export function seriesTitle(data, t) {
  const [first, last] = [data.steps[0], data.steps.at(-1)].map((one) => instantText(one.date, t.language));
  return t("series title", { count: data.steps.length, first, last });
}

/** Return a change with its sign, as "+1.2 km²" or "−1.2 km²". */
export function signed(km2, language) {
  const sign = km2 > 0 ? "+" : km2 < 0 ? "−" : "";
  return `${sign}${withUnit(Math.abs(km2), "km2", language)}`;
}

function sinceBefore(data, state, { gained, lost, net }, t) {
  if (state.step === 0) return t.parts("first outline", { gained, lost, net });
  const date = instantText(data.steps[state.step - 1].date, t.language);
  return t.parts("since before", { gained, lost, net, date });
}

function notes(step, t) {
  const lines = [t("file", { name: step.file })];
  if (step.missing) lines.push(missingText(step.missing, t));
  if (step.overlap_km2 > NOTICED_KM2) {
    lines.push(t("overlap", { area: withUnit(step.overlap_km2, "km2", t.language) }));
  }
  if (step.repairs) {
    lines.push(t("repaired", { count: step.repairs, area: signed(step.repairs_km2, t.language) }));
  }
  return lines;
}

function partRows(data, step, t) {
  const shown = data.provinces.filter((one) => one.areas_km2.length);
  const rows = [
    ...shown.map((one) => [nameIn(one, t.language), one.areas_km2[step], one.code]),
    [t("outside"), data.outside_km2[step], "outside"],
  ];
  const largest = Math.max(...shown.flatMap((one) => one.areas_km2), ...data.outside_km2, 1e-9);
  return rows.map(([name, km2, code]) => {
    const output = figureOutput(`area-km2-${code}`, { quiet: true });
    showFigure(output, km2 > NOTICED_KM2 ? km2 : 0, "km2", t.language);
    const bar = element("span", { class: "bar bar-outline" });
    bar.style.inlineSize = `${(100 * km2) / largest}%`;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      element("td", { class: "bar-cell", "aria-hidden": "true" }, bar),
      element("td", { class: "number" }, output),
    );
  });
}
