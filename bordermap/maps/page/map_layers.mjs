// The layers of the map: provinces, footprints, borders, sites, disagreement.

import { boundaryNote, createComparison } from "./comparison.mjs";
import { element, svg } from "./dom.mjs";
import { dateText, withUnit } from "./numbers.mjs";
import { drawFootprints, drawManyFootprints, footprintSwatches } from "./footprint_layer.mjs";
import { createCanvasPane, createPane, FAR_ZOOM, makeButton, swatchOf } from "./panes.mjs";
import { decodePath, decodePolygons, toLatLngs } from "./shapes.mjs";
import { nameForms, popupCard, sourceLine } from "./sources.mjs";
import { createStripLayer } from "./strip_layer.mjs";
import { countryName, nameIn } from "./words.mjs";

/** Size of a site's sign, and below the zoom where signs and lines are drawn finer [pixels]. */
const RADIUS_PX = 4.5;
const FAR_RADIUS_PX = 3;

/**
 * Draw every layer.
 *
 * Each layer has an `id`, the pane it is on, whether it is on at first, and functions that give
 * its name, its description and its swatch in the language chosen.
 */
export function createLayers(map, data, { text, popups, ground }) {
  const rename = [];
  const tools = { text, popups, rename };
  const provinces = provinceLayer(map, data, tools);
  const comparison = createComparison(map, data, tools);
  const strip = createStripLayer(map, data, ground);
  const footprints = data.scenarios
    .filter((scenario) => scenario.layer)
    .map((scenario) => footprintLayer(map, data, scenario, tools));
  const borders = borderLayer(map, data, text);
  const sites = siteLayer(map, data, tools);
  const layers = [provinces, borders, stripEntry(strip, data, text), ...footprints, sites];
  if (comparison) layers.push(comparison);
  return { layers, strip, comparison, update: () => rename.forEach((again) => again()) };
}

function provinceLayer(map, data, { text, popups, rename }) {
  const { renderer, pane } = createPane(map, "provinces", { z: 300, layer: "provinces" });
  for (const province of data.provinces) {
    const shape = L.polygon(toLatLngs(decodePolygons(province.shape, data.precise_digits)), {
      renderer,
      className: "province",
      smoothFactor: 0.5,
    }).addTo(map);
    const open = (at) => {
      const t = text();
      const title = nameIn(province, t.language);
      popups({
        shape,
        at,
        title,
        content: popupCard(
          title,
          nameForms(province, data.languages, t),
          element("p", {}, t("province facts", {
            area: withUnit(province.area_km2, "km2", t.language),
            length: withUnit(province.border_km, "km", t.language),
            neighbour: countryName(data.neighbour, t.language),
          })),
          element("p", { class: "note" }, boundaryNote(data.dataset, t)),
        ),
      });
    };
    rename.push(
      makeButton(shape, {
        name: () => text()("province button", { name: nameIn(province, text().language) }),
        act: open,
      }),
    );
  }
  return {
    id: "provinces",
    pane,
    on: true,
    title: () => text()("layer provinces"),
    note: () => boundaryNote(data.dataset, text()),
    swatch: () => swatchOf(svg("rect", { x: 2, y: 2, width: 30, height: 14, class: "province" })),
  };
}

function borderLayer(map, data, text) {
  const { renderer, pane } = createPane(map, "borders", { z: 430, layer: "borders" });
  const sections = data.sections.map((one) => one.section).filter((name) => name !== "all");
  for (const border of data.borders) {
    const places = border.lines.map((line) => toLatLngs(decodePath(line, data.precise_digits)));
    L.polyline(places, {
      renderer,
      interactive: false,
      smoothFactor: 0.5,
      className: `border ${sectionClass(border.section, sections)}`,
    }).addTo(map);
  }
  return {
    id: "borders",
    pane,
    on: true,
    title: () => text()("layer borders", { neighbour: countryName(data.neighbour, text().language) }),
    note: () => boundaryNote(data.dataset, text()),
    swatch: () =>
      swatchOf(
        sections.slice(0, 3).map((section, i) =>
          svg("line", {
            x1: 2,
            x2: 32,
            y1: 4 + 5 * i,
            y2: 4 + 5 * i,
            class: `border ${sectionClass(section, sections)}`,
          }),
        ),
      ),
    extra: () =>
      sections.map((section) => ({
        swatch: swatchOf(
          svg("line", { x1: 2, x2: 32, y1: 9, y2: 9, class: `border ${sectionClass(section, sections)}` }),
        ),
        title: sectionName(section, text()),
      })),
  };
}

