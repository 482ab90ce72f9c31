"""The check of boundaries: invented land with one fault at a time, and land without fault."""

import json
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given

from bordermap.areas import geodesic_area_km2
from bordermap.errors import DataError
from bordermap.topology import Draft, TopologyReport, checked, read_drafts

WEST, EAST = "AM-SU", "AM-VD"


def draft(code: str, polygon: shapely.Geometry, level: str = "province") -> Draft:
    parts = list(shapely.get_parts(shapely.orient_polygons(polygon)))
    return Draft(
        label=code, code=code, level=level, country="AM", polygon=shapely.MultiPolygon(parts)
    )


def report(*drafts: Draft) -> TopologyReport:
    return checked(drafts, file="land")


def checked_file(path: Path) -> TopologyReport:
    file = read_drafts(path)
    return checked(file.drafts, file=file.name, problems=file.problems)


def kinds(found: TopologyReport) -> list[str]:
    return [problem.kind for problem in found.problems]


def figure(reason: str) -> float:
    return next(float(word) for word in reason.split() if word.replace(".", "").isdigit())


def planimeter_km2(polygon: shapely.Polygon) -> float:
    measure = Geodesic.WGS84.Polygon()
    for lon, lat in polygon.exterior.coords[:-1]:
        measure.AddPoint(lat, lon)
    return abs(float(measure.Compute()[2])) / 1e6


def test_land_that_fits_has_no_problem() -> None:
    country = draft("AM", shapely.box(44, 40, 46, 41), level="country")
    # the country's outline has the provinces' corners as vertices
    outline = shapely.segmentize(country.polygon, 1.0)
    found = report(
        draft("AM", outline, level="country"),
        draft(WEST, shapely.box(44, 40, 45, 41)),
        draft(EAST, shapely.box(45, 40, 46, 41)),
    )
    assert found.valid
    assert found.as_json()["problems"] == []


@given(width=st.floats(0.01, 0.5))
def test_an_overlap_is_measured_as_geographiclib_does(width: float) -> None:
    found = report(
        draft(WEST, shapely.box(44, 40, 45, 41)), draft(EAST, shapely.box(45 - width, 40, 46, 41))
    )
    (overlap,) = [problem for problem in found.problems if problem.kind == "overlap"]
    expected = planimeter_km2(shapely.box(45 - width, 40, 45, 41))
    assert overlap.feature == f"{WEST}, {EAST}"
    assert figure(overlap.reason) == pytest.approx(expected, rel=1e-6)


@given(size=st.floats(0.01, 0.4))
def test_a_gap_is_measured_as_geographiclib_does(size: float) -> None:
    hole = shapely.box(45 - size, 40.5 - size, 45 + size, 40.5 + size)
    found = report(
        draft(WEST, shapely.box(44, 40, 45, 41).difference(hole)),
        draft(EAST, shapely.box(45, 40, 46, 41).difference(hole)),
    )
    (gap,) = found.problems
    assert gap.kind == "gap"
    # the hole's long sides have a vertex where the two features meet
    corners = shapely.segmentize(hole, size)
    assert figure(gap.reason) == pytest.approx(planimeter_km2(corners), rel=1e-3)


def test_a_hole_inside_one_feature_is_no_gap() -> None:
    hole = shapely.box(44.4, 40.4, 44.6, 40.6)
    assert report(draft(WEST, shapely.box(44, 40, 45, 41).difference(hole))).valid


def test_neighbours_that_miss_by_a_metre_are_told_how_far_they_do() -> None:
    found = report(
        draft(WEST, shapely.box(44, 40, 45, 41)), draft(EAST, shapely.box(45.00001, 40, 46, 41))
    )
    assert kinds(found) == ["seam", "seam"]
    assert figure(found.problems[0].reason) == pytest.approx(111.04, abs=0.01)


@given(outside=st.floats(0.01, 0.5))
def test_land_in_no_province_is_measured(outside: float) -> None:
    found = report(
        draft("AM", shapely.box(44, 40, 45 + outside, 41), level="country"),
        draft(WEST, shapely.box(44, 40, 45, 41)),
    )
    (problem,) = found.problems
    assert problem.kind == "partition"
    expected = planimeter_km2(shapely.box(45, 40, 45 + outside, 41))
    assert figure(problem.reason) == pytest.approx(expected, rel=1e-3)


@given(overlap=st.floats(0.0, 1.0))
def test_land_is_counted_once(overlap: float) -> None:
    one, other = shapely.box(44, 40, 45, 41), shapely.box(45 - overlap, 40, 46, 41)
    expected = geodesic_area_km2(one.union(other))
    assert report(draft(WEST, one), draft(EAST, other)).area_km2 == pytest.approx(expected)


