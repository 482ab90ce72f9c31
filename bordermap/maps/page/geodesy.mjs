// Areas and lengths on the WGS 84 ellipsoid; edges are geodesics between the corners as given.

const A = 6378137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const RADIANS = Math.PI / 180;
const METRES_A_DEGREE = 111700;

/** Longer edges are cut on their geodesic, so that great circles of the authalic sphere fit it [m]. */
const LONGEST_EDGE_M = 20000;

const Q_POLE = zone(1);
const AUTHALIC_RADIUS2 = (A * A * Q_POLE) / 2;

function zone(sine) {
  return (
    (1 - E2) *
    (sine / (1 - E2 * sine * sine) - Math.log((1 - E * sine) / (1 + E * sine)) / (2 * E))
  );
}

/** Return the sine of the authalic latitude: areas on its sphere are those on the ellipsoid. */
function authalicSine(latitude) {
  return Math.max(-1, Math.min(1, zone(Math.sin(latitude * RADIANS)) / Q_POLE));
}

/**
 * Return the equal-area place of a point [m]: what straight edges enclose there is true to size.
 */
export function equalAreaPlace([longitude, latitude]) {
  const radius = Math.sqrt(AUTHALIC_RADIUS2);
  return [radius * longitude * RADIANS, radius * authalicSine(latitude)];
}

/** Return the signed area of a ring of [longitude, latitude] [m²], above 0 counter-clockwise. */
export function ringArea(ring) {
  let excess = 0;
  const dense = densified(ring);
  for (let i = 0; i < dense.length; i += 1) {
    excess += edgeExcess(dense[i], dense[(i + 1) % dense.length]);
  }
  return -excess * AUTHALIC_RADIUS2;
}

/** Return the area of polygons (an exterior and its holes each) [km²]. */
export function polygonsAreaKm2(polygons) {
  let area = 0;
  for (const [exterior, ...holes] of polygons) {
    area += Math.abs(ringArea(exterior));
    for (const hole of holes) area -= Math.abs(ringArea(hole));
  }
  return area / 1e6;
}

/** Return the area that edges [x1, y1, x2, y2] go round counter-clockwise [km²]. */
export function edgesAreaKm2(edges) {
  let excess = 0;
  for (const [x1, y1, x2, y2] of edges) {
    const dense = densifiedEdge([x1, y1], [x2, y2]);
    for (let i = 0; i + 1 < dense.length; i += 1) excess += edgeExcess(dense[i], dense[i + 1]);
  }
  return (-excess * AUTHALIC_RADIUS2) / 1e6;
}

/** The area between an edge and the equator on the unit sphere. */
function edgeExcess([lon1, lat1], [lon2, lat2]) {
  const across = wrapped(lon2 - lon1) * RADIANS;
  const [t1, t2] = [halfTangent(lat1), halfTangent(lat2)];
  return 2 * Math.atan2(Math.tan(across / 2) * (t1 + t2), 1 + t1 * t2);
}

function halfTangent(latitude) {
  const sine = authalicSine(latitude);
  return sine / (1 + Math.sqrt(Math.max(0, 1 - sine * sine)));
}

function wrapped(degrees) {
  return degrees - 360 * Math.round(degrees / 360);
}

/** Return a ring whose edges are at most `longestM` long [m], with points on their geodesics. */
export function densified(ring, longestM = LONGEST_EDGE_M) {
  const dense = [];
  ring.forEach((start, i) => {
    dense.push(start, ...cuts(start, ring[(i + 1) % ring.length], longestM));
  });
  return dense;
}

/** Return an edge's two ends, and between them points on its geodesic. */
export function densifiedEdge(start, end, longestM = LONGEST_EDGE_M) {
  return [start, ...cuts(start, end, longestM), end];
}

function cuts(start, end, longestM) {
  const degrees = Math.hypot(wrapped(end[0] - start[0]), end[1] - start[1]);
  const geodesic = degrees * METRES_A_DEGREE < longestM ? null : inverse(start, end);
  if (geodesic === null) return [];
  const pieces = Math.ceil(geodesic.metres / longestM);
  return Array.from({ length: pieces - 1 }, (_, i) =>
    direct(start, geodesic.azimuth, (geodesic.metres * (i + 1)) / pieces),
  );
}

/** Return metres and the first azimuth between points (Vincenty 1975); null where it fails. */
export function inverse([lon1, lat1], [lon2, lat2]) {
  const across = wrapped(lon2 - lon1) * RADIANS;
  const [u1, u2] = [lat1, lat2].map((lat) => Math.atan((1 - F) * Math.tan(lat * RADIANS)));
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = across;
  for (let turn = 0; turn < 100; turn += 1) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinS = Math.hypot(c2 * sinL, c1 * s2 - s1 * c2 * cosL);
    if (sinS === 0) return { metres: 0, azimuth: 0 };
    const cosS = s1 * s2 + c1 * c2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinAlpha = (c1 * c2 * sinL) / sinS;
    const cos2Alpha = 1 - sinAlpha * sinAlpha;
    const cosM = cos2Alpha === 0 ? 0 : cosS - (2 * s1 * s2) / cos2Alpha;
    const c = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const before = lambda;
    lambda =
      across +
      (1 - c) * F * sinAlpha * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
    if (Math.abs(lambda - before) < 1e-12) {
      const { a, b } = series(cos2Alpha);
      const metres = B * a * (sigma - correction(b, sinS, cosS, cosM));
      return { metres, azimuth: Math.atan2(c2 * Math.sin(lambda), c1 * s2 - s1 * c2 * Math.cos(lambda)) };
    }
  }
  return null;
}

/** Return the point at some metres from a point along an azimuth (Vincenty 1975). */
export function direct([lon1, lat1], azimuth, metres) {
  const u1 = Math.atan((1 - F) * Math.tan(lat1 * RADIANS));
  const [s1, c1, sinA, cosA] = [Math.sin(u1), Math.cos(u1), Math.sin(azimuth), Math.cos(azimuth)];
  const sigma1 = Math.atan2(s1, c1 * cosA);
  const sinAlpha = c1 * sinA;
  const cos2Alpha = 1 - sinAlpha * sinAlpha;
  const { a, b } = series(cos2Alpha);
  let sigma = metres / (B * a);
  for (let turn = 0; turn < 8; turn += 1) {
    const cosM = Math.cos(2 * sigma1 + sigma);
    sigma = metres / (B * a) + correction(b, Math.sin(sigma), Math.cos(sigma), cosM);
  }
  const [sinS, cosS, cosM] = [Math.sin(sigma), Math.cos(sigma), Math.cos(2 * sigma1 + sigma)];
  const down = s1 * sinS - c1 * cosS * cosA;
  const latitude = Math.atan2(s1 * cosS + c1 * sinS * cosA, (1 - F) * Math.hypot(sinAlpha, down));
  const lambda = Math.atan2(sinS * sinA, c1 * cosS - s1 * sinS * cosA);
  const c = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
  const across =
    lambda - (1 - c) * F * sinAlpha * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
  return [wrapped(lon1 + across / RADIANS), latitude / RADIANS];
}

function series(cos2Alpha) {
  const u = (cos2Alpha * (A * A - B * B)) / (B * B);
  return {
    a: 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u))),
    b: (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u))),
  };
}

function correction(b, sinS, cosS, cosM) {
  const inner = cosS * (2 * cosM * cosM - 1) - (b / 6) * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3);
  return b * sinS * (cosM + (b / 4) * inner);
}
