import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2
from bordermap.measuring import polygon_areas_km2


def area_km2(polygon: BaseGeometry) -> float:
    return float(polygon_areas_km2(np.array([polygon], dtype=object))[0])


def disc(lon: float, lat: float, degrees: float, corners: int) -> shapely.Polygon:
    """Return a polygon round a point, as wide on the ground as it is high."""
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    wide = degrees / math.cos(math.radians(lat))
    return shapely.Polygon(
        np.column_stack((lon + wide * np.cos(turn), lat + degrees * np.sin(turn)))
    )


def planimeter_km2(polygon: shapely.Polygon) -> float:
    tool = Geodesic.WGS84.Polygon()
    for lon, lat in list(polygon.exterior.coords)[:-1]:
        tool.AddPoint(lat, lon)
    return abs(float(tool.Compute(reverse=False, sign=True)[2])) / 1e6


lons, lats = st.floats(-170, 170), st.floats(-85, 85)


@given(lons, lats, st.floats(0.01, 1), st.integers(3, 300))
def test_areas_agree_with_geographiclib(lon: float, lat: float, size: float, corners: int) -> None:
    polygon = disc(lon, lat, size, corners)
    expected = pytest.approx(planimeter_km2(polygon), rel=1e-9, abs=5e-9)
    assert area_km2(polygon) == expected
    assert area_km2(polygon.reverse()) == expected


@given(lons, st.floats(-75, 75), st.floats(1e-7, 1e-3), st.integers(3, 30))
def test_the_smallest_polygons_are_measured_too(
    lon: float, lat: float, size: float, corners: int
) -> None:
    # so small that a plane is as good as the ellipsoid: the metres of a degree along each axis
    polygon = disc(lon, lat, size, corners)
    width = 1 - 0.00669437999014 * math.sin(math.radians(lat)) ** 2
    north_m = math.radians(6_378_137 * (1 - 0.00669437999014) / width**1.5)
    east_m = math.radians(6_378_137 * math.cos(math.radians(lat)) / width**0.5)
    plane_km2 = polygon.area * north_m * east_m / 1e6
    noise = 1e-13 / size  # coordinates are doubles
    assert area_km2(polygon) == pytest.approx(plane_km2, rel=1e-7 + size * 10 + 1e3 * noise)


@given(lons, st.floats(-79, 79))
def test_dividing_edges_along_their_geodesics_changes_nothing(lon: float, lat: float) -> None:
    polygon = disc(lon, lat, 0.01 * math.cos(math.radians(lat)), 6)
    ring = []
    for (from_lon, from_lat), (to_lon, to_lat) in zip(
        polygon.exterior.coords[:-1], polygon.exterior.coords[1:], strict=True
    ):
        line = Geodesic.WGS84.InverseLine(from_lat, from_lon, to_lat, to_lon)
        points = [line.Position(line.s13 * part / 8) for part in range(8)]
        ring += [(point["lon2"], point["lat2"]) for point in points]
    assert area_km2(shapely.Polygon(ring)) == pytest.approx(area_km2(polygon), rel=1e-9)


def test_holes_are_taken_off_and_parts_added() -> None:
    outer, inner, other = disc(45, 40, 0.05, 64), disc(45, 40, 0.02, 64), disc(46, 40, 0.05, 64)
    holed = shapely.Polygon(outer.exterior, [inner.exterior])
    both = shapely.MultiPolygon([holed, other])
    polygons = np.array([holed, both, outer], dtype=object)
    whole, hole, far = planimeter_km2(outer), planimeter_km2(inner), planimeter_km2(other)
    expected = [whole - hole, whole - hole + far, whole]
    assert polygon_areas_km2(polygons) == pytest.approx(expected, rel=1e-9)


def test_polygons_with_long_edges_or_by_a_pole_are_measured_as_everywhere_else() -> None:
    polygons = np.array(
        [disc(45, 40, 1, 64), shapely.box(45, 40, 50, 50), disc(45, 88, 0.001, 64)], dtype=object
    )
    expected = [geodesic_area_km2(polygon) for polygon in polygons]
    assert polygon_areas_km2(polygons).tolist() == expected


def test_nothing_has_no_area() -> None:
    assert polygon_areas_km2(np.array([], dtype=object)).tolist() == []
    assert polygon_areas_km2(np.array([shapely.Polygon()], dtype=object)).tolist() == [0.0]
    assert polygon_areas_km2(
        np.array([shapely.Polygon(), disc(45, 40, 0.05, 64)], dtype=object)
    ).tolist() == [0.0, area_km2(disc(45, 40, 0.05, 64))]
