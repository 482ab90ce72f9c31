"""Users' GeoJSON: refused in one line that names the file, or measured as GeographicLib would."""

import json
import math
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from bordermap.areas import geodesic_area_km2
from bordermap.datasets import check_boundaries, load_dataset
from bordermap.errors import BordermapError
from bordermap.measuring import measured_files
from tests.hardening import hostile, oracle, promises

VALID = hostile.COLLECTIONS.map(hostile.as_json)
NEARLY = hostile.nearly(hostile.COLLECTIONS).map(hostile.as_json)
ANYTHING = hostile.VALUES.map(hostile.as_json)
SEEDS = st.sampled_from(list(hostile.corpus("geojson").values()))
BYTES = st.one_of(VALID, NEARLY, ANYTHING, hostile.mutated(SEEDS), st.binary(max_size=60))

many = settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PROMISES = (
    promises.area,
    promises.repaired_area,
    promises.boundaries,
    promises.checked_boundaries,
)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("name", hostile.corpus("geojson"))
def test_the_promise_is_kept_for_each_file_of_the_corpus(
    tmp_path: Path, promise: promises.Promise, name: str
) -> None:
    promise(hostile.corpus("geojson")[name], tmp_path)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@many
@given(content=BYTES)
def test_whatever_the_file_the_promise_is_kept(
    tmp_path: Path, promise: promises.Promise, content: bytes
) -> None:
    promise(content, tmp_path)


# What these tests found, and what a person would try first ----------------------------------------

SQUARE = [[45.0, 40.0], [46.0, 40.0], [46.0, 41.0], [45.0, 41.0], [45.0, 40.0]]


def province(*rings: object, **members: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"code": "AM-SU"}, "geometry": geometry, **members}


def text_of(*features: object, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members})


def arcs_again(times: int) -> str:
    """Return a small TopoJSON file whose one ring uses a long arc again and again."""
    arc = [[45 + n / 1e4, 40] for n in range(1_000)]
    part = {"type": "Polygon", "arcs": [[0] * times], "properties": {"code": "AM-SU"}}
    return json.dumps({"type": "Topology", "arcs": [arc], "objects": {"a": part}})


MERCATOR = {"type": "name", "properties": {"name": "EPSG:3857"}}
CRS_84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

