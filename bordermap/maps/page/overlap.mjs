// How much of one set of polygons lies in another, without building what they share: the outline
// of the shared land is each set's edges inside the other, and an area follows from its outline.

import { banded, bandsOf, turnsRound } from "./bands.mjs";
import { densified, densifiedEdge, equalAreaPlace } from "./geodesy.mjs";

/** Moves one set by millimetres, so that no two edges lie on one another [m]. */
const NUDGE = [0.0131, 0.0073];

/** Longer edges are cut [m], so that straight edges of the plane stay near to geodesics. */
const LONGEST_EDGE_M = 2000;

/** Return polygons of [longitude, latitude] as edges in an equal-area plane, sorted into bands. */
export function prepared(polygons) {
  const edges = [];
  for (const rings of polygons) {
    rings.forEach((ring, i) => {
      const places = densified(ring, LONGEST_EDGE_M).map(equalAreaPlace);
      const wanted = i === 0 ? 1 : -1;
      if (Math.sign(signedArea(places)) !== wanted) places.reverse();
      places.forEach(([x, y], j) => {
        const [x2, y2] = places[(j + 1) % places.length];
        edges.push([x, y, x2, y2]);
      });
    });
  }
  return banded(edges);
}

/** Return the area that two prepared sets share [km²]. */
export function sharedKm2(one, other) {
  if (one.bottom > other.top || other.bottom > one.top) return 0;
  if (one.left > other.right || other.left > one.right) return 0;
  const originX = Math.max(one.left, other.left);
  return Math.max(0, (inside(one, other, originX) + inside(other, one, originX)) / 1e6);
}

/** Return how much of what edges go round lies in each named prepared set [km²], in their order. */
export function sharedByName(edges, named) {
  const here = nudged(edges);
  return named.map(([name, set]) => [name, sharedKm2(here, set)]);
}

function nudged(edges) {
  const placed = [];
  for (const [x1, y1, x2, y2] of edges) {
    const places = densifiedEdge([x1, y1], [x2, y2], LONGEST_EDGE_M)
      .map(equalAreaPlace)
      .map(([x, y]) => [x + NUDGE[0], y + NUDGE[1]]);
    for (let i = 0; i + 1 < places.length; i += 1) placed.push([...places[i], ...places[i + 1]]);
  }
  return banded(placed);
}

function signedArea(places) {
  return places.reduce((sum, [x, y], i) => {
    const [x2, y2] = places[(i + 1) % places.length];
    return sum + (x * y2 - x2 * y) / 2;
  }, 0);
}

/** Sum x dy over the parts of one set's edges inside the other; x from an origin near to both. */
function inside(one, other, originX) {
  let sum = 0;
  for (const [x1, y1, x2, y2] of one.edges) {
    if (Math.max(y1, y2) < other.bottom || Math.min(y1, y2) > other.top) continue;
    if (Math.max(x1, x2) < other.left || Math.min(x1, x2) > other.right) continue;
    const cuts = crossings([x1, y1, x2, y2], other);
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const middle = (cuts[i] + cuts[i + 1]) / 2;
      if (turnsRound(other, x1 + (x2 - x1) * middle, y1 + (y2 - y1) * middle) > 0) {
        sum += (x1 + (x2 - x1) * middle - originX) * (y2 - y1) * (cuts[i + 1] - cuts[i]);
      }
    }
  }
  return sum;
}

function crossings([x1, y1, x2, y2], other) {
  const cuts = [0, 1];
  const [low, high] = bandsOf(other, Math.min(y1, y2), Math.max(y1, y2));
  for (let band = low; band <= high; band += 1) {
    for (const i of other.bands[band]) {
      const [x3, y3, x4, y4] = other.edges[i];
      const slant = (x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3);
      if (slant === 0) continue;
      const t = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) / slant;
      const u = ((x3 - x1) * (y2 - y1) - (y3 - y1) * (x2 - x1)) / slant;
      if (t > 0 && t < 1 && u >= 0 && u <= 1) cuts.push(t);
    }
  }
  return cuts.sort((a, b) => a - b);
}
