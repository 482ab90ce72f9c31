// The outline of all that polygons cover together, as straight edges of longitude and latitude:
// what lies in two of them counts once, as it does for `bordermap area`.

import { banded, bandOf, turnsRound } from "./bands.mjs";

/** Most steps of work, one for two edges compared: some two seconds of a slow machine. */
const MOST_STEPS = 60_000_000;

/** What an edge, and a place where two meet, cost beside that [steps]. */
const EDGE_STEPS = 150;
const PLACE_STEPS = 25;

/** A corner this near to an edge lies on it [degrees]. */
const ON_EDGE = 1e-11;

/** How far beside an edge its two sides are looked at [degrees]. */
const BESIDE = 1e-10;

/**
 * Return the edges [x1, y1, x2, y2] round what polygons cover, the land on their left.
 *
 * What cannot be measured throws an Error whose message is a key of the page's words: a polygon
 * that crosses itself, and polygons that would take too long to compare.
 */
export function unionEdges(polygons, most = MOST_STEPS) {
  const spend = budget(most);
  const corners = polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
  spend(corners * EDGE_STEPS);
  const edges = polygons.map(edgesOf);
  return groups(edges, spend).flatMap((group) => {
    const together = group.flatMap((i) => edges[i].map((edge) => ({ ...edge, polygon: i })));
    const set = banded(together.map((edge) => edge.ends));
    const cuts = meetings(set, together, spend);
    group.forEach((i) => requireHolesInside(edges[i]));
    return group.length === 1 ? set.edges : outline(set, cuts, spend);
  });
}

function budget(most) {
  let left = most;
  return (amount) => {
    left -= amount;
    if (left < 0) throw new Error("geojson tangled");
  };
}

/** Return the edges of a polygon: its exterior counter-clockwise, its holes clockwise. */
function edgesOf(rings) {
  return rings.flatMap((ring, number) => {
    const corners = ring.filter(([x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length];
      return x !== nextX || y !== nextY;
    });
    if (corners.length < 3) throw new Error("outline crosses");
    if ((doubleArea(corners) > 0) !== (number === 0)) corners.reverse();
    return corners.map(([x, y], i) => {
      const next = corners[(i + 1) % corners.length];
      if (Math.abs(next[0] - x) > 180) throw new Error("outline turn");
      return { ends: [x, y, ...next], ring: number, i, of: corners.length };
    });
  });
}

function doubleArea(ring) {
  const [x0, y0] = ring[0];
  return ring.reduce((sum, [x, y], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length];
    return sum + (x - x0) * (y2 - y0) - (x2 - x0) * (y - y0);
  }, 0);
}

/** Return the numbers of polygons whose boxes meet, group by group. */
function groups(edges, spend) {
  const boxes = edges.map((own, i) => ({ i, ...boxOf(own) })).sort((a, b) => a.left - b.left);
  const parent = edges.map((_, i) => i);
  const root = (i) => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]];
    return at;
  };
  let open = [];
  for (const box of boxes) {
    spend(open.length);
    open = open.filter((other) => other.right >= box.left);
    for (const other of open) {
      if (other.bottom <= box.top && box.bottom <= other.top) parent[root(other.i)] = root(box.i);
    }
    open.push(box);
  }
  const members = new Map(parent.map((_, i) => [root(i), []]));
  parent.forEach((_, i) => members.get(root(i)).push(i));
  return [...members.values()];
}

function boxOf(own) {
  const box = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (const { ends: [x, y] } of own) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.bottom = Math.min(box.bottom, y);
    box.top = Math.max(box.top, y);
  }
  return box;
}

/** Return where each edge meets others, having refused polygons that cross themselves. */
function meetings(set, edges, spend) {
  const cuts = edges.map(() => []);
  const left = Float64Array.from(set.edges, ([x1, , x2]) => Math.min(x1, x2));
  set.bands.forEach((band, number) => {
    const sorted = [...band].sort((a, b) => left[a] - left[b]);
    for (let a = 0; a < sorted.length; a += 1) {
      const [x1, , x2] = set.edges[sorted[a]];
      const right = Math.max(x1, x2);
      let b = a + 1;
      for (; b < sorted.length && left[sorted[b]] <= right; b += 1) {
        if (firstBand(set, sorted[a], sorted[b]) === number) spend(meet(edges, sorted[a], sorted[b], cuts) * PLACE_STEPS);
      }
      spend(b - a);
    }
  });
  return cuts;
}

/** Two edges are compared in the first band that both are in. */
function firstBand(set, a, b) {
  const low = (i) => Math.min(set.flat[4 * i + 1], set.flat[4 * i + 3]);
  return bandOf(set, Math.max(low(a), low(b)));
}

