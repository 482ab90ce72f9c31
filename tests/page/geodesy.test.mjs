// Areas, outlines and links of the page, without a browser: `node --test`.

import assert from "node:assert/strict";
import test from "node:test";

import { direct, edgesAreaKm2, inverse, polygonsAreaKm2, ringArea } from "../../bordermap/maps/page/geodesy.mjs";
import { readFragment, writeFragment } from "../../bordermap/maps/page/link_state.mjs";
import { asGeoJson, fromGeoJson } from "../../bordermap/maps/page/outline.mjs";
import { prepared, sharedByName, sharedKm2 } from "../../bordermap/maps/page/overlap.mjs";
import { decodePath } from "../../bordermap/maps/page/shapes.mjs";
import { areaAt, areasAt } from "../../bordermap/maps/page/strip_curve.mjs";
import { wordsIn } from "../../bordermap/maps/page/words.mjs";
import { unionEdges } from "../../bordermap/maps/page/union.mjs";

const near = (value, expected, share) =>
  assert.ok(Math.abs(value / expected - 1) < share, `${value} is not ${expected}`);
const box = (west, south, east, north) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

test("an octant is an eighth of the ellipsoid", () => {
  near(Math.abs(ringArea([[0, 0], [90, 0], [0, 90]])) / 1e6, 510065621.724 / 8, 1e-7);
});

test("an area does not depend on longitude, direction or first corner", () => {
  const ring = [[45, 39], [46.2, 39.1], [45.9, 40.3]];
  const area = Math.abs(ringArea(ring));
  near(Math.abs(ringArea([...ring].reverse())), area, 1e-12);
  near(Math.abs(ringArea([ring[1], ring[2], ring[0]])), area, 1e-12);
  near(Math.abs(ringArea(ring.map(([x, y]) => [((x + 134.5 + 180) % 360) - 180, y]))), area, 1e-9);
});

test("a hole is taken off", () => {
  const [outer, hole] = [box(45, 39, 46, 40), box(45.2, 39.2, 45.4, 39.4)];
  const whole = polygonsAreaKm2([[outer]]);
  near(polygonsAreaKm2([[outer, hole]]), whole - polygonsAreaKm2([[hole]]), 1e-12);
});

test("going out along a geodesic and measuring back is the same", () => {
  const start = [45.3, 39.7];
  const end = direct(start, 0.7, 123456.7);
  const back = inverse(start, end);
  near(back.metres, 123456.7, 1e-10);
  near(back.azimuth, 0.7, 1e-9);
});

test("what two sets share is there whichever comes first, and no more than either", () => {
  const one = prepared([[box(45, 39, 46, 40)]]);
  const other = prepared([[box(45.5001, 39.5001, 46.5, 40.5), box(45.6, 39.6, 45.7, 39.7)]]);
  const shared = sharedKm2(one, other);
  near(sharedKm2(other, one), shared, 1e-9);
  const expected = polygonsAreaKm2([[box(45.5, 39.5, 46, 40), box(45.6, 39.6, 45.7, 39.7)]]);
  near(shared, expected, 2e-3);
  assert.equal(sharedKm2(one, prepared([[box(50, 39, 51, 40)]])), 0);
});

test("a set laid on itself shares all of itself", () => {
  const ring = box(45, 39, 46, 40);
  const [[, km2]] = sharedByName(unionEdges([[ring]]), [["same", prepared([[ring]])]]);
  near(km2, polygonsAreaKm2([[ring]]), 1e-4);
});

test("a curve has its nodes' values and slopes between them", () => {
  const curve = {
    depths_m: [0, 10, 30],
    areas_km2: [[0, 0], [1, 2], [5, 2]],
    slopes_km2_per_m: [[0.1, 0.2], [0.1, 0], [0.3, 0]],
  };
  assert.deepEqual(areasAt(curve, 10), [1, 2]);
  near(areaAt(curve, 30), 7, 1e-12);
  near(areaAt(curve, 5), 0.5 + 1.25, 1e-12);
  near(areaAt(curve, 99), 7, 1e-12);
});

