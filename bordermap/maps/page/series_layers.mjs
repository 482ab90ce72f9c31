// The layers of a series: the outline shown, what was gained and lost, and the outline before.

import { svg } from "./dom.mjs";
import { createPane, hatch, swatchOf } from "./panes.mjs";
import { createFrames } from "./series_frames.mjs";
import { decodePolygons, toLatLngs } from "./shapes.mjs";

/** Land and lines, from below; what differs by colour differs by hatch and dash too. */
const KINDS = [
  { id: "outlines", z: 420, on: true },
  { id: "before", z: 430, on: false },
  { id: "gained", z: 440, on: true, angle: 45, gap: 7 },
  { id: "lost", z: 441, on: true, angle: -45, gap: 7 },
];

/** Draw every layer; `show(step)` draws those of a step. */
export function createSeriesLayers(map, data, text) {
  const frameOf = createFrames(data.frames, data.shape_digits);
  const drawn = KINDS.map((kind) => changingLayer(map, kind, text));
  const layers = drawn.map(({ layer }) => layer);
  if (data.provinces.length) layers.push(provinceLayer(map, data, text));
  let shown = -1;
  let frame = null;
  return {
    layers,
    /** Return where the largest piece of land gained or lost lies; null for nowhere. */
    largestChange() {
      const pieces = [...frame.gained, ...frame.lost].map(([exterior]) => exterior);
      if (pieces.length === 0) return null;
      const largest = pieces.reduce((best, one) => (flatArea(one) > flatArea(best) ? one : best));
      return L.latLngBounds(toLatLngs(largest));
    },
    show(step) {
      if (step === shown) return;
      shown = step;
      frame = frameOf(step);
      for (const { layer, shape } of drawn) shape.setLatLngs(toLatLngs(frame[{ outlines: "outline" }[layer.id] ?? layer.id]));
    },
  };
}

/** Return about how large a ring is, in square degrees at the equator: enough to compare. */
function flatArea(ring) {
  let twice = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) * Math.cos((ring[0][1] * Math.PI) / 180);
}

function changingLayer(map, { id, z, on, angle, gap }, text) {
  const { renderer, pane } = createPane(map, id, { z, layer: id });
  const fill = angle === undefined ? {} : { fillColor: hatch(renderer, `hatch-${id}`, { angle, gap, className: `hatch-${id}` }), fillOpacity: 1 };
  const shape = L.polygon([], {
    renderer,
    interactive: false,
    smoothFactor: 0.4,
    className: `series-${id}`,
    ...fill,
  }).addTo(map);
  const layer = {
    id,
    pane,
    on,
    title: () => text()(`layer ${id}`),
    note: () => text()(`layer ${id} note`),
    swatch: () => swatchOf(sign(id, angle)),
  };
  return { layer, shape };
}

/** Return the sign of a layer: hatched as its land is. */
function sign(id, angle) {
  const rect = svg("rect", { x: 3, y: 2.5, width: 28, height: 13, class: `series-${id}` });
  if (angle === undefined) return [rect];
  const lean = angle > 0 ? -13 : 13;
  const strokes = [];
  for (let x = -14; x < 48; x += 8) {
    strokes.push(svg("line", { x1: x, y1: 2.5, x2: x + lean, y2: 15.5, class: `hatch-${id}` }));
  }
  return [
    svg("rect", { x: 3, y: 2.5, width: 28, height: 13, class: `hatch-${id}-ground` }),
    svg("svg", { x: 3, y: 2.5, width: 28, height: 13, viewBox: "3 2.5 28 13" }, strokes),
    rect,
  ];
}

function provinceLayer(map, data, text) {
  const { renderer, pane } = createPane(map, "provinces", { z: 415, layer: "provinces" });
  for (const province of data.provinces) {
    L.polygon(toLatLngs(decodePolygons(province.shape, data.ground_digits)), {
      renderer,
      interactive: false,
      smoothFactor: 0.6,
      className: "series-provinces",
    }).addTo(map);
  }
  return {
    id: "provinces",
    pane,
    on: true,
    title: () => text()("layer provinces"),
    note: () => `${text()("boundary note", data.dataset)} ${text()("layer provinces note")}`,
    swatch: () => swatchOf(svg("rect", { x: 3, y: 2.5, width: 28, height: 13, class: "series-provinces" })),
  };
}
