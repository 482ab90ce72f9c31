import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2
from bordermap.boundaries import Province
from bordermap.errors import CRSError, DataError, GeometryError
from bordermap.measuring import FileArea, measured_files


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Return a box whose edges hardly bend: a vertex every kilometre or so."""
    return shapely.segmentize(shapely.box(west, south, east, north), 0.01)


SQUARE = box(45, 40, 45.5, 40.5)
TIE = shapely.Polygon([(45, 40), (46, 41), (46, 40), (45, 41)])


def written(folder: Path, *geometries: BaseGeometry, name: str = "given.geojson") -> Path:
    features: list[dict[str, Any]] = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(geometry))}
        for geometry in geometries
    ]
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def measured(
    folder: Path,
    *geometries: BaseGeometry,
    provinces: tuple[Province, ...] = (),
    repair: bool = False,
) -> FileArea:
    (found,) = measured_files([written(folder, *geometries)], provinces=provinces, repair=repair)
    return found


def province(code: str, polygon: shapely.Polygon) -> Province:
    return Province(code=code, name=code, country="AA", polygon=shapely.MultiPolygon([polygon]))


def planimeter_km2(polygon: shapely.Polygon) -> float:
    """Return the area that GeographicLib, which the package does not use, finds."""

    def ring_km2(ring: shapely.LinearRing) -> float:
        tool = Geodesic.WGS84.Polygon()
        for lon, lat in list(ring.coords)[:-1]:
            tool.AddPoint(lat, lon)
        return abs(float(tool.Compute(reverse=False, sign=True)[2])) / 1e6

    return ring_km2(polygon.exterior) - sum(map(ring_km2, polygon.interiors))


def test_areas_of_features_apart_are_added(tmp_path: Path) -> None:
    far = box(50, 40, 51, 41)
    found = measured(tmp_path, SQUARE, far)
    assert found.features == 2
    assert found.area_km2 == pytest.approx(planimeter_km2(SQUARE) + planimeter_km2(far), rel=1e-9)
    assert (found.by_province, found.outside_km2, found.repairs) == ({}, None, ())


def test_each_file_has_its_own_area(tmp_path: Path) -> None:
    one = written(tmp_path, SQUARE, name="one.geojson")
    two = written(tmp_path, SQUARE, name="two.geojson")
    found = list(measured_files([one, two]))
    assert [area.file for area in found] == [str(one), str(two)]
    assert found[0].area_km2 == found[1].area_km2 == pytest.approx(planimeter_km2(SQUARE))


def test_land_in_several_features_counts_once(tmp_path: Path) -> None:
    wider = box(45, 40, 46, 40.5)
    found = measured(tmp_path, SQUARE, wider, SQUARE)
    assert found.features == 3
    assert found.area_km2 == pytest.approx(planimeter_km2(wider), rel=1e-6)


def test_neighbours_that_share_an_edge_are_added(tmp_path: Path) -> None:
    east = box(45.5, 40, 46, 40.5)
    found = measured(tmp_path, SQUARE, east)
    expected = planimeter_km2(SQUARE) + planimeter_km2(east)
    assert found.area_km2 == pytest.approx(expected, rel=1e-9)


def test_a_polygon_that_is_not_valid_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeometryError, match=r"feature 2: Self-intersection.*--repair") as caught:
        measured(tmp_path, SQUARE, TIE)
    assert "\n" not in str(caught.value)


def test_a_repair_is_told_with_what_it_changes(tmp_path: Path) -> None:
    found = measured(tmp_path, SQUARE, TIE, repair=True)
    halves = [
        shapely.Polygon([(45, 40), (45.5, 40.5), (45, 41)]),
        shapely.Polygon([(46, 40), (46, 41), (45.5, 40.5)]),
    ]
    (repair,) = found.repairs
    assert (repair.feature, repair.reason.partition("[")[0]) == (2, "Self-intersection")
    before_km2 = geodesic_area_km2(TIE)
    after_km2 = sum(map(geodesic_area_km2, halves))
    assert repair.area_change_km2 == pytest.approx(after_km2 - before_km2, rel=1e-6)
    united = shapely.union_all([SQUARE, *halves])
    assert found.area_km2 == pytest.approx(geodesic_area_km2(united), rel=1e-3)


def test_what_a_repair_leaves_nothing_of_has_no_area(tmp_path: Path) -> None:
    flat = shapely.Polygon([(45, 40), (46, 40), (45.5, 40), (45, 40)])
    found = measured(tmp_path, flat, provinces=(province("AA-1", SQUARE),), repair=True)
    assert (found.area_km2, found.outside_km2, found.features) == (0.0, 0.0, 1)
    assert len(found.repairs) == 1


def test_a_file_without_polygons_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has no polygons"):
        measured(tmp_path, shapely.Point(45, 40))


NORTH = province("AA-N", box(44, 40.2, 46, 42))
SOUTH = province("AA-S", box(44, 39, 46, 40.2))


def test_an_area_is_split_by_province(tmp_path: Path) -> None:
    found = measured(tmp_path, SQUARE, provinces=(NORTH, SOUTH))
    assert found.by_province == pytest.approx(
        {
            "AA-N": geodesic_area_km2(box(45, 40.2, 45.5, 40.5)),
            "AA-S": geodesic_area_km2(box(45, 40, 45.5, 40.2)),
        },
        rel=1e-6,
    )
    assert found.outside_km2 == pytest.approx(0, abs=1e-6)


def test_what_lies_in_no_province_is_outside(tmp_path: Path) -> None:
    beyond = box(45.9, 40.3, 46.1, 40.4)
    apart = box(60, 40, 60.1, 40.1)
    found = measured(tmp_path, SQUARE, beyond, apart, provinces=(NORTH, SOUTH))
    expected = geodesic_area_km2(beyond) / 2 + geodesic_area_km2(apart)
    assert found.outside_km2 == pytest.approx(expected, rel=1e-4)


def test_a_province_lies_wholly_in_itself(tmp_path: Path) -> None:
    found = measured(tmp_path, *NORTH.polygon.geoms, provinces=(SOUTH, NORTH))
    assert found.by_province == {"AA-S": 0.0, "AA-N": found.area_km2}


def test_provinces_that_overlap_are_refused(tmp_path: Path) -> None:
    wider = province("AA-X", box(44, 39, 46, 40.201))
    with pytest.raises(GeometryError, match=r"AA-N and AA-X share 18\.9.* km²"):
        measured(tmp_path, SQUARE, provinces=(NORTH, wider))


corners = st.lists(st.tuples(st.floats(0.2, 1), st.floats(0, 2 * math.pi)), min_size=3, max_size=12)


def star(lon: float, lat: float, size: float, points: list[tuple[float, float]]) -> BaseGeometry:
    """Return a polygon whose corners are seen from its middle in turn."""
    wide = size / math.cos(math.radians(lat))
    ring = [
        (lon + wide * reach * math.cos(angle), lat + size * reach * math.sin(angle))
        for reach, angle in sorted(points, key=lambda point: point[1])
    ]
    return shapely.Polygon(ring)


stars = st.builds(star, st.floats(44.2, 45.8), st.floats(39.4, 41), st.floats(0.02, 2), corners)


@given(stars)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_area_agrees_with_geographiclib(tmp_path: Path, polygon: shapely.Polygon) -> None:
    if polygon.is_valid and polygon.area > 1e-3:
        reversed_ = shapely.Polygon(list(polygon.exterior.coords)[::-1])
        for one in (polygon, reversed_):
            found = measured(tmp_path, one)
            assert found.area_km2 == pytest.approx(planimeter_km2(polygon), rel=1e-9)


@given(st.lists(stars.filter(lambda polygon: polygon.is_valid), min_size=1, max_size=4))
@example(
    [
        star(45.0, 40.0, 1.0, [(1.0, 0.0), (1.0, 1.0), (0.5, 0.0)]),
        star(44.5, 40.0, 1.0, [(1.0, 0.0), (1.0, 1e-09), (0.5, 0.0)]),  # along the first's edge
    ]
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_add_up_to_a_square_metre(tmp_path: Path, polygons: list[BaseGeometry]) -> None:
    found = measured(tmp_path, *polygons, provinces=(NORTH, SOUTH))
    assert found.outside_km2 is not None
    parts_km2 = [*found.by_province.values(), found.outside_km2]
    assert min(parts_km2) >= 0
    assert sum(parts_km2) == pytest.approx(found.area_km2, abs=1e-6)
    least = max(geodesic_area_km2(polygon) for polygon in polygons)
    most = sum(geodesic_area_km2(polygon) for polygon in polygons)
    # where a union cuts an edge, the parts of it are straight in degrees: some square metres
    assert least * (1 - 1e-6) <= found.area_km2 + 1e-5
    assert found.area_km2 <= most * (1 + 1e-8) + 1e-5


def test_many_polygons_in_several_chunks_are_all_measured(tmp_path: Path) -> None:
    lon, lat = np.meshgrid(np.arange(43, 47, 0.04), np.arange(38, 42, 0.04))
    boxes = shapely.box(lon, lat, lon + 0.04, lat + 0.04).ravel()
    whole = province("AA-1", box(42, 37, 48, 43))
    found = measured(tmp_path, *boxes.tolist(), provinces=(whole,))
    rows = [
        planimeter_km2(shapely.Polygon([(45, low), (45.04, low), (45.04, high), (45, high)]))
        for low, high in pairwise(np.arange(38, 42.02, 0.04).tolist())
    ]
    assert found.area_km2 == pytest.approx(sum(rows) * lon.shape[1], rel=1e-9)
    assert found.by_province["AA-1"] == pytest.approx(found.area_km2, abs=1e-6)


def test_latitude_first_is_told_where_the_provinces_tell_it(tmp_path: Path) -> None:
    province = Province(
        code="AM-SU", name="Syunik", country="AM", polygon=shapely.MultiPolygon([SQUARE])
    )
    turned = shapely.transform(box(45.1, 40.1, 45.2, 40.2), lambda lonlat: lonlat[:, ::-1])
    path = written(tmp_path, turned)
    with pytest.raises(CRSError, match=r"in AM-SU if its positions are latitude, longitude"):
        list(measured_files([path], provinces=[province]))
    (found,) = measured_files([path])
    assert found.area_km2 > 0
    # what lies elsewhere either way is only outside
    (found,) = measured_files(
        [written(tmp_path, box(10, 50, 11, 51), turned)], provinces=[province]
    )
    assert found.outside_km2 == pytest.approx(found.area_km2)
