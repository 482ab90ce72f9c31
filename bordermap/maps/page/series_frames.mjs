// The frames of a series: the shapes of each step, written by the points of the step before.

/** A run of points is of one of these kinds; see `frames.py`, which writes them. */
const LITERAL = 0;
const FORWARD = 1;

/** Every so many steps the outline is kept, so that no more are worked through to go back. */
const KEPT_EVERY = 32;

/** As many of the latest are kept besides: a step and those beside it. */
const LATEST = 3;

const NOTHING = { polygons: [], points: [] };

/** Return a function from a step's number to its shapes: rings of [longitude, latitude]. */
export function createFrames(frames, digits) {
  const outlineOf = remembering((number, before) => readShape(frames[number][0], before.points));
  return (number) => {
    const before = outlineOf(number - 1);
    const outline = outlineOf(number);
    const both = [...before.points, ...outline.points];
    const [, gained, lost] = frames[number];
    const shapes = { before, outline, gained: readShape(gained, both), lost: readShape(lost, both) };
    return Object.fromEntries(Object.entries(shapes).map(([kind, { polygons }]) => [kind, onEarth(polygons, digits)]));
  };
}

/** Return a function from a number to what is made from the one before it; some are remembered. */
function remembering(make) {
  const kept = new Map();
  const latest = [];
  return (number) => {
    if (number < 0) return NOTHING;
    let from = number;
    while (from >= 0 && !kept.has(from)) from -= 1;
    let one = from < 0 ? NOTHING : kept.get(from);
    for (let each = from + 1; each <= number; each += 1) {
      one = make(each, one);
      if (each % KEPT_EVERY === 0 || each === number) kept.set(each, one);
    }
    if (!latest.includes(number)) latest.push(number);
    if (latest.length > LATEST) {
      const oldest = latest.shift();
      if (oldest % KEPT_EVERY !== 0) kept.delete(oldest);
    }
    return one;
  };
}

/** Return the polygons of a shape and all its points in order, each [x, y] on the grid. */
export function readShape(shape, known) {
  const points = [];
  let last = 0;
  const polygons = shape.map((rings) =>
    rings.map((runs) => {
      const ring = readRing(runs, known, last);
      last = ring.last;
      for (const point of ring.points) points.push(point);
      return ring.points;
    }),
  );
  return { polygons, points };
}

function readRing(runs, known, lastCopied) {
  const points = [];
  let last = lastCopied;
  let [x, y] = [0, 0];
  for (let at = 0; at < runs.length; ) {
    const count = Math.floor(runs[at] / 3);
    const kind = runs[at] % 3;
    if (kind === LITERAL) {
      for (let i = at + 1; i <= at + 2 * count; i += 2) {
        x += runs[i];
        y += runs[i + 1];
        points.push([x, y]);
      }
      at += 1 + 2 * count;
    } else {
      const turn = kind === FORWARD ? 1 : -1;
      const first = last + runs[at + 1];
      for (let i = 0; i < count; i += 1) points.push(known[first + turn * i]);
      last = first + turn * (count - 1);
      [x, y] = points.at(-1);
      at += 2;
    }
  }
  return { points, last };
}

function onEarth(polygons, digits) {
  const unit = 10 ** digits;
  return polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x / unit, y / unit])));
}