/** Note where two edges meet, and return in how many places. */
function meet(edges, a, b, cuts) {
  const [one, other] = [edges[a], edges[b]];
  const places = common(one.ends, other.ends);
  if (places.length === 0) return 0;
  if (one.polygon === other.polygon && !mayMeet(one, other, places)) throw new Error("outline crosses");
  places.forEach((place) => {
    cuts[a].push(place);
    cuts[b].push(place);
  });
  return places.length;
}

/** Edges of a polygon meet where they follow one another, and its rings in single corners. */
function mayMeet(one, other, places) {
  if (places.length > 1 || places[0].cross) return false;
  if (one.ring !== other.ring) return true;
  const apart = Math.abs(one.i - other.i);
  return apart === 1 || apart === one.of - 1;
}

/** Return the places that two edges share: none, one, or the ends of the part they share. */
function common(e, f) {
  if (Math.max(e[1], e[3]) < Math.min(f[1], f[3]) || Math.max(f[1], f[3]) < Math.min(e[1], e[3])) return [];
  const ends = [
    ...[[f[0], f[1]], [f[2], f[3]]].filter((place) => liesOn(e, place)),
    ...[[e[0], e[1]], [e[2], e[3]]].filter((place) => liesOn(f, place)),
  ];
  if (ends.length) return distinct(ends).map(([x, y]) => ({ x, y }));
  const slant = (e[2] - e[0]) * (f[3] - f[1]) - (e[3] - e[1]) * (f[2] - f[0]);
  if (slant === 0) return [];
  const t = ((f[0] - e[0]) * (f[3] - f[1]) - (f[1] - e[1]) * (f[2] - f[0])) / slant;
  const u = ((f[0] - e[0]) * (e[3] - e[1]) - (f[1] - e[1]) * (e[2] - e[0])) / slant;
  if (t <= 0 || t >= 1 || u <= 0 || u >= 1) return [];
  return [{ x: e[0] + (e[2] - e[0]) * t, y: e[1] + (e[3] - e[1]) * t, cross: true }];
}

function liesOn([x1, y1, x2, y2], [x, y]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = Math.hypot(dx, dy);
  const along = ((x - x1) * dx + (y - y1) * dy) / length;
  const beside = ((x - x1) * dy - (y - y1) * dx) / length;
  return Math.abs(beside) <= ON_EDGE && along >= -ON_EDGE && along <= length + ON_EDGE;
}

function distinct(places) {
  return places.filter(([x, y], i) => places.findIndex(([a, b]) => a === x && b === y) === i);
}

function requireHolesInside(own) {
  const holes = own.filter((edge) => edge.ring > 0 && edge.i === 0);
  if (holes.length === 0) return;
  const set = banded(own.map((edge) => edge.ends));
  if (holes.some(({ ends }) => leftAndRight(set, ends).join() !== "1,0")) throw new Error("outline crosses");
}

/** Return how many polygons lie to the left and to the right of an edge's middle. */
function leftAndRight(set, [x1, y1, x2, y2]) {
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [((y1 - y2) / length) * BESIDE, ((x2 - x1) / length) * BESIDE];
  return [turnsRound(set, x + dx, y + dy), turnsRound(set, x - dx, y - dy)];
}

/** Return the pieces of edges that have land on one side only. */
function outline(set, cuts, spend) {
  const seen = new Set();
  const pieces = [];
  set.edges.forEach((edge, i) => {
    for (const piece of cutInto(edge, cuts[i])) {
      const [x1, y1, x2, y2] = piece;
      const key = x1 < x2 || (x1 === x2 && y1 < y2) ? `${x1},${y1},${x2},${y2}` : `${x2},${y2},${x1},${y1}`;
      if (seen.has(key)) continue;
      seen.add(key);
      spend(set.bands[bandOf(set, (y1 + y2) / 2)].length / 4);
      const [left, right] = leftAndRight(set, piece).map((turns) => turns > 0);
      if (left && !right) pieces.push(piece);
      if (right && !left) pieces.push([x2, y2, x1, y1]);
    }
  });
  return pieces;
}

function cutInto([x1, y1, x2, y2], cuts) {
  const along = ({ x, y }) => (x - x1) * (x2 - x1) + (y - y1) * (y2 - y1);
  const inner = cuts.filter(({ x, y }) => !(x === x1 && y === y1) && !(x === x2 && y === y2));
  const places = [{ x: x1, y: y1 }, ...inner.sort((a, b) => along(a) - along(b)), { x: x2, y: y2 }];
  const pieces = [];
  for (let i = 0; i + 1 < places.length; i += 1) {
    const [a, b] = [places[i], places[i + 1]];
    if (a.x !== b.x || a.y !== b.y) pieces.push([a.x, a.y, b.x, b.y]);
  }
  return pieces;
}
