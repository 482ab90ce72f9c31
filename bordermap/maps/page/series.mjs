// The page of dated outlines: reads its data, draws the map, and keeps every part at one date.

import { byId, element, fill } from "./dom.mjs";
import { drawGround } from "./ground_layer.mjs";
import { createLabels } from "./labels.mjs";
import { createLegend } from "./legend.mjs";
import { learnConventions, withUnit } from "./numbers.mjs";
import { followZoom, frameBounds, framePrint, languageChoice, PHONE, prepareMap, writeWords } from "./page_frame.mjs";
import { createSeriesChart } from "./series_chart.mjs";
import { missingText } from "./series_dates.mjs";
import { createFigures, seriesTitle } from "./series_figures.mjs";
import { createSeriesLayers } from "./series_layers.mjs";
import { createPlayer } from "./series_player.mjs";
import { createScale } from "./scale.mjs";
import { createStore } from "./store.mjs";
import { wordsIn } from "./words.mjs";

/** Below this zoom provinces are not named. */
const PART_ZOOM = 6;

/** How the largest change is framed: with so much round it [pixels], and no nearer. */
const ROUND_PX = 90;
const NEAREST = 13;

/** Gaps that are listed; the table has all. */
const MOST_GAPS = 12;

function start() {
  const data = JSON.parse(byId("page-data").textContent);
  const tables = JSON.parse(byId("page-words").textContent);
  const map = window[byId("map").dataset.map];
  prepareMap(map, data.limits);
  placeStage(map);
  frameBounds(map, data.bounds);
  learnConventions(tables);
  let t = wordsIn(tables, document.documentElement.lang);
  const text = () => t;

  const { places } = drawGround(map, data);
  const { layers, show, largestChange } = createSeriesLayers(map, data, text);
  const parts = data.provinces.map((one) => ({ ...one, kind: "part", points: [one.point], rank: 4, least: PART_ZOOM }));
  const labels = createLabels(map, [...places, ...parts]);
  const store = createStore({
    language: document.documentElement.lang,
    step: data.steps.length - 1,
    playing: false,
    layers: layers.filter((layer) => layer.on).map((layer) => layer.id),
  });
  const views = [
    createFigures(data, text),
    createPlayer(data, store, text),
    createSeriesChart(data, (step) => store.set({ step }), text),
    createLegend(layers, store, text),
    createScale(map, text),
  ];
  const update = (state, changed) => {
    if (changed.has("language")) {
      t = wordsIn(tables, state.language);
      document.documentElement.lang = state.language;
      document.title = data.named ? data.title : seriesTitle(data, t);
      writeWords(t);
      writeLimits(data, t);
      labels.update(state.language);
    }
    show(state.step);
    byId("largest").hidden = largestChange() === null;
    views.forEach((view) => view.update(state, changed));
  };
  store.follow(update);

  byId("parts-part").hidden = data.provinces.length === 0;
  languageChoice(tables, store);
  update(store.state, new Set(Object.keys(store.state)));
  followZoom(map);
  byId("largest").addEventListener("click", () => {
    const bounds = largestChange();
    if (bounds) map.fitBounds(bounds, { animate: false, padding: [ROUND_PX, ROUND_PX], maxZoom: NEAREST });
  });
  document.documentElement.classList.add("ready");
}

/** Say what the page leaves out, and whom to credit. */
function writeLimits(data, t) {
  const gaps = data.steps.filter((one) => one.missing).map((one) => missingText(one.missing, t));
  const lines = [
    data.simplified_m
      ? t("drawn simplified", { distance: withUnit(data.simplified_m, "m", t.language) })
      : t("drawn exactly"),
    t("of the drawing"),
    t("left out"),
    ...(gaps.length ? [`${t("gaps", { count: gaps.length })} ${gaps.slice(0, MOST_GAPS).join(" ")}${gaps.length > MOST_GAPS ? " …" : ""}`] : []),
  ];
  fill(byId("limits"), lines.map((line) => element("li", {}, line)));
  fill(byId("attributions"), [t("ground credit"), ...data.attributions].map((line) => element("li", {}, line)));
  byId("made-with").textContent = t("made with", { version: data.version });
}

/** On a phone the map and its slider come first; elsewhere after the text: where a thing is seen, it is read. */
function placeStage(map) {
  const phone = window.matchMedia(PHONE);
  const place = () => {
    byId("main")[phone.matches ? "prepend" : "append"](byId("stage"));
    map.invalidateSize({ animate: false });
  };
  phone.addEventListener("change", place);
  framePrint(map);
  place();
}

start();
