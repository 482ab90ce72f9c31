import json
import math
import os
import re
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bordermap.errors import BordermapError, CRSError, DataError, GeometryError
from bordermap.geojson import Feature, Limits, read_chunks, read_features
from bordermap.geojson import stream as stream_module

SQUARE: list[Any] = [[[45.0, 40.0], [46.0, 40.0], [46.0, 41.0], [45.0, 41.0], [45.0, 40.0]]]
FAR: list[Any] = [[[47.0, 40.0], [48.0, 40.0], [48.0, 41.0], [47.0, 40.0]]]
HOLE: list[Any] = [[45.2, 40.2], [45.4, 40.2], [45.4, 40.4], [45.2, 40.2]]


def polygon(coordinates: object = None) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": SQUARE if coordinates is None else coordinates}


def feature(geometry: object = None, **members: object) -> dict[str, Any]:
    geometry = polygon() if geometry is None else geometry
    return {"type": "Feature", "geometry": geometry, "properties": {}} | members


def collection(*features: object, **members: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)} | members


def written(folder: Path, content: object) -> Path:
    path = folder / "given.geojson"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, content: object, limits: Limits | None = None) -> list[Feature]:
    return list(read_features(written(folder, content), limits=limits))


def refusal(folder: Path, content: object, limits: Limits | None = None) -> str:
    with pytest.raises(BordermapError) as caught:
        read(folder, content, limits)
    message = str(caught.value)
    assert "given.geojson: " in message
    assert "\n" not in message
    assert message.isprintable()
    return message.partition("given.geojson: ")[2]


def test_a_feature_keeps_id_properties_and_coordinates(tmp_path: Path) -> None:
    given_feature = feature(
        polygon([*SQUARE, HOLE]), id="a", properties={"name": "Ա", "n": [1, {}]}
    )
    (found,) = read(tmp_path, collection(given_feature))
    assert found == Feature(
        id="a",
        geometry=shapely.Polygon(SQUARE[0], [HOLE]),
        properties={"name": "Ա", "n": [1, {}]},
    )


