// Edges of outlines sorted into bands, so that only those near one another are compared.

const MOST_BANDS = 4096;

/** Return edges [x1, y1, x2, y2] with their bounds, and the numbers of those in each band. */
export function banded(edges) {
  const set = { edges, left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (const [x1, y1, x2, y2] of edges) {
    set.left = Math.min(set.left, x1, x2);
    set.right = Math.max(set.right, x1, x2);
    set.bottom = Math.min(set.bottom, y1, y2);
    set.top = Math.max(set.top, y1, y2);
  }
  const count = Math.max(1, Math.min(MOST_BANDS, Math.ceil(edges.length / 8)));
  set.height = (set.top - set.bottom) / count || 1;
  set.bands = Array.from({ length: count }, () => []);
  edges.forEach(([, y1, , y2], i) => {
    const [low, high] = bandsOf(set, Math.min(y1, y2), Math.max(y1, y2));
    for (let band = low; band <= high; band += 1) set.bands[band].push(i);
  });
  set.flat = Float64Array.from(edges.flat());
  return set;
}

/** Return the band of a height; the first or the last for one beyond. */
export function bandOf(set, y) {
  return Math.max(0, Math.min(set.bands.length - 1, Math.floor((y - set.bottom) / set.height)));
}

/** Return the first and the last band between two heights. */
export function bandsOf(set, low, high) {
  return [bandOf(set, low), bandOf(set, high)];
}

/**
 * Return how often the edges go round a place: for polygons with counter-clockwise exteriors and
 * clockwise holes, how many of them it lies in.
 */
export function turnsRound(set, x, y) {
  if (x < set.left || x > set.right || y < set.bottom || y > set.top) return 0;
  const { flat } = set;
  let turns = 0;
  for (const i of set.bands[bandOf(set, y)]) {
    const y1 = flat[4 * i + 1];
    const y2 = flat[4 * i + 3];
    if (y1 > y === y2 > y) continue;
    const x1 = flat[4 * i];
    const x2 = flat[4 * i + 2];
    if (x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) turns += y2 > y1 ? 1 : -1;
  }
  return turns;
}
