// The page: reads its data, draws the map, and keeps every part in step with what is chosen.

import { createChart } from "./chart.mjs";
import { createDepth, curveOf, onStep } from "./depth.mjs";
import { createCompareChoice, farthestDataset } from "./comparison.mjs";
import { byId } from "./dom.mjs";
import { createDrawing } from "./drawing.mjs";
import { createFinding } from "./finding.mjs";
import { drawGround } from "./ground_layer.mjs";
import { createLabels } from "./labels.mjs";
import { createLegend } from "./legend.mjs";
import { fragmentWriter, readFragment } from "./link_state.mjs";
import { createLayers } from "./map_layers.mjs";
import { savePng, saveSvg } from "./picture.mjs";
import { learnConventions } from "./numbers.mjs";
import { followZoom, frameBounds, framePrint, languageChoice, PHONE, prepareMap, writeWords } from "./page_frame.mjs";
import { createPopups, panelFoot } from "./popup.mjs";
import { createRegister } from "./register.mjs";
import { createScenarios } from "./scenarios.mjs";
import { decodePath, decodePolygons } from "./shapes.mjs";
import { createScale } from "./scale.mjs";
import { createSizes } from "./sizes.mjs";
import { createStore } from "./store.mjs";
import { metresPerPixel } from "./strip_layer.mjs";
import { createSure } from "./sure.mjs";
import { wordsIn } from "./words.mjs";

/** Sites that are named however far away the map is. */
const FEW_SITES = 3;

/** How wide the strip is when it is asked for to scale [pixels]. */
const STRIP_PX = 14;

function start() {
  const data = JSON.parse(byId("page-data").textContent);
  const tables = JSON.parse(byId("page-words").textContent);
  const map = window[byId("map").dataset.map];
  prepareMap(map, data.limits);
  placeStage(map);
  frameCase(map, data);

  learnConventions(tables);
  let t = wordsIn(tables, document.documentElement.lang);
  const text = () => t;
  const popups = createPopups(map, text);
  const { places, renderer: ground } = drawGround(map, data);
  const { layers, strip, comparison, update: renameShapes } = createLayers(map, data, { text, popups, ground });
  const drawing = createDrawing(map, data, text);
  layers.push(drawing.layer);
  const labels = createLabels(map, [...places, ...provinceNames(data), ...siteNames(data)], {
    clear: data.sites.map((site) => site.point),
  });

  const allowed = {
    languages: Object.keys(tables),
    sections: data.sections.map((one) => one.section),
    scenarios: data.scenarios.map((one) => one.id),
    datasets: data.disagreements.map((one) => one.dataset.id),
    layers: layers.map((layer) => layer.id),
    depth: data.slider_m,
  };
  const standard = {
    language: document.documentElement.lang,
    section: "all",
    scenario: "",
    dataset: farthestDataset(data),
    depth: onStep(curveOf(data, "all").stated_depth_m?.best ?? data.slider_m.least, data.slider_m),
    date: null,
    layers: layers.filter((layer) => layer.on).map((layer) => layer.id),
    view: null,
  };
  const store = createStore({ ...standard, ...readFragment(window.location.hash, allowed) });

  const frame = (scenario) => frameFootprints(map, data, scenario);
  const choose = ({ id, layer }) => {
    const layers = new Set(store.state.layers);
    if (layer) layers.add(layer);
    store.set({ scenario: id, layers: [...layers] });
  };
  const parts = [
    createFinding(data, text),
    createDepth(data, store, text),
    createChart(data, choose, text),
    createScenarios(data, text, { choose, frame }),
    createCompareChoice(data, comparison, store, text),
    createLegend(layers, store, text),
    createRegister(data, store, text),
    createSure(data, text, followTiles(map)),
    createSizes(map, data, text),
    drawing,
    createScale(map, text),
  ];
  const update = (state, changed) => {
    if (changed.has("language")) {
      t = wordsIn(tables, state.language);
      document.documentElement.lang = state.language;
      document.title = data.title;
      writeWords(t);
      renameShapes();
      labels.update(state.language);
    }
    strip.show(state.depth, state.section);
    parts.forEach((part) => part.update(state, changed));
  };
  store.follow(update);

  showView(map, store.state.view);
  languageChoice(tables, store);
  update(store.state, new Set(Object.keys(store.state)));
  wirePicture(map, data, { store, text });
  followZoom(map);
  byId("strip-near").addEventListener("click", () => showStrip(map, data, store.state));
  keepLink(map, store, { allowed, standard });
  document.documentElement.classList.add("ready");
}

