// The depth slider: how deep a strip, how large, in which province, along which section.

import { byId, element, fill } from "./dom.mjs";
import { figureOutput, showFigure } from "./figure.mjs";
import { sectionName } from "./map_layers.mjs";
import { statedKm2, withUnit } from "./numbers.mjs";
import { areasAt } from "./strip_curve.mjs";
import { nameIn } from "./words.mjs";

/** How far the Page keys move the slider, in steps. */
const PAGE_STEPS = 25;

/** Return the part of the page about depth. */
export function createDepth(data, store, text) {
  const slider = byId("depth");
  Object.assign(slider, {
    min: String(data.slider_m.least),
    max: String(data.slider_m.largest),
    step: String(data.slider_m.step),
    value: String(store.state.depth),
  });
  slider.addEventListener("input", () => store.set({ depth: Number(slider.value) }));
  slider.addEventListener("keydown", (event) => {
    const direction = { PageUp: 1, PageDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const wanted = Number(slider.value) + direction * PAGE_STEPS * data.slider_m.step;
    slider.value = String(wanted);
    store.set({ depth: Number(slider.value) });
  });

  const depthFigure = figureOutput("strip-depth-m");
  const areaFigure = figureOutput("strip-area-km2");
  byId("strip-depth").append(depthFigure);
  byId("strip-area").append(areaFigure);
  const mark = byId("depth-mark");
  mark.addEventListener("click", () => {
    const curve = curveOf(data, store.state.section);
    if (curve.stated_depth_m) store.set({ depth: onStep(curve.stated_depth_m.best, data.slider_m) });
  });
  const rows = byId("strip-provinces");

  return {
    update(state) {
      const t = text();
      const curve = curveOf(data, state.section);
      const areas = areasAt(curve, state.depth);
      slider.value = String(state.depth);
      slider.setAttribute("aria-valuetext", withUnit(state.depth, "m", t.language));
      showFigure(depthFigure, state.depth, "m", t.language);
      showFigure(areaFigure, areas.reduce((sum, area) => sum + area, 0), "km2", t.language);
      fill(rows, provinceRows(data, curve, areas, t));
      fill(byId("section-switch"), sectionSwitch(data, store, t));
      placeMark(mark, curve, data, t);
      byId("strip-note").textContent = t("strip note", {
        length: withUnit(curve.length_km, "km", t.language),
        section: sectionName(state.section, t),
      });
    },
  };
}

/** Return a depth moved to the nearest step of the slider [m]. */
export function onStep(depthM, { least, largest, step }) {
  const steps = Math.round((depthM - least) / step);
  return Number(Math.max(least, Math.min(largest, least + steps * step)).toFixed(3));
}

/** Return the curve of a section. */
export function curveOf(data, section) {
  return data.sections.find((one) => one.section === section) ?? data.sections[0];
}

function provinceRows(data, curve, areas, t) {
  const largest = Math.max(...areas, 1e-9);
  return curve.provinces.map((code, i) => {
    const province = data.provinces.find((one) => one.code === code);
    const output = figureOutput(`strip-area-km2-${code}`, { quiet: true });
    showFigure(output, areas[i], "km2", t.language);
    const bar = element("span", { class: "bar" });
    bar.style.inlineSize = `${(100 * areas[i]) / largest}%`;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, nameIn(province, t.language)),
      element("td", { class: "bar-cell", "aria-hidden": "true" }, bar),
      element("td", { class: "number" }, output),
    );
  });
}

function sectionSwitch(data, store, t) {
  const parts = data.sections.length > 2 ? data.sections : []; // all and the only one are the same
  byId("section-switch").closest("fieldset").hidden = parts.length === 0;
  return parts.map(({ section, length_km: length }) => {
    const radio = element("input", {
      type: "radio",
      name: "section",
      value: section,
      id: `section-${section}`,
      checked: store.state.section === section,
    });
    radio.addEventListener("change", () => {
      store.set({ section });
      byId(`section-${section}`).focus();
    });
    return element(
      "label",
      { class: "segment", title: withUnit(length, "km", t.language) },
      radio,
      element("span", {}, sectionName(section, t)),
    );
  });
}

function placeMark(mark, curve, data, t) {
  const { least, largest } = data.slider_m;
  const stated = curve.stated_depth_m?.best;
  mark.hidden = stated === undefined || stated > largest;
  if (mark.hidden) return;
  mark.style.setProperty("--at", String((stated - least) / (largest - least)));
  mark.textContent = statedKm2(data.claim.area_km2.best, t.language);
  mark.setAttribute("aria-label", t("mark button", { area: mark.textContent }));
}
