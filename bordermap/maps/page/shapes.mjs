// Shapes as Python writes them: whole numbers, each the step from the point before.

/** Return the points of a path as [longitude, latitude]. */
export function decodePath(steps, digits) {
  const unit = 10 ** digits;
  const points = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    points.push([x / unit, y / unit]);
  }
  return points;
}

/** Return polygons as rings of [longitude, latitude], not closed by a repeated point. */
export function decodePolygons(polygons, digits) {
  return polygons.map((rings) => rings.map((ring) => decodePath(ring, digits)));
}

/** Swap axes: Leaflet alone has latitude first. */
export function toLatLngs(nested) {
  return typeof nested[0] === "number" ? [nested[1], nested[0]] : nested.map(toLatLngs);
}