function provinceNames(data) {
  return data.provinces.map((one) => ({ ...one, kind: "province", points: one.labels, rank: 0 }));
}

function siteNames(data) {
  const least = data.sites.length > FEW_SITES ? 9 : 0;
  return data.sites.map((one) => ({ ...one, kind: "site", rank: 5, least }));
}

function frameFootprints(map, data, scenario) {
  const shapes = scenario.many?.shapes ?? scenario.footprints.map((one) => (one.high.length ? one.high : one.best));
  const points = shapes.flatMap((shape) => decodePolygons(shape, data.precise_digits)).flat(2);
  if (points.length) map.fitBounds(L.latLngBounds(points.map(([x, y]) => [y, x])), { padding: [40, 40] });
}

/**
 * Tiles, where asked for, take the ground's place once one has come; until then it stays. Returns
 * whom to credit for them.
 */
function followTiles(map) {
  const credits = [];
  map.eachLayer((layer) => {
    if (!(layer instanceof L.TileLayer)) return;
    credits.push(layer.getAttribution());
    layer.once("tileload", () => document.documentElement.classList.add("with-tiles"));
  });
  return credits;
}

/** Frame the middle of the border so near that the strip is some pixels wide. */
function showStrip(map, data, { section, depth }) {
  const lines = data.borders
    .filter((border) => section === "all" || border.section === section)
    .flatMap((border) => border.lines);
  const longest = lines.reduce((best, line) => (line.length > best.length ? line : best));
  const places = decodePath(longest, data.precise_digits);
  const [longitude, latitude] = places[Math.floor(places.length / 2)];
  const zoom = Math.log2(metresPerPixel(latitude, 0) / (depth / STRIP_PX));
  map.setView([latitude, longitude], Math.min(zoom, map.getMaxZoom()), { animate: false });
}

/** Frame the case; below the outline's panel where that would cover the border. */
function frameCase(map, data) {
  frameBounds(map, data.bounds);
  const foot = panelFoot(map);
  if (!foot) return;
  const panel = byId("outline").getBoundingClientRect();
  const view = map.getContainer().getBoundingClientRect();
  const isCovered = data.borders
    .flatMap((border) => border.lines)
    .flatMap((line) => decodePath(line, data.precise_digits))
    .map(([x, y]) => map.latLngToContainerPoint([y, x]))
    .some(({ x, y }) => x > panel.left - view.left && x < panel.right - view.left && y < foot);
  if (isCovered) frameBounds(map, data.bounds, { top: foot });
}

function showView(map, view) {
  if (view) map.setView([view.latitude, view.longitude], view.zoom, { animate: false });
}

/**
 * On a phone the map comes first and its tools follow the claim; elsewhere both come after the
 * text: where a thing is seen, it is read.
 */
function placeStage(map) {
  const phone = window.matchMedia(PHONE);
  const place = () => {
    if (phone.matches) {
      byId("main").prepend(byId("stage"));
      byId("claim").after(byId("outline"));
      byId("register").before(byId("timeline"));
    } else {
      byId("main").append(byId("stage"));
      byId("map-part").append(byId("outline"));
      byId("stage").append(byId("timeline"));
    }
    map.invalidateSize({ animate: false });
  };
  phone.addEventListener("change", place);
  framePrint(map);
  place();
}

function wirePicture(map, data, { store, text }) {
  const words = () => ({
    title: data.title,
    notes: [
      `${byId("finding").textContent} ${byId("finding-also").textContent}`,
      store.state.layers.includes("strip")
        ? `${text()("layer strip")}: ${byId("strip-depth").textContent} → ${byId("strip-area").textContent}`
        : null,
      text()("model note"),
      data.attributions.join(" · "),
    ].filter(Boolean),
  });
  byId("save-svg").addEventListener("click", () => saveSvg(map, words()));
  byId("save-png").addEventListener("click", () => savePng(map, words()));
}

/** Keep the address in step with the choices, once the reader has made one; and the reverse. */
function keepLink(map, store, { allowed, standard }) {
  const write = fragmentWriter();
  const view = () => {
    const centre = map.getCenter();
    return { latitude: centre.lat, longitude: centre.lng, zoom: map.getZoom() };
  };
  store.follow((state) => write({ ...state, view: view() }));
  map.on("moveend", (event) => {
    if (!event.hard) write({ ...store.state, view: view() });
  });
  window.addEventListener("hashchange", () => {
    const { view: wanted, ...choices } = readFragment(window.location.hash, allowed);
    store.set({ ...standard, ...choices });
    showView(map, wanted);
  });
}

start();
