import json
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from bordermap.errors import GeometryError
from bordermap.geojson import Feature, collection_pieces, read_features, sequence_pieces
from bordermap.geojson.decimals import position_texts

Json = dict[str, Any]


def text_of(features: Iterable[Feature]) -> str:
    return b"".join(collection_pieces(features)).decode()


def feature(geometry: BaseGeometry, **properties: object) -> Feature:
    return Feature(id="a", geometry=geometry, properties=properties)


def written_geometry(geometry: BaseGeometry) -> Json:
    collection = require_rfc7946(text_of([feature(geometry)]))
    found: Json = collection["features"][0]["geometry"]
    return found


# A checker of RFC 7946 that knows JSON only -------------------------------------------------------


def require_rfc7946(text: str) -> Json:
    """Return the FeatureCollection of a text, which must keep every rule of RFC 7946."""
    collection: Json = json.loads(
        text, parse_float=Decimal, parse_int=Decimal, parse_constant=pytest.fail
    )
    assert collection["type"] == "FeatureCollection"
    assert set(collection) <= {"type", "features", "bbox"}
    for member in collection["features"]:
        assert set(member) <= {"type", "id", "bbox", "geometry", "properties"}
        assert member["type"] == "Feature"
        assert isinstance(member["id"], str | Decimal)
        assert isinstance(member["properties"], dict)
        if member["geometry"] is None:
            assert "bbox" not in member
            continue
        positions = list(positions_of(member["geometry"]))
        require_box(member["bbox"], positions)
        require_box(collection["bbox"], positions)
    return collection


def positions_of(geometry: Json) -> Iterable[list[Decimal]]:
    if geometry["type"] == "GeometryCollection":
        assert set(geometry) == {"type", "geometries"}
        for member in geometry["geometries"]:
            yield from positions_of(member)
        return
    assert set(geometry) == {"type", "coordinates"}
    depth, least = {
        "Point": (0, 1), "MultiPoint": (1, 1), "LineString": (1, 2),
        "MultiLineString": (2, 2), "Polygon": (2, 4), "MultiPolygon": (3, 4),
    }[geometry["type"]]  # fmt: skip
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    if geometry["type"].endswith("Polygon"):
        for polygon in polygons:
            for number, ring in enumerate(polygon):
                assert ring[0] == ring[-1]
                assert (doubled_area(ring) > 0) == (number == 0)
    lists = [coordinates] if depth else []
    for _ in range(depth - 1):
        lists = [inner for outer in lists for inner in outer]
    assert all(len(positions) >= least for positions in lists)
    for position in [p for positions in lists for p in positions] if depth else [coordinates]:
        require_position(position)
        yield position


def doubled_area(ring: list[list[Decimal]]) -> Decimal:
    return sum((a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)), Decimal())


def require_position(position: list[Decimal]) -> None:
    lon, lat = position
    assert abs(lon) <= 180
    assert abs(lat) <= 90
    for number in position:
        digits = f"{number:f}".partition(".")[2]
        assert len(digits) <= 7
        assert not digits.endswith("0")


def require_box(box: list[Decimal], positions: list[list[Decimal]]) -> None:
    west, south, east, north = box
    for lon, lat in positions:
        assert south <= lat <= north
        assert west <= lon <= east if west <= east else lon >= west or lon <= east


# Known answers ------------------------------------------------------------------------------------


def test_a_clockwise_square_is_written_counter_clockwise_with_few_digits() -> None:
    square = shapely.Polygon([(45, 40), (45, 41), (46.12345678, 41), (46, 40), (45, 40)])
    assert text_of([feature(square, n=1, name="Սյունիք")]) == (
        '{"type":"FeatureCollection","features":[\n'
        '{"type":"Feature","id":"a","bbox":[45,40,46.1234568,41],"geometry":{"type":"Polygon",'
        '"coordinates":[[[45,40],[46,40],[46.1234568,41],[45,41],[45,40]]]},'
        '"properties":{"n":1,"name":"Սյունիք"}}\n'
        '],"bbox":[45,40,46.1234568,41]}\n'
    )


