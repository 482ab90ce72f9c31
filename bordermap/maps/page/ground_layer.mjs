// The ground: land, waters and borders that nothing is measured on.

import { createPane } from "./panes.mjs";
import { decodePath, decodePolygons, toLatLngs } from "./shapes.mjs";

/** Draw the ground; return the names that stand on it, and its renderer. */
export function drawGround(map, data) {
  const { ground, ground_digits: digits } = data;
  const { renderer } = createPane(map, "ground", { z: 210 });
  const options = { renderer, interactive: false, smoothFactor: 0.6 };
  const area = (polygons, className) => {
    if (polygons.length === 0) return;
    L.polygon(toLatLngs(decodePolygons(polygons, digits)), { ...options, className }).addTo(map);
  };
  const lines = (paths, className) => {
    if (paths.length === 0) return;
    const places = paths.map((path) => toLatLngs(decodePath(path, digits)));
    L.polyline(places, { ...options, className }).addTo(map);
  };
  area(ground.land, "ground-land");
  area(ground.neighbour, "ground-neighbour");
  area(ground.claimed, "ground-claimed");
  lines(ground.rivers, "ground-river");
  area(ground.lakes, "ground-lake");
  lines(ground.lines, "ground-line");

  const { renderer: water } = createPane(map, "water", { z: 310 });
  const above = { renderer: water, interactive: false, smoothFactor: 0.6 };
  if (ground.lakes.length > 0) {
    L.polygon(toLatLngs(decodePolygons(ground.lakes, digits)), {
      ...above,
      className: "ground-lake",
    }).addTo(map);
  }
  if (ground.rivers.length > 0) {
    L.polyline(
      ground.rivers.map((path) => toLatLngs(decodePath(path, digits))),
      { ...above, className: "ground-river" },
    ).addTo(map);
  }
  const places = ground.places.map((place) => ({ ...place, least: leastZoom(place.kind) }));
  return { places, renderer };
}

function leastZoom(kind) {
  return { country: 0, lake: 7.5, river: 8.5, part: 7.2, town: 7.9 }[kind] ?? 0;
}
