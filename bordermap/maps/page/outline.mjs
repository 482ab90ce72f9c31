// An outline as data: corners, their check, their GeoJSON, and reading one from a text.

import { polygonsAreaKm2, ringArea } from "./geodesy.mjs";

/** Corners are measured as they are written: to 7 decimals of a degree. */
const DIGITS = 7;

/** Largest text that is read [characters]. */
export const MOST_CHARACTERS = 50_000_000;

/** Return a corner as it is written. */
export function corner(longitude, latitude) {
  return [Number(longitude.toFixed(DIGITS)), Number(latitude.toFixed(DIGITS))];
}

/** Return polygons as a GeoJSON FeatureCollection, wound as RFC 7946 wants it. */
export function asGeoJson(polygons) {
  return {
    type: "FeatureCollection",
    features: polygons.map((rings, number) => ({
      type: "Feature",
      id: number + 1,
      properties: { note: "drawn by hand", area_km2: Number(polygonsAreaKm2([rings]).toPrecision(10)) },
      geometry: { type: "Polygon", coordinates: rings.map((ring, i) => closed(wound(ring, i === 0))) },
    })),
  };
}

function wound(ring, counterClockwise) {
  return ringArea(ring) > 0 === counterClockwise ? ring : [...ring].reverse();
}

function closed(ring) {
  return [...ring, ring[0]];
}

/**
 * Return the polygons of a GeoJSON text.
 *
 * What cannot be used throws an Error whose message is a key of the page's words.
 */
export function fromGeoJson(text) {
  if (text.length > MOST_CHARACTERS) throw new Error("geojson too large");
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error("geojson broken");
  }
  const polygons = [];
  collect(document, polygons, 0);
  if (polygons.length === 0) throw new Error("geojson no polygons");
  return polygons;
}

function collect(value, polygons, depth) {
  if (depth > 8 || value === null || typeof value !== "object") return;
  if (value.type === "FeatureCollection" && Array.isArray(value.features)) {
    value.features.forEach((feature) => collect(feature, polygons, depth + 1));
  } else if (value.type === "Feature") {
    collect(value.geometry, polygons, depth + 1);
  } else if (value.type === "GeometryCollection" && Array.isArray(value.geometries)) {
    value.geometries.forEach((geometry) => collect(geometry, polygons, depth + 1));
  } else if (value.type === "Polygon") {
    polygons.push(polygon(value.coordinates));
  } else if (value.type === "MultiPolygon" && Array.isArray(value.coordinates)) {
    value.coordinates.forEach((each) => polygons.push(polygon(each)));
  }
}

function polygon(rings) {
  if (!Array.isArray(rings) || rings.length === 0) throw new Error("geojson broken");
  return rings.map((ring) => {
    if (!Array.isArray(ring)) throw new Error("geojson broken");
    const corners = ring.map((place) => {
      const [longitude, latitude] = Array.isArray(place) ? place : [];
      if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) throw new Error("geojson broken");
      if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) throw new Error("geojson metres");
      return corner(longitude, latitude);
    });
    const last = corners.at(-1);
    if (corners.length > 1 && last[0] === corners[0][0] && last[1] === corners[0][1]) corners.pop();
    if (corners.length < 3) throw new Error("geojson broken");
    return corners;
  });
}
