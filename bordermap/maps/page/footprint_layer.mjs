// The footprints of a scenario: low, best and high of each, or thousands at once.

import { createCrowd } from "./crowd.mjs";
import { element, svg } from "./dom.mjs";
import { plain } from "./numbers.mjs";
import { hatch, makeButton, swatchOf } from "./panes.mjs";
import { decodePolygons, toLatLngs } from "./shapes.mjs";
import { estimatedArea, nameForms, parameterRow, popupCard } from "./sources.mjs";
import { nameIn } from "./words.mjs";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** How far an arrow key moves the map [pixels]. */
const STEP_PX = 80;

/** Draw each footprint: a button of its own, its ends beside it. */
export function drawFootprints(map, data, scenario, { renderer, called, text, popups, rename }) {
  const best = hatch(renderer, `${scenario.layer}-best`, { angle: 45, gap: 6, className: "hatch" });
  const low = hatch(renderer, `${scenario.layer}-low`, { angle: 45, gap: 4, className: "hatch-dense", cross: true });
  const draw = (polygons, options) =>
    L.polygon(toLatLngs(decodePolygons(polygons, data.precise_digits)), {
      renderer,
      smoothFactor: 0.4,
      ...options,
    }).addTo(map);
  for (const one of scenario.footprints) {
    const beside = { interactive: false, fill: false };
    if (one.high.length) draw(one.high, { ...beside, className: "footprint footprint-high" });
    const shape = draw(one.best, { fillColor: best, fillOpacity: 1, className: "footprint footprint-best" });
    if (one.low.length) {
      draw(one.low, { ...beside, fill: true, fillColor: low, fillOpacity: 1, className: "footprint footprint-low" });
    }
    const title = () => footprintName(one, data, text().language);
    const open = (at) => openFootprint({ one, scenario, shape, at, text, popups, data });
    rename.push(
      makeButton(shape, {
        name: () => text()(`${called} button`, { name: title(), area: estimatedArea(one.area_km2, text()) }),
        act: open,
      }),
    );
    shape.footprint = one.id;
  }
}

/**
 * Draw thousands of footprints on a canvas: each has its tooltip and its popup. The canvas itself is
 * a button; arrows move the map, Enter opens the footprint nearest to the middle.
 */
export function drawManyFootprints(map, data, scenario, { renderer, called, text, popups, rename }) {
  const { many } = scenario;
  const crowd = createCrowd(many.shapes, { digits: data.precise_digits, renderer, colour: "--modelled" }).addTo(map);
  const canvas = renderer.getPane().querySelector("canvas");
  const button = { getElement: () => canvas };
  const open = (index, at) =>
    openFootprint({ one: rowOf(many, index), scenario, shape: button, at, text, popups, data });

  const said = () => {
    const one = rowOf(many, crowd.pointed);
    return element("span", {}, `${footprintName(one, data, text().language)} · ${estimatedArea(one.area_km2, text())}`);
  };
  crowd.bindTooltip(said, { sticky: true, className: "card-tooltip" });
  let last = null;
  crowd.on("mousemove", () => {
    if (crowd.pointed !== last) crowd.setTooltipContent(said);
    last = crowd.pointed;
  });
  crowd.on("click", (event) => {
    L.DomEvent.stop(event);
    open(crowd.pointed, event.latlng);
  });

  const name = () =>
    text()("many button", { scenario: scenario.title, count: plain(many.names.length, text().language, 0) });
  canvas.setAttribute("tabindex", "0");
  canvas.setAttribute("role", "button");
  canvas.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (way) map.panBy(L.point(way).multiplyBy(STEP_PX), { animate: false });
    else if (event.key === "Enter" || event.key === " ") {
      const { index, at } = crowd.nearest(map.getCenter());
      open(index, at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const again = () => canvas.setAttribute("aria-label", name());
  rename.push(again);
  again();
}

/** Return a row of a table of footprints as one footprint. */
function rowOf(many, index) {
  const range = ({ low, best, high }) => ({
    low: low ? low[index] : best[index],
    best: best[index],
    high: high ? high[index] : best[index],
  });
  return {
    name: many.names[index],
    site: many.sites[index],
    area_km2: range(many.area_km2),
    parameters: Object.entries(many.parameters).map(([name, columns]) => ({
      of: "", name, value: range(columns), reason: "", sources: [],
    })),
  };
}

/** Return the signs of low, best and high, for the legend. */
export function footprintSwatches(t) {
  return ["low", "best", "high"].map((extent) => ({
    swatch: swatchOf(footprintSwatch(extent)),
    title: t(`extent ${extent}`),
  }));
}

function footprintSwatch(extent) {
  const lines = { low: 4, best: 6 }[extent];
  const rect = svg("rect", { x: 3, y: 2.5, width: 28, height: 13, class: `footprint footprint-${extent}` });
  if (!lines) return [rect];
  const strokes = [];
  for (let x = -10; x < 34; x += lines) {
    strokes.push(svg("line", { x1: x, y1: 15.5, x2: x + 13, y2: 2.5, class: "hatch", "clip-path": "none" }));
    if (extent === "low") strokes.push(svg("line", { x1: x, y1: 2.5, x2: x + 13, y2: 15.5, class: "hatch" }));
  }
  return [svg("svg", { x: 3, y: 2.5, width: 28, height: 13, viewBox: "3 2.5 28 13" }, strokes), rect];
}

/** Return a footprint's name: that of its site in the language chosen, or its own. */
function footprintName(one, data, language) {
  const site = data.sites.find((place) => place.id === one.site);
  return site && site.name === one.name ? nameIn(site, language) : one.name;
}

function openFootprint({ one, scenario, shape, at, text, popups, data }) {
  const t = text();
  const title = footprintName(one, data, t.language);
  const site = data.sites.find((place) => place.id === one.site);
  popups({
    shape,
    at,
    title,
    content: popupCard(
      title,
      site ? nameForms(site, data.languages, t) : null,
      element("p", {}, element("strong", {}, estimatedArea(one.area_km2, t)), ` · ${scenario.title}`),
      element("dl", { class: "parameters" }, one.parameters.map((each) => parameterRow(each, t))),
      element("p", { class: "model-note" }, t("model note")),
    ),
  });
}