def test_a_collection_without_features_has_no_box() -> None:
    assert require_rfc7946(text_of([])) == {"type": "FeatureCollection", "features": []}


def test_a_feature_without_id_gets_its_number() -> None:
    features = [Feature(id=None, geometry=shapely.Point(0, n % 90)) for n in range(2_000)]
    collection = require_rfc7946(text_of(features))
    assert [one["id"] for one in collection["features"]] == list(range(1, 2_001))


def test_an_empty_geometry_is_null() -> None:
    collection = require_rfc7946(text_of([feature(shapely.Polygon()), feature(shapely.Point())]))
    assert [one["geometry"] for one in collection["features"]] == [None, None]


@pytest.mark.parametrize(
    "wkt",
    [
        "POINT (1.5 -2)",
        "LINESTRING (0 0, 1 1, 2 0.5)",
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1), (3 3, 3 3.5, 3.5 3, 3 3))",
        "MULTIPOINT (0 0, 1 1)",
        "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 5))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((2 2, 3 2, 3 3, 2 2)))",
        "GEOMETRYCOLLECTION (POINT (1 2), POINT EMPTY, POLYGON ((0 0, 1 0, 1 1, 0 0)))",
        "POLYGON Z ((0 0 9, 1 0 9, 1 1 9, 0 0 9))",
    ],
)
def test_every_type_of_geometry_is_written(wkt: str) -> None:
    geometry = shapely.force_2d(shapely.from_wkt(wkt))
    found = shapely.from_geojson(json.dumps(written_geometry(geometry), default=float))
    assert shapely.equals(found, geometry)


def test_features_of_all_types_stand_in_their_order() -> None:
    shapes = [shapely.Point(1, 2), shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (1, 1)])]
    collection = require_rfc7946(text_of([feature(shape) for shape in shapes * 400]))
    kinds = [one["geometry"]["type"] for one in collection["features"]]
    assert kinds == ["Point", "Polygon", "LineString"] * 400


def test_a_sequence_has_one_feature_a_line() -> None:
    features = [feature(shapely.Point(1, 2)), feature(shapely.box(0, 0, 1, 1))]
    lines = b"".join(sequence_pieces(features)).decode().splitlines()
    assert lines == text_of(features).replace("},\n", "}\n").splitlines()[1:-1]


# The antimeridian ---------------------------------------------------------------------------------


def test_what_reaches_beyond_longitude_180_is_cut_there() -> None:
    found = shapely.from_geojson(
        json.dumps(written_geometry(shapely.box(179, -1, 182, 1)), default=float)
    )
    halves = [shapely.box(-180, -1, -178, 1), shapely.box(179, -1, 180, 1)]
    assert found.equals(shapely.MultiPolygon(halves))


def test_the_box_of_what_lies_on_both_sides_of_the_antimeridian_crosses_it() -> None:
    collection = require_rfc7946(text_of([feature(shapely.box(179, -1, 182, 1))]))
    assert collection["bbox"] == collection["features"][0]["bbox"] == [179, -1, -178, 1]


def test_the_box_of_what_goes_round_the_globe_is_the_globe() -> None:
    ring = [(lon, -60) for lon in range(-180, 181, 60)] + [(180, -90), (-180, -90)]
    collection = require_rfc7946(text_of([feature(shapely.Polygon(ring))]))
    assert collection["bbox"] == [-180, -90, 180, -60]


@pytest.mark.parametrize(
    "geometry",
    [
        shapely.Point(600, 0),
        shapely.Point(0, 91),
        shapely.Point(math.inf, 0),
        shapely.box(4_995_000, 4_440_000, 4_996_000, 4_441_000),
        shapely.LineString([(179, 0), (-179, 0)]),
        shapely.Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)]),
        shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]),
    ],
)
def test_what_is_no_place_on_the_globe_is_not_written(geometry: BaseGeometry) -> None:
    with pytest.raises(GeometryError):
        text_of([feature(geometry)])


