// Thousands of polygons as one layer on a canvas: drawn in one go, and told which is pointed at.

/** A polygon too small to be hit is meant where the pointer is this near to it [pixels]. */
const NEAR_PX = 4;

/** Return a layer of polygons as Python writes them; `colour` is a custom property of the page. */
export function createCrowd(shapes, { digits, renderer, colour }) {
  const crowd = new (crowdLayer())(flattened(shapes, digits), colour);
  L.setOptions(crowd, { renderer, weight: 1, fill: true, fillOpacity: 0.25 });
  return crowd;
}

function crowdLayer() {
  return L.Path.extend({
    initialize({ xy, rings, firsts, boxes }, colour) {
      Object.assign(this, { xy, rings, firsts, boxes, colour, pointed: null });
    },

    // What Leaflet asks of a path: where it is, that it be drawn, and whether a point is on it.

    _project() {
      const { crs } = this._map.options;
      this._scale = crs.scale(this._map.getZoom());
      this._origin = this._map.getPixelOrigin();
      const ends = bounds(this.xy, 0, this.xy.length);
      const corner = (x, y) => L.point(x * this._scale, y * this._scale).subtract(this._origin);
      this._pxBounds = L.bounds(corner(ends[0], ends[1]), corner(ends[2], ends[3]));
    },

    _update() {
      this._updatePath();
    },

    _updatePath() {
      if (!this._renderer._drawing) return;
      const colour = getComputedStyle(document.documentElement).getPropertyValue(this.colour).trim();
      Object.assign(this.options, { color: colour, fillColor: colour });
      const { _ctx: pen, _bounds: seen } = this._renderer;
      const { xy, rings, boxes, firsts, _scale: scale, _origin: origin } = this;
      const [west, south, east, north] = [
        (seen.min.x + origin.x) / scale, (seen.min.y + origin.y) / scale,
        (seen.max.x + origin.x) / scale, (seen.max.y + origin.y) / scale,
      ];
      for (let shape = 0; shape + 1 < firsts.length; shape += 1) {
        const box = 4 * shape;
        if (boxes[box] > east || boxes[box + 2] < west || boxes[box + 1] > north || boxes[box + 3] < south) continue;
        pen.beginPath(); // one path of all of them takes a browser a hundred times as long
        for (let ring = firsts[shape]; ring < firsts[shape + 1]; ring += 1) {
          for (let i = rings[ring]; i < rings[ring + 1]; i += 2) {
            const [x, y] = [xy[i] * scale - origin.x, xy[i + 1] * scale - origin.y];
            if (i === rings[ring]) pen.moveTo(x, y);
            else pen.lineTo(x, y);
          }
          pen.closePath();
        }
        this._renderer._fillStroke(pen, this);
      }
    },

    _containsPoint(point) {
      const [x, y] = [(point.x + this._origin.x) / this._scale, (point.y + this._origin.y) / this._scale];
      const hit = this._at(x, y, NEAR_PX / this._scale);
      if (hit !== null) this.pointed = hit;
      return hit !== null;
    },

    /** Return the uppermost shape at a place, or a small one near it; null for none. */
    _at(x, y, near) {
      const { boxes, firsts } = this;
      let beside = null;
      for (let shape = firsts.length - 2; shape >= 0; shape -= 1) {
        const [west, south, east, north] = boxes.subarray(4 * shape, 4 * shape + 4);
        if (x < west - near || x > east + near || y < south - near || y > north + near) continue;
        if (isInside(this, shape, x, y)) return shape;
        if (beside === null && east - west < near && north - south < near) beside = shape;
      }
      return beside;
    },

    /** Return the shape nearest to a place, and where it is. */
    nearest(latlng) {
      const { crs } = this._map.options;
      const { x, y } = crs.latLngToPoint(latlng, 0).divideBy(crs.scale(0));
      const found = { index: 0, away: Infinity };
      for (let index = 0; index + 1 < this.firsts.length; index += 1) {
        const [west, south, east, north] = this.boxes.subarray(4 * index, 4 * index + 4);
        const away = Math.hypot((west + east) / 2 - x, (south + north) / 2 - y);
        if (away < found.away) Object.assign(found, { index, away });
      }
      const [west, south, east, north] = this.boxes.subarray(4 * found.index, 4 * found.index + 4);
      const middle = L.point((west + east) / 2, (south + north) / 2).multiplyBy(crs.scale(0));
      return { index: found.index, at: crs.pointToLatLng(middle, 0) };
    },
  });
}

/**
 * Return polygons as arrays of numbers: `xy` on the map's plane, its side 1; where each ring and each
 * shape begins; the box of each shape.
 */
function flattened(shapes, digits) {
  const paths = shapes.flat(2);
  const xy = new Float64Array(paths.reduce((sum, path) => sum + path.length, 0));
  const [rings, firsts, boxes] = [new Int32Array(paths.length + 1), new Int32Array(shapes.length + 1), new Float64Array(4 * shapes.length)];
  let [end, ring] = [0, 0];
  shapes.forEach((polygons, shape) => {
    for (const polygon of polygons) {
      for (const path of polygon) {
        write(path, xy, end, digits);
        end += path.length;
        ring += 1;
        rings[ring] = end;
      }
    }
    firsts[shape + 1] = ring;
    boxes.set(bounds(xy, rings[firsts[shape]], end), 4 * shape);
  });
  return { xy, rings, firsts, boxes };
}

/** Write a path's points on the plane: west is left, and north is up where y is small. */
function write(steps, xy, start, digits) {
  const unit = 10 ** digits;
  let [longitude, latitude] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    longitude += steps[i];
    latitude += steps[i + 1];
    const sine = Math.sin((latitude / unit) * (Math.PI / 180));
    xy[start + i] = longitude / unit / 360 + 0.5;
    xy[start + i + 1] = 0.5 - Math.atanh(sine) / (2 * Math.PI);
  }
}

function bounds(xy, start, end) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = start; i < end; i += 2) {
    if (xy[i] < box[0]) box[0] = xy[i];
    if (xy[i] > box[2]) box[2] = xy[i];
    if (xy[i + 1] < box[1]) box[1] = xy[i + 1];
    if (xy[i + 1] > box[3]) box[3] = xy[i + 1];
  }
  return box;
}

/** Tell whether a place lies in a shape: whether a line from it crosses its rings an odd number of times. */
function isInside({ xy, rings, firsts }, shape, x, y) {
  let inside = false;
  for (let ring = firsts[shape]; ring < firsts[shape + 1]; ring += 1) {
    let before = rings[ring + 1] - 2;
    for (let i = rings[ring]; i < rings[ring + 1]; before = i, i += 2) {
      const [x1, y1, x2, y2] = [xy[i], xy[i + 1], xy[before], xy[before + 1]];
      if (y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)) inside = !inside;
    }
  }
  return inside;
}