@pytest.mark.parametrize(
    "content",
    [
        collection(feature()),
        feature(),
        polygon(),
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
        {"type": "GeometryCollection", "geometries": [polygon()]},
        feature({"type": "GeometryCollection", "geometries": [polygon()]}),
        dict(reversed(collection(feature()).items())),
        collection(feature(), name="x", bbox=[45, 40, 46, 41], extra={"features": [1]}),
        json.dumps(collection(feature()), indent=1),
        "\ufeff" + json.dumps(feature()),
        json.dumps(feature()) + "\r\n\r\n",
        "\x1e" + json.dumps(feature()) + "\n",
        collection(feature({"type": "Point", "coordinates": [1, 2]}), feature()),
        collection(feature() | {"geometry": None}, feature()),
        collection(feature(polygon([])), feature()),
        polygon([[[*position, 1200.5] for position in SQUARE[0]]]),
        polygon([[SQUARE[0][0], *[[*position, 7] for position in SQUARE[0][1:]]]]),
        feature(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
        collection(feature(), crs={"type": "name", "properties": {"name": "EPSG:4326"}}),
    ],
)
def test_one_square_is_read_from_every_form_there_is(tmp_path: Path, content: object) -> None:
    (found,) = read(tmp_path, content)
    assert found.geometry.equals(shapely.Polygon(SQUARE[0]))
    assert not found.geometry.has_z


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\n\n", "\n\x1e", "\x1e"])
def test_a_sequence_has_one_text_a_line_or_a_record(tmp_path: Path, separator: str) -> None:
    texts = [feature(id=1), polygon(), collection(feature(id="x"), feature())]
    found = read(tmp_path, separator.join(map(json.dumps, texts)))
    assert [one.id for one in found] == [1, None, "x", None]


def test_overlapping_members_of_a_collection_are_one_area(tmp_path: Path) -> None:
    shifted = polygon([[[lon + 0.5, lat] for lon, lat in SQUARE[0]]])
    members = [polygon(), shifted]
    (found,) = read(tmp_path, feature({"type": "GeometryCollection", "geometries": members}))
    assert found.geometry.is_valid
    assert found.geometry.area == pytest.approx(1.5, rel=1e-3)  # edges are geodesics


def test_members_of_a_collection_that_are_apart_stay_as_they_are(tmp_path: Path) -> None:
    members = [polygon(), polygon(FAR)]
    (found,) = read(tmp_path, feature({"type": "GeometryCollection", "geometries": members}))
    assert found.geometry == shapely.MultiPolygon([(SQUARE[0], []), (FAR[0], [])])


def test_numbers_count_all_features_and_chunks_keep_the_order(tmp_path: Path) -> None:
    point = feature({"type": "Point", "coordinates": [0, 0]})
    path = written(tmp_path, collection(point, *[feature(id=i) for i in range(10_000)]))
    chunks = list(read_chunks(path))
    assert len(chunks) > 1
    assert [n for chunk in chunks for n in chunk.numbers] == list(range(2, 10_002))
    assert [n for chunk in chunks for n in chunk.ids] == list(range(10_000))


@pytest.mark.parametrize("piece", [1, 2, 7, 64])
def test_what_is_read_does_not_depend_on_how_the_file_comes_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    content = collection(
        feature(id="Սյունիք", properties={"a": -1.5e-7, "b": True, "\U0001f600\\": "\u00e9\n"}),
        feature(polygon([*SQUARE, HOLE]), id=12345678),
        bbox=[1, 2, 3.5, 4],
    )
    expected = read(tmp_path, content)
    monkeypatch.setattr(stream_module, "PIECE_BYTES", piece)
    assert read(tmp_path, content) == expected
    assert read(tmp_path, json.dumps(content, ensure_ascii=False, indent=2)) == expected


def test_a_fault_is_placed_by_line_and_column_however_the_file_comes_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '{"type": "FeatureCollection",\n "features": [\n  {"type": "Feature"; "x": 1}]}'
    expected = (
        "line 3, column 21 (feature 1): is not JSON (expecting ',' delimiter); correct it there"
    )
    for piece in (2**20, 64, 5, 1):
        monkeypatch.setattr(stream_module, "PIECE_BYTES", piece)
        assert refusal(tmp_path, text) == expected


OPEN = SQUARE[0][:-1]


def with_properties(text: str) -> str:
    return json.dumps(feature(id="a")).replace("{}", text)


DEEP = "[" * 100_000

HOSTILE: list[tuple[object, str]] = [
    # not JSON
    ("", "is empty"),
    (" \n", "is empty"),
    ("hello", "line 1, column 1: is no GeoJSON object"),
    ("[1, 2]", "begins with {"),
    ("{", "is the file whole?"),
    ('{"type"', "expected ':'|is the file whole"),
    ('{"type": "FeatureCollection", "features": [', "is the file whole?"),
    (json.dumps(collection(feature()))[:-1], "is the file whole?"),
    (json.dumps(collection(feature()))[:-30], "is the file whole?"),
    (json.dumps(collection(feature())) + "]", "something after the GeoJSON text"),
    (json.dumps(feature()) + json.dumps(feature()), "something after the GeoJSON text"),
    (json.dumps(feature()) + "\n]", "is no GeoJSON object"),
    ("{type: 1}", "expected '\"'|is not JSON"),
    ('{"type": "Feature",}', "is not JSON"),
    ('{"type": "FeatureCollection", "features": [,]}', "is not JSON"),
    ('{"type": "FeatureCollection", "features": [{"type": "Feature"} {}]}', "is not JSON"),
    ("<html></html>", "is no GeoJSON object"),
    # encodings
    (json.dumps(feature()).encode("utf-16"), "is UTF-16"),
    (json.dumps(feature()).encode("utf-16-le"), "is UTF-16"),
    (json.dumps(feature()).encode("utf-32"), "is UTF-16 or UTF-32"),
    (b'{"type": "Fe\xe9ature"}', "byte 13 .0xe9. is not UTF-8"),
    (json.dumps(feature(properties={"a": "\ud800"})), "half a surrogate pair"),
    # keys, numbers, depth
    ('{"type": "Feature", "type": "Feature"}', "the key 'type' stands twice"),
    (
        json.dumps(collection(feature())).replace('"properties"', '"type": 1, "properties"'),
        "the key 'type' stands twice",
    ),
    ('{"a\\u001b[2J": 1, "a\\u001b[2J": 2}', r"the key 'a\\x1b\[2J' stands twice"),
    (json.dumps(polygon([[[math.nan, 1]]])), "NaN is no number of JSON"),
    (json.dumps(feature(properties={"a": -math.inf})), "-Infinity is no number of JSON"),
    (with_properties('{"n": 1e400}'), "feature 1 .id 'a'.: a number is too large"),
    (with_properties('{"n": [[-1e400]]}'), "a number is too large"),
    (with_properties(f'{{"n": {"9" * 5000}}}'), "too many digits"),
    (DEEP, "is no GeoJSON object"),
    ('{"type": "Polygon", "coordinates": ' + DEEP, "inside one another"),
    ('{"type": "FeatureCollection", "features": [' + '{"a":' * 100_000, "inside one another"),
    (with_properties('{"a":' * 40 + "1" + "}" * 40), "more than 16 lists or objects inside"),
    # not GeoJSON
    ("{}", "is of type none"),
    ({"type": "Topology", "arcs": []}, "is TopoJSON.*convert it to GeoJSON"),
    ({"type": "FeatureCollection"}, "FeatureCollection has no list"),
    ({"type": "FeatureCollection", "features": {}}, "FeatureCollection has no list"),
    ({"type": "Feature", "features": [feature()]}, "the object with features is of type 'Feature'"),
    ({"type": 3, "features": []}, "is of type no text"),
    ({f"k{i}": i for i in range(1100)}, "more than 1,000 members"),
    (collection(1), "feature 1: is of type no text"),
    (collection(feature(), polygon()), "feature 2: is of type 'Polygon'"),
    (collection(feature(id=[1])), "the id is neither text nor number"),
    (collection(feature(id=True)), "the id is neither text nor number"),
    (collection(feature(properties=[])), "the properties are no object"),
    (collection(feature("x")), "the geometry is no object"),
    (collection(feature({"type": "Circle"})), "of type 'Circle', which GeoJSON does not have"),
    (collection(feature({"type": ["Polygon"]})), "of type no text"),
    (collection(feature({"type": "Polygon"})), "the Polygon has no list of coordinates"),
    (feature({"type": "GeometryCollection"}), "has no list of geometries"),
    (feature({"type": "GeometryCollection", "geometries": [3]}), "the geometry is no object"),
    # no polygons
    (collection(), "has no polygons"),
    (collection(feature({"type": "LineString", "coordinates": SQUARE[0]})), "has no polygons"),
    (polygon([]), "has no polygons"),
    ({"type": "MultiPolygon", "coordinates": [[]]}, "has no polygons"),
    (feature() | {"geometry": None}, "has no polygons"),
    # coordinates
    (polygon(["x"]), "feature 1: ring 1 is no list"),
    (polygon([{}]), "feature 1: ring 1 is no list"),
    ({"type": "MultiPolygon", "coordinates": [3]}, "a polygon is no list of rings"),
    (polygon(SQUARE[0]), "ring 1 is no list of 4 or more positions"),
    (polygon([*SQUARE, [[1]] * 4]), "ring 2 has a position that is no list"),
    (polygon([[None] * 4]), "ring 1 has a position that is no list"),
    (polygon([[{"x": 1, "y": 2}] * 4]), "a coordinate that is no number"),
    (polygon([["ab"] * 4]), "a coordinate that is no number"),
    (polygon([[*SQUARE[0][:2], ["46", 41], SQUARE[0][0]]]), "position 3 of ring 1 has a coord"),
    (polygon([[*SQUARE[0][:2], [True, 41], SQUARE[0][0]]]), "a coordinate that is no number"),
    (polygon([[*SQUARE[0][:2], [46, 41, "a"], SQUARE[0][0]]]), "no list of two or more numbers"),
    (polygon([SQUARE[0][:3]]), "ring 1 is no list of 4 or more positions"),
    (polygon([[]]), "ring 1 is no list of 4 or more positions"),
    (polygon([OPEN]), "position 4 of ring 1 does not close the ring"),
    (
        collection(feature(), feature(polygon([*SQUARE, OPEN]), id=7)),
        "feature 2 .id '7'.: position 4 of ring 2 does not close",
    ),
    (
        {"type": "MultiPolygon", "coordinates": [FAR, [*SQUARE, OPEN]]},
        "position 4 of ring 2 of polygon 2 does not close",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message"), HOSTILE)
def test_what_is_no_usable_geojson_is_refused_with_its_place(
    tmp_path: Path, content: object, message: str
) -> None:
    assert re.search(message, refusal(tmp_path, content))


def moved(dx: float, dy: float, factor: float = 1.0) -> dict[str, Any]:
    return polygon([[[x * factor + dx, y * factor + dy] for x, y in SQUARE[0]]])


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (moved(0, 0, 111_000), CRSError, r"\(4995000, 4440000\) looks like metres"),
        (moved(500_000, 4_400_000), CRSError, "looks like metres"),
        (moved(1e300, 0), CRSError, "looks like metres"),
        (moved(-5, 99), CRSError, r"\(40, 139\) looks like latitude, longitude"),
        (moved(150, 0), GeometryError, "lies beyond longitude 180"),
        (moved(0, 200), GeometryError, "out of range"),
        (moved(100, 60), GeometryError, "out of range"),
        (polygon([[[10**400, 1]] * 4]), GeometryError, "out of range"),
        (polygon([[[-170, 1], [170, 1], [170, 2], [-170, 1]]]), GeometryError, "antimeridian"),
        (polygon([[[-180, 1], [180, 1], [180, 2], [-180, 1]]]), GeometryError, "antimeridian"),
        (feature(crs={"properties": {"name": "EPSG:3857"}}), CRSError, "names 'EPSG:3857'"),
        (collection(feature(crs=None)), CRSError, "the crs member names none"),
        ({**polygon(), "crs": {"type": "link"}}, CRSError, "names none"),
        (collection(feature(), crs={"properties": {"name": "EPSG:32638"}}), CRSError, "EPSG:32638"),
        (collection(feature({**polygon(), "crs": 3})), CRSError, "feature 1: the crs member"),
    ],
)
def test_what_is_not_longitude_latitude_on_one_globe_is_refused(
    tmp_path: Path, content: object, kind: type[GeometryError], message: str
) -> None:
    with pytest.raises(kind, match=message) as caught:
        read(tmp_path, content)
    assert type(caught.value) is kind


def test_numbers_beyond_floats_are_no_coordinates(tmp_path: Path) -> None:
    text = json.dumps(polygon()).replace("46.0", "1e400")
    assert "(inf, 40) is out of range" in refusal(tmp_path, text)


def test_a_polygon_round_the_pole_may_run_along_it(tmp_path: Path) -> None:
    ring = [[lon, -60] for lon in range(-180, 181, 60)] + [[180, -90], [-180, -90], [-180, -60]]
    (found,) = read(tmp_path, polygon([ring]))
    assert found.geometry.bounds == (-180, -90, 180, -60)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(file_bytes=100), "is larger than 100 bytes; split it"),
        (Limits(features=2), "has more than 2 features; split it"),
        (Limits(vertices=14), "has more than 14 vertices; split it"),
    ],
)
def test_a_file_beyond_a_limit_is_refused(tmp_path: Path, limits: Limits, message: str) -> None:
    assert message in refusal(tmp_path, collection(*[feature()] * 3), limits)