test("an outline is written as it was drawn and read back unchanged", () => {
  const ring = box(45.1234567, 39, 46, 40);
  const document = asGeoJson([[ring]]);
  assert.deepEqual(fromGeoJson(JSON.stringify(document)), [[ring]]);
  const clockwise = asGeoJson([[[...ring].reverse()]]);
  assert.ok(ringArea(clockwise.features[0].geometry.coordinates[0].slice(0, -1)) > 0);
});

const crosses = { message: "outline crosses" };

test("a polygon that crosses or touches itself is found, one that does not is not", () => {
  const bow = [[0, 0], [1, 1], [1, 0], [0, 1]];
  const spike = [[0, 0], [2, 0], [1, 0], [1, 1]];
  const pinched = [[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [1, 1]];
  for (const ring of [bow, spike, pinched]) assert.throws(() => unionEdges([[ring]]), crosses);
  const comb = [[0, 0], [0, 1], [-1, 1], [-1, 2], [0, 2], [0, 3], [1, 3], [1, 0]];
  near(edgesAreaKm2(unionEdges([[comb]])), polygonsAreaKm2([[comb]]), 1e-12);
  near(edgesAreaKm2(unionEdges([[[...comb].reverse()]])), polygonsAreaKm2([[comb]]), 1e-12);
});

test("a hole is taken off, and one that is not inside is refused", () => {
  const outer = box(0, 0, 4, 4);
  near(edgesAreaKm2(unionEdges([[outer, box(1, 1, 2, 2)]])), polygonsAreaKm2([[outer, box(1, 1, 2, 2)]]), 1e-12);
  for (const holes of [[box(3, 3, 5, 5)], [box(5, 5, 6, 6)], [box(1, 1, 3, 3), box(1.5, 1.5, 2, 2)]]) {
    assert.throws(() => unionEdges([[outer, ...holes]]), crosses);
  }
});

test("an edge over longitude 180 is refused, as the command refuses it", () => {
  assert.throws(() => unionEdges([[[[179, 10], [-179, 10], [-179, 11], [179, 11]]]]), { message: "outline turn" });
});

test("what is too much to compare is refused before it takes long", () => {
  const many = Array.from({ length: 300 }, (_, i) => [box(i / 1e4, i / 1e4, 1 + i / 1e4, 1 + i / 1e4)]);
  assert.throws(() => unionEdges(many, 10_000), { message: "geojson tangled" });
});

test("what is no GeoJSON of polygons is refused by name", () => {
  for (const [text, message] of [
    ["{", "geojson broken"],
    ["null", "geojson no polygons"],
    ['{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}', "geojson broken"],
    ['{"type":"Polygon","coordinates":[[[1e6,0],[1e6,1],[2e6,2]]]}', "geojson metres"],
    ['{"type":"Polygon","coordinates":"x"}', "geojson broken"],
  ]) {
    assert.throws(() => fromGeoJson(text), { message });
  }
});

test("choices go into a fragment and come back", () => {
  const allowed = {
    languages: ["en", "hy"],
    sections: ["all", "mainland"],
    scenarios: ["a"],
    datasets: ["d"],
    layers: ["strip", "sites"],
    depth: { least: 1, largest: 1000, step: 1 },
  };
  const choices = {
    language: "hy",
    section: "mainland",
    scenario: "a",
    dataset: "d",
    depth: 212,
    date: "2023-01-10",
    layers: ["strip"],
    view: { latitude: 39.5, longitude: 46.25, zoom: 9.5 },
  };
  assert.deepEqual(readFragment(writeFragment(choices), allowed), choices);
  assert.deepEqual(readFragment("#depth=9999&language=xx&view=1,2&layers=evil", allowed), { layers: [] });
  for (const fragment of ["#view=0,1e308,5", "#view=91,0,5", "#date=2023-13-45", "#depth=", "#depth=Infinity", "#__proto__=1"]) {
    assert.deepEqual(readFragment(fragment, allowed), {}, fragment);
  }
});

test("steps become places", () => {
  assert.deepEqual(decodePath([450000, 390000, 10, -20], 4), [[45, 39], [45.001, 38.998]]);
});

test("words fall back to English, and keep values as they are", () => {
  const t = wordsIn({ en: { a: "x {value} y", b: "only" }, hy: { a: "{value} ք" } }, "hy");
  assert.equal(t("a", { value: "{a}" }), "{a} ք");
  assert.equal(t("b"), "only");
});