def feature(coordinates: object, kind: str = "Polygon", **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


SQUARE = [[[44, 40], [45, 40], [45, 41], [44, 41], [44, 40]]]
BOW = [[[44, 40], [45, 41], [45, 40], [44, 41], [44, 40]]]
METRES = [[[5e5, 4e6], [5e5, 5e6], [6e5, 5e6], [5e5, 4e6]]]
FAULTS: dict[str, tuple[list[dict[str, Any]], str]] = {
    "invalid-ring": ([feature(BOW, code=WEST)], "Self-intersection"),
    "open-ring": ([feature([SQUARE[0][:4]], code=WEST)], "does not close"),
    "out-of-range": (
        [feature([[[5e5, 4e6], [5e5, 5e6], [6e5, 5e6], [5e5, 4e6]]], code=WEST)],
        "degrees",
    ),
    "no-polygon": ([feature([44, 40], kind="Point", code=WEST)], "Point"),
    "winding": ([feature([SQUARE[0][::-1]], code=WEST)], "1 of 1 rings"),
    "no-code": ([feature(SQUARE)], "shapeISO"),
    "no-country": ([feature(SQUARE, code="QQ-SU")], "no known country"),
}


def written(folder: Path, features: list[dict[str, Any]], **members: object) -> Path:
    path = folder / "land.geojson"
    document = {"type": "FeatureCollection", "features": features, **members}
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_of_a_file_is_told(tmp_path: Path, kind: str) -> None:
    features, told = FAULTS[kind]
    found = checked_file(written(tmp_path, features))
    (problem,) = [problem for problem in found.problems if problem.kind == kind]
    assert told in problem.reason
    assert not found.valid


def test_a_code_twice_is_told(tmp_path: Path) -> None:
    other = [[[x + 1, y] for x, y in SQUARE[0]]]
    found = checked_file(written(tmp_path, [feature(SQUARE, code=WEST), feature(other, code=WEST)]))
    assert ("AM-SU", "duplicate") in [(p.feature, p.kind) for p in found.problems]
    assert not found.usable


def test_another_crs_is_told(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
    found = checked_file(written(tmp_path, [feature(SQUARE, code=WEST)], crs=crs))
    (problem,) = found.problems
    assert problem.kind == "crs"
    assert "32638" in problem.reason


def test_a_clockwise_file_can_be_used_all_the_same(tmp_path: Path) -> None:
    found = checked_file(written(tmp_path, [feature([SQUARE[0][::-1]], code=WEST)]))
    assert found.usable
    assert found.area_km2 == pytest.approx(geodesic_area_km2(shapely.box(44, 40, 45, 41)))


def test_topojson_is_taken_apart(tmp_path: Path) -> None:
    document = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [44, 40]},
        # the line between the two squares, then the rest of each
        "arcs": [
            [[2, 0], [0, 2]],
            [[2, 2], [-2, 0], [0, -2], [2, 0]],
            [[2, 0], [2, 0], [0, 2], [-2, 0]],
        ],
        "objects": {
            "provinces": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": WEST}},
                    {"type": "Polygon", "arcs": [[2, ~0]], "properties": {"code": EAST}},
                ],
            }
        },
    }
    path = tmp_path / "land.topojson"
    path.write_text(json.dumps(document), "utf-8")
    found = checked_file(path)
    assert found.valid
    assert found.area_km2 == pytest.approx(
        sum(geodesic_area_km2(shapely.box(x, 40, x + 1, 41)) for x in (44, 45))
    )


@pytest.mark.parametrize(
    "document",
    [
        {"type": "Topology"},
        {"type": "Topology", "arcs": [], "objects": {"a": {"type": "Polygon", "arcs": [[7]]}}},
        {"type": "Topology", "arcs": 3, "objects": []},
        {"type": "Feature"},
        {"type": "FeatureCollection", "features": []},
        [],
        "text",
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, document: object) -> None:
    path = tmp_path / "land.json"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(DataError, match=r"land\.json"):
        checked_file(path)


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(geometry=JUNK, properties=JUNK, coordinates=JUNK)
def test_junk_is_told_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory,
    geometry: object,
    properties: object,
    coordinates: object,
) -> None:
    features = [
        {"type": "Feature", "geometry": geometry, "properties": properties},
        {"geometry": {"type": "Polygon", "coordinates": coordinates}, "properties": {}},
        geometry,
    ]
    path = tmp_path_factory.mktemp("junk") / "junk.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    found = checked_file(path)
    assert not found.usable
    assert all(p.reason.isprintable() and p.feature.isprintable() for p in found.problems)