@pytest.mark.parametrize("value", [math.nan, math.inf, [1, {"a": -math.inf}], "\ud800"])
def test_what_json_has_not_is_not_written(value: object) -> None:
    with pytest.raises(GeometryError, match="feature 'a' cannot be written as JSON"):
        text_of([feature(shapely.Point(0, 0), value=value)])


# Laws ---------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(-360, 360), st.floats(-360, 360)), min_size=1))
@example([(1e-7, -1e-7)])
@example([(5e-8, -5e-8), (-0.0, 4.9e-8)])
@example([(99.9999999, 9.99999995), (179.99999996, -100.0)])
def test_positions_are_the_nearest_decimals(positions: list[tuple[float, float]]) -> None:
    (text,) = position_texts(np.array(positions), np.array([len(positions)]))
    found = json.loads(f"[{text}]")
    assert found == [[float(f"{x * 1e7:.0f}") / 1e7 for x in position] for position in positions]
    assert not re.search(r"-0[\],]|\.\d*0[\],]|\.[\],]|[\[,-]0\d|e", text)


@given(
    st.lists(
        st.builds(
            lambda lon, lat, size, turn: shapely.Polygon(
                [
                    (lon, lat),
                    (lon + size, lat),
                    (lon + size / 2, lat + size),
                ][::turn]
            ),
            st.floats(-179, 178),
            st.floats(-89, 88),
            st.floats(1e-6, 1),
            st.sampled_from([1, -1]),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reading_undoes_writing(tmp_path: Path, polygons: list[shapely.Polygon]) -> None:
    features = [
        Feature(id=f"n{i}", geometry=polygon, properties={"i": i, "x": [1.5, None, {"é": True}]})
        for i, polygon in enumerate(polygons)
    ]
    path = tmp_path / "layer.geojson"
    path.write_text(text_of(features), encoding="utf-8")
    require_rfc7946(path.read_text(encoding="utf-8"))
    found = list(read_features(path))
    assert [(one.id, one.properties) for one in found] == [(o.id, o.properties) for o in features]
    for one, polygon in zip(found, polygons, strict=True):
        assert shapely.hausdorff_distance(one.geometry, polygon) <= 1e-7
    assert text_of(found) == text_of(features)


@given(st.floats(1e-9, 1e-5), st.floats(0, 1), st.floats(0, 1))
def test_rounding_leaves_a_valid_polygon(width: float, dx: float, dy: float) -> None:
    needle = shapely.Polygon([(dx, dy), (dx + 1, dy + width), (dx + 1, dy + 2 * width)])
    spike = shapely.union(needle, shapely.box(dx - 0.1, dy - 0.1, dx + 0.1, dy + 0.1))
    for geometry in (needle, spike):
        written = written_geometry(geometry)
        if written is not None:
            assert shapely.from_geojson(json.dumps(written, default=float)).is_valid


def test_the_same_features_give_the_same_bytes() -> None:
    features = [feature(shapely.Point(n / 7, n / 11), n=n) for n in range(700)]
    assert text_of(features) == text_of(iter(features))


# A second opinion ---------------------------------------------------------------------------------


def test_an_independent_reader_finds_the_same(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    centres = shapely.points(rng.uniform((-170, -80), (170, 80), (50, 2)))
    shapes = np.asarray(shapely.buffer(centres, 1))
    path = tmp_path / "layer.geojson"
    features = [
        Feature(id=f"f{i}", geometry=s, properties={"i": i}) for i, s in enumerate(shapes.tolist())
    ]
    path.write_bytes(b"".join(collection_pieces(features)))
    info, _, wkb, columns = pyogrio.raw.read(path)
    assert info["crs"] == "EPSG:4326"
    assert dict(zip(info["fields"].tolist(), columns, strict=True))["i"].tolist() == list(range(50))
    distance = shapely.hausdorff_distance(shapely.from_wkb(wkb), shapes)
    assert distance.max() <= 1e-7