REFUSED_BOUNDARIES: dict[str, tuple[str | bytes, str]] = {
    "coordinates as text": (text_of(province([[str(x), str(y)] for x, y in SQUARE])), "ring (1)"),
    "coordinates as truth values": (
        text_of(province([[True, False], [1, 0.5], [0.5, 1], [True, False]])),
        "two numbers each",
    ),
    "a coordinate of 400 digits": (text_of(province([[10**400, 1]] * 4)), "two numbers each"),
    "one number a position": (text_of(province([[45]] * 4)), "two numbers each"),
    "the antimeridian": (
        text_of(province([[179, 1], [-179, 1], [-179, 2], [179, 2], [179, 1]])),
        "AM-SU has an edge over half the globe or the antimeridian to position 2 of ring 1",
    ),
    "round the pole along one edge": (
        text_of(province([[-180, 80], [180, 80], [180, 90], [-180, 90], [-180, 80]])),
        "position 2 of ring 1; cut the polygon",
    ),
    "latitude first": (
        text_of(province([[40, 100], [41, 100], [41, 101], [40, 100]])),
        "(40, 100) at position 1 of ring 1; that looks like latitude, longitude",
    ),
    "metres": (
        text_of(province(SQUARE, [[1, 1], [4.6e6, 4e6], [4.6e6, 4.1e6], [1, 1]])),
        "(4600000, 4000000) at position 2 of ring 2; that looks like metres",
    ),
    "1e308": (text_of(province([[1e308, 1], [2, 1], [2, 2], [1e308, 1]])), "looks like metres"),
    "an open ring": (text_of(province(SQUARE[:4])), "does not close; end it with its first"),
    "a hole outside": (
        text_of(province(SQUARE, [[50, 40], [51, 40], [51, 41], [50, 40]])),
        "no valid polygon: Hole lies outside shell[50 40] (longitude, latitude); draw it anew",
    ),
    "no area": (text_of(province([[45, 40], [46, 40], [47, 40], [45, 40]])), "Self-intersection"),
    "another system for the file": (text_of(province(SQUARE), crs=MERCATOR), "is in EPSG:3857"),
    "another system for a feature": (
        text_of(province(SQUARE, crs=MERCATOR)),
        "AM-SU is in EPSG:3857",
    ),
    "a key twice": (
        text_of(province(SQUARE)).replace('"code"', '"code": "AM-VD", "code"'),
        "line 1, column 96: the key 'code' stands twice in one object",
    ),
    "features twice": (text_of(province(SQUARE))[:-1] + ', "features": []}', "stands twice"),
    "a code twice": (text_of(province(SQUARE), province(SQUARE)), "province AM-SU; give each once"),
    "half a surrogate pair": (
        text_of(province(SQUARE, id="\ud800")),
        "half a surrogate pair",
    ),
    "thousands of digits": (
        text_of(province(SQUARE)).replace("45.0", "9" * 5_000, 1),
        "a whole number of too many digits",
    ),
    "deep lists": ('{"type": ' + "[" * 100_000, "too many lists or objects inside one another"),
    "NaN": (
        text_of(province([[45, 40], [math.nan, 1]])),
        "line 1, column 157: NaN is no number of JSON",
    ),
    "UTF-16": (text_of(province(SQUARE)).encode("utf-16"), "save it as UTF-8"),
    "latin-1": (b'{"type": "\xe9"}', "byte 11 (0xe9) is not UTF-8"),
    "two texts": (text_of(province(SQUARE)) * 2, "something after the JSON text"),
    "nothing": ("", "is empty"),
    "a list": ("[]", "is no GeoJSON FeatureCollection"),
    "no code": (text_of({**province(SQUARE), "properties": None}), "has no code"),
    "no feature": (text_of(province(SQUARE, type="Polygon")), "AM-SU is of type Polygon"),
    "an unknown country": (
        text_of({**province(SQUARE), "properties": {"code": "QQ-1"}}),
        "belongs to no known country",
    ),
    "a point": (
        text_of({**province(), "geometry": {"type": "Point", "coordinates": [1, 1]}}),
        "AM-SU has Point; give a Polygon",
    ),
    "an arc used again and again": (arcs_again(20_000), "more than 5,000,000 vertices"),
    "an arc that is not there": (arcs_again(1).replace("[[0]]", "[[7]]"), "no usable TopoJSON"),
    "a scale beyond numbers": (
        arcs_again(1)
        .replace("[45.0, 40]", f"[{10**400}, 40]", 1)
        .replace('"arcs"', '"transform": {"scale": [0.1, 1], "translate": [0, 0]}, "arcs"', 1),
        "OverflowError",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED_BOUNDARIES)
def test_boundaries_that_would_mislead_are_refused_with_their_place(
    tmp_path: Path, kind: str
) -> None:
    content, told = REFUSED_BOUNDARIES[kind]
    path = tmp_path / "given.geojson"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BordermapError) as caught:
        load_dataset(path)
    assert str(caught.value).startswith("given.geojson")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + text_of(province(SQUARE)),
        text_of(province(SQUARE)).replace(" ", "\r\n"),
        text_of(province([[*position, 1200.5] for position in SQUARE])),
        text_of(province(SQUARE[::-1])),
        text_of(province(SQUARE), crs=CRS_84),
        text_of(province(SQUARE, id="\u202e\x1b[2J")),
        text_of({**province(SQUARE), "properties": {"code": " am-su ", "name": "x" * 9_999}}),
    ],
)
def test_boundaries_that_only_look_odd_are_taken(tmp_path: Path, content: str) -> None:
    path = tmp_path / "given.geojson"
    path.write_text(content, "utf-8")
    (province_read,) = load_dataset(path).provinces(["AM-SU"])
    assert geodesic_area_km2(province_read.polygon) == pytest.approx(
        oracle.ring_km2(SQUARE), rel=1e-9
    )
    assert len(province_read.name) <= 80
    assert province_read.name.isprintable()


NOTHING_LEFT = province(SQUARE, SQUARE)


def test_a_polygon_of_which_a_repair_leaves_nothing_has_no_area(tmp_path: Path) -> None:
    path = tmp_path / "given.geojson"
    path.write_text(text_of(NOTHING_LEFT, province(SQUARE)), "utf-8")
    (found,) = measured_files([path], repair=True)
    assert found.area_km2 == pytest.approx(oracle.ring_km2(SQUARE), rel=1e-9)
    path.write_text(text_of(NOTHING_LEFT), "utf-8")
    (found,) = measured_files([path], repair=True)
    assert found.area_km2 == 0
    assert len(found.repairs) == 1


def test_a_check_survives_a_polygon_that_a_repair_turns_into_lines(tmp_path: Path) -> None:
    path = tmp_path / "given.geojson"
    almost = [[x + 1e-15, y] for x, y in SQUARE]
    path.write_text(text_of(province(SQUARE, almost), NOTHING_LEFT), "utf-8")
    report = check_boundaries(path)
    assert not report.usable
    assert {problem.kind for problem in report.problems} >= {"invalid-ring", "duplicate"}


def test_a_check_counts_polygons_that_mending_leaves_beside_lines(tmp_path: Path) -> None:
    path = tmp_path / "given.geojson"
    bow_with_a_spike = [[45, 40], [46, 41], [46, 40], [45, 41], [45, 42], [45, 41], [45, 40]]
    path.write_text(text_of(province(bow_with_a_spike)), "utf-8")
    report = check_boundaries(path)
    assert not report.usable
    # two triangles that meet in the middle are half the square
    assert report.area_km2 == pytest.approx(oracle.ring_km2(SQUARE) / 2, rel=0.01)