/** Return the class of a section's line: solid, dashed or dotted. */
function sectionClass(section, sections) {
  return `border-${["solid", "dashed", "dotted", "sparse"][sections.indexOf(section) % 4]}`;
}

/** Return a section's name in the language chosen. */
export function sectionName(section, t) {
  return t.has(`section ${section}`) ? t(`section ${section}`) : capital(section.replaceAll("-", " "));
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stripEntry(strip, data, text) {
  return {
    id: "strip",
    pane: strip.pane,
    on: true,
    title: () => text()("layer strip"),
    note: () => text()("layer strip note"),
    swatch: () =>
      swatchOf(
        svg("rect", { x: 2, y: 2, width: 30, height: 8, class: "strip-swatch" }),
        svg("line", { x1: 2, x2: 32, y1: 2.5, y2: 2.5, class: "border border-solid" }),
      ),
    model: true,
  };
}

/** The footprints of a scenario, drawn when they are first shown. */
function footprintLayer(map, data, scenario, tools) {
  const { layer } = scenario;
  const model = layer.replace(/-\d+$/, "");
  const called = scenario.model === model ? model : "foreign"; // a model of another package
  const place = { z: 410 + data.scenarios.indexOf(scenario), layer: model, className: `model-${model}` };
  const { pane, renderer } = scenario.many ? createCanvasPane(map, layer, place) : createPane(map, layer, place);
  const draw = scenario.many ? drawManyFootprints : drawFootprints;
  const { text } = tools;
  return {
    id: layer,
    scenario: scenario.id,
    pane,
    on: model === "incursions",
    draw: () => draw(map, data, scenario, { ...tools, renderer, called }),
    title: () => text()(`layer ${called}`, { scenario: scenario.title }),
    note: () =>
      [called === "foreign" ? text()("layer foreign note", { model: scenario.model }) : "", scenario.many ? "" : text()("layer footprints note")]
        .filter(Boolean)
        .join(" "),
    swatch: () =>
      swatchOf(svg("rect", { x: 2, y: 2, width: 30, height: 14, class: `footprint-swatch swatch-best` })),
    model: true,
    extra: () => (scenario.many ? [] : footprintSwatches(text())),
  };
}

function siteLayer(map, data, { text, popups, rename }) {
  const { renderer, pane } = createPane(map, "sites", { z: 460, layer: "sites" });
  for (const site of data.sites) {
    const shape = L.circleMarker([site.point[1], site.point[0]], {
      renderer,
      radius: RADIUS_PX,
      className: `site site-${site.kind}`,
      bubblingMouseEvents: false,
    }).addTo(map);
    const open = (at) => {
      const t = text();
      const title = nameIn(site, t.language);
      popups({ shape, at, title, content: siteCard(site, title, data, t) });
    };
    map.on("zoomend", () => shape.setRadius(map.getZoom() < FAR_ZOOM ? FAR_RADIUS_PX : RADIUS_PX));
    rename.push(
      makeButton(shape, {
        name: () => text()("site button", { name: nameIn(site, text().language) }),
        act: open,
      }),
    );
  }
  return {
    id: "sites",
    pane,
    on: true,
    title: () => text()("layer sites"),
    note: () => text()("layer sites note"),
    swatch: () => swatchOf(svg("circle", { cx: 17, cy: 9, r: 4.5, class: "site" })),
  };
}

function siteCard(site, title, data, t) {
  return popupCard(
    title,
    nameForms(site, data.languages, t),
    element("p", { class: "note" }, t("site accuracy", { accuracy: withUnit(site.accuracy_m, "m", t.language) }), site.note ? ` ${site.note}` : ""),
    site.reports.length ? element("h4", {}, t("site reports")) : null,
    element(
      "ul",
      { class: "reports" },
      site.reports.map((report) =>
        element(
          "li",
          {},
          element("strong", {}, [dateText(report.date, report.precision, t.language), report.speaker].filter(Boolean).join(" · ")),
          ` ${report.event}`,
          report.figure_text ? element("q", {}, report.figure_text) : null,
          element("br"),
          sourceLine(report.source, t),
          report.counters.map((counter) =>
            element("div", { class: "counter" }, `${counter.text}: ${counter.says} `, sourceLine(counter.source, t)),
          ),
        ),
      ),
    ),
  );
}