def test_one_feature_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_module, "PIECE_BYTES", 64)
    content = collection(feature(), feature(properties={"text": "x" * 2000}))
    limits = Limits(feature_characters=1000)
    assert "one feature is longer than 1,000 characters" in refusal(tmp_path, content, limits)


def test_a_file_that_grows_beyond_the_limit_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, collection(*[feature()] * 50_000))
    chunks = read_chunks(path, limits=Limits(file_bytes=path.stat().st_size))
    next(chunks)
    with path.open("a") as file:
        file.write(" " * 10_000_000)
    with pytest.raises(DataError, match="is larger than"):
        list(chunks)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    cases = [
        (tmp_path / "none.geojson", "there is no such file"),
        (tmp_path, "is a folder"),
        (pipe, "is no regular file"),
        (Path("/dev/zero"), "is no regular file"),
        (tmp_path / "a\0b", "cannot be read"),
        (tmp_path / "given.geojson" / "x", "cannot be read"),
    ]
    written(tmp_path, "{}")
    for path, message in cases:
        with pytest.raises(DataError, match=message) as caught:
            list(read_features(path))
        assert str(caught.value).isprintable()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["type", "geometry", "coordinates", "features", "geometries", "crs", "id"]),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


WHOLE = json.dumps(collection(feature()))
ALMOST = st.one_of(
    JSON.map(json.dumps),
    st.builds(collection, JSON, JSON).map(json.dumps),
    st.builds(feature, JSON, id=JSON, properties=JSON).map(json.dumps),
    st.builds(polygon, JSON).map(json.dumps),
    st.integers(0, len(WHOLE)).map(lambda at: WHOLE[:at]),
    st.builds(lambda at, text: WHOLE[:at] + text + WHOLE[at:], st.integers(0, 300), st.text()),
    st.text(),
).map(lambda text: text.encode(errors="surrogatepass"))


@given(content=ALMOST | st.binary())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_given_is_read_or_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    message = ""
    found = []
    try:
        found = read(tmp_path, content)
    except BordermapError as error:
        message = str(error)
    assert bool(found) != bool(message)
    assert message.isprintable()
    assert {one.geometry.geom_type for one in found} <= {"Polygon", "MultiPolygon"}
