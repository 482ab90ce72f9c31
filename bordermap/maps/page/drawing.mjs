// Drawing an outline: by pointer, by touch, by keyboard, or from a GeoJSON text or file.

import { byId, element, fill, svg } from "./dom.mjs";
import { figureOutput, showFigure } from "./figure.mjs";
import { edgesAreaKm2 } from "./geodesy.mjs";
import { plain, statedKm2 } from "./numbers.mjs";
import { asGeoJson, corner, fromGeoJson } from "./outline.mjs";
import { prepared, sharedByName } from "./overlap.mjs";
import { createCanvasPane, createPane, MOST_SVG_SHAPES, swatchOf } from "./panes.mjs";
import { saveText } from "./save.mjs";
import { decodePolygons, toLatLngs } from "./shapes.mjs";
import { provinceName } from "./sources.mjs";
import { unionEdges } from "./union.mjs";

/** A key moves a corner by this many pixels. */
const NUDGE_PX = 8;

/** Two clicks nearer than this are one corner [pixels]. */
const SAME_PX = 4;

/** Return the drawing tool. */
export function createDrawing(map, data, text) {
  const svgPane = createPane(map, "drawn", { z: 450, layer: "drawn" });
  let canvasPane = null;
  const handles = createPane(map, "corners", { z: 455, inside: svgPane.pane });
  const figure = figureOutput("drawn-area-km2");
  byId("drawn-area").append(figure);
  const provinces = new Map();

  let mode = "idle";
  let corners = [];
  let polygons = [];
  let shapes = [];
  let markers = [];
  const message = (key, values) => {
    byId("drawn-message").textContent = key ? text()(key, values) : "";
    byId("drawn-result").hidden = !key;
  };

  const buttons = Object.fromEntries(
    ["draw", "finish", "undo", "clear", "download"].map((name) => [name, byId(`outline-${name}`)]),
  );

  const showButtons = () => {
    byId("drawn-result").hidden = !figure.hasAttribute("data-value") && !byId("drawn-message").textContent;
    buttons.draw.setAttribute("aria-pressed", String(mode === "drawing"));
    buttons.finish.disabled = mode !== "drawing" || corners.length < 3;
    buttons.undo.disabled = corners.length === 0;
    buttons.clear.disabled = corners.length === 0 && polygons.length === 0;
    buttons.download.disabled = mode === "drawing" || polygons.length === 0;
    map.getContainer().classList.toggle("drawing", mode === "drawing");
    byId("crosshair").hidden = mode !== "drawing";
  };

  const remove = () => {
    [...shapes, ...markers].forEach((shape) => shape.remove());
    shapes = [];
    markers = [];
  };

  const draw = () => {
    remove();
    if (mode === "drawing" || (corners.length && polygons.length <= 1)) drawCorners();
    else drawPolygons();
    showButtons();
  };

  const drawCorners = () => {
    const places = toLatLngs(corners);
    const options = { renderer: svgPane.renderer, interactive: false, className: "drawn" };
    if (mode === "drawing") shapes.push(L.polyline(places, { ...options, className: "drawn drawn-open", fill: false }).addTo(map));
    else shapes.push(L.polygon(places, options).addTo(map));
    corners.forEach((place, i) => markers.push(handle(place, i)));
  };

  const handle = (place, i) => {
    const marker = L.marker([place[1], place[0]], {
      pane: "corners",
      icon: L.divIcon({ className: "corner", iconSize: [14, 14] }),
      draggable: true,
      keyboard: true,
      bubblingMouseEvents: false,
      autoPanOnFocus: false,
    }).addTo(map);
    const node = marker.getElement();
    node.setAttribute("aria-label", text()("corner button", { number: i + 1 }));
    const moved = (latlng) => {
      corners[i] = corner(latlng.lng, latlng.lat);
      shapes.forEach((shape) => shape.setLatLngs(toLatLngs(corners)));
      if (mode !== "drawing") measure([[corners]]);
    };
    marker.on("drag", () => moved(marker.getLatLng()));
    node.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (way) {
        event.preventDefault();
        event.stopPropagation();
        const point = map.latLngToLayerPoint(marker.getLatLng()).add(L.point(way).multiplyBy(NUDGE_PX));
        marker.setLatLng(map.layerPointToLatLng(point));
        moved(marker.getLatLng());
      } else if ((event.key === "Delete" || event.key === "Backspace") && corners.length > 3) {
        event.preventDefault();
        event.stopPropagation();
        corners.splice(i, 1);
        settle();
        markers[Math.min(i, markers.length - 1)]?.getElement().focus();
      }
    });
    return marker;
  };

  const drawPolygons = () => {
    const many = polygons.length > MOST_SVG_SHAPES;
    if (many && !canvasPane) canvasPane = createCanvasPane(map, "drawn-many", { z: 449, layer: "drawn", inside: svgPane.pane });
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--drawn").trim();
    const style = many
      ? { renderer: canvasPane.renderer, weight: 1, color: colour, fillColor: colour, fillOpacity: 0.2, interactive: false }
      : { renderer: svgPane.renderer, className: "drawn", interactive: false };
    shapes = polygons.map((rings) => L.polygon(toLatLngs(rings), style).addTo(map));
  };

  const unmeasured = (key) => {
    polygons = [];
    showFigure(figure, null);
    fill(byId("drawn-split"));
    message(key);
    showButtons();
  };

  const measure = (next) => {
    if (next.length === 0) {
      unmeasured(null);
      return;
    }
    let edges;
    try {
      edges = unionEdges(next);
    } catch (error) {
      unmeasured(text().has(error.message) ? error.message : "geojson broken");
      return;
    }
    polygons = next;
    const t = text();
    const area = edgesAreaKm2(edges);
    showFigure(figure, area, "km2", t.language);
    message("outline measured", {
      ratio: plain(area / data.claim.area_km2.best, t.language, 2),
      stated: statedKm2(data.claim.area_km2.best, t.language),
    });
    fill(byId("drawn-split"), split(edges, area, t));
    showButtons();
  };

  const split = (edges, area, t) => {
    for (const province of data.provinces) {
      if (!provinces.has(province.code)) {
        provinces.set(province.code, prepared(decodePolygons(province.shape, data.precise_digits)));
      }
    }
    const parts = sharedByName(edges, [...provinces]);
    const outside = area - parts.reduce((sum, [, km2]) => sum + km2, 0);
    const rows = parts.map(([code, km2]) => [provinceName(code, data, t.language), code, km2]);
    rows.push([t("outside"), "outside", Math.max(0, outside)]);
    return rows.map(([name, code, km2]) => {
      const output = figureOutput(`drawn-area-km2-${code}`, { quiet: true });
      showFigure(output, km2, "km2", t.language);
      return element("tr", {}, element("th", { scope: "row" }, name), element("td", { class: "number" }, output));
    });
  };

  const settle = () => {
    measure(corners.length >= 3 ? [[corners]] : []);
    draw();
  };

  const start = () => {
    if (mode === "drawing") return;
    clear();
    mode = "drawing";
    map.doubleClickZoom.disable();
    map.closePopup();
    message("outline drawing");
    showButtons();
    map.getContainer().focus({ preventScroll: true });
  };

  const finish = () => {
    if (mode !== "drawing") return;
    if (corners.length < 3) {
      message("outline too few");
      return;
    }
    mode = "idle";
    setTimeout(() => map.doubleClickZoom.enable(), 300);
    settle();
    buttons.download.focus({ preventScroll: true });
  };

  const clear = () => {
    mode = "idle";
    map.doubleClickZoom.enable();
    corners = [];
    measure([]);
    message(null);
    draw();
  };

  const undo = () => {
    corners.pop();
    if (mode === "drawing") draw();
    else settle();
  };

  const addCorner = (latlng) => {
    const place = corner(latlng.lng, latlng.lat);
    const last = corners.at(-1);
    if (last) {
      const gap = map.latLngToContainerPoint([last[1], last[0]]).distanceTo(map.latLngToContainerPoint(latlng));
      if (gap < SAME_PX) return;
    }
    corners.push(place);
    draw();
  };

  const load = (geojson) => {
    let next;
    try {
      next = fromGeoJson(geojson);
    } catch (error) {
      message(error.message);
      return;
    }
    clear();
    const single = next.length === 1 && next[0].length === 1 && next[0][0].length <= 100;
    if (single) corners = next[0][0];
    measure(next);
    draw();
    if (polygons.length) map.fitBounds(L.latLngBounds(next.flat(2).map(([x, y]) => [y, x])), { padding: [40, 40], animate: false });
  };

  map.on("click", (event) => {
    if (mode === "drawing") addCorner(event.latlng);
  });
  map.on("dblclick", () => {
    if (mode === "drawing") finish();
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (mode !== "drawing") return;
    if (event.key === "Enter") finish();
    else if (event.key === " ") addCorner(map.getCenter());
    else if (event.key === "Backspace") undo();
    else if (event.key === "Escape") clear();
    else return;
    event.preventDefault();
  });
  buttons.draw.addEventListener("click", () => (mode === "drawing" ? clear() : start()));
  buttons.finish.addEventListener("click", finish);
  buttons.undo.addEventListener("click", undo);
  buttons.clear.addEventListener("click", clear);
  buttons.download.addEventListener("click", () => {
    saveText("outline.geojson", `${JSON.stringify(asGeoJson(polygons))}\n`, "application/geo+json");
  });
  wireFiles(map, load, message);
  showButtons();
  showFigure(figure, null);
  return {
    layer: legendEntry(svgPane.pane, text),
    update(state, changed) {
      if (changed.has("language") && polygons.length) measure(polygons);
    },
  };
}

function legendEntry(pane, text) {
  return {
    id: "drawn",
    pane,
    on: true,
    title: () => text()("outline title"),
    note: () => text()("layer drawn note"),
    swatch: () => swatchOf(svg("rect", { x: 3, y: 3, width: 28, height: 12, class: "drawn" })),
  };
}

function wireFiles(map, load, message) {
  byId("geojson-use").addEventListener("click", () => load(byId("geojson-text").value));
  const readFile = (file) => {
    if (file) file.text().then(load, () => message("geojson broken"));
  };
  byId("geojson-file").addEventListener("change", (event) => readFile(event.target.files[0]));
  const page = document.documentElement;
  page.addEventListener("dragover", (event) => {
    event.preventDefault();
    page.classList.add("dropping");
  });
  page.addEventListener("dragleave", () => page.classList.remove("dropping"));
  page.addEventListener("drop", (event) => {
    event.preventDefault();
    page.classList.remove("dropping");
    readFile(event.dataTransfer.files[0]);
  });
}
